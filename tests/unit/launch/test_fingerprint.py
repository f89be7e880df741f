"""When the model counts as trained from what is there now."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.launch.fingerprint import INPUTS, MODEL, fingerprint, forget, is_trained, record
from bot.launch.project import ROOT


@pytest.mark.parametrize("name", INPUTS)
def test_every_input_exists_in_this_project(name: str) -> None:
    assert (ROOT / name).exists()


def test_the_same_files_have_the_same_fingerprint(project: Path) -> None:
    assert fingerprint(project) == fingerprint(project)


@pytest.mark.parametrize(
    "name",
    ["config.yml", "domain.yml", "requirements.txt", "data/nlu/greet.yml", "bot/nlu/guard.py"],
)
def test_a_changed_input_changes_the_fingerprint(project: Path, name: str) -> None:
    before = fingerprint(project)
    (project / name).write_text("a: 2\n", encoding="utf-8")
    assert fingerprint(project) != before


def test_a_new_file_changes_the_fingerprint(project: Path) -> None:
    before = fingerprint(project)
    (project / "data" / "nlu" / "new.yml").touch()
    assert fingerprint(project) != before


def test_a_renamed_file_changes_the_fingerprint(project: Path) -> None:
    before = fingerprint(project)
    (project / "data/nlu/greet.yml").rename(project / "data/nlu/hail.yml")
    assert fingerprint(project) != before


def test_text_moved_from_one_file_to_the_next_changes_the_fingerprint(project: Path) -> None:
    first, second = project / "data/a.yml", project / "data/b.yml"
    first.write_text("xy", encoding="utf-8")
    second.write_text("z", encoding="utf-8")
    before = fingerprint(project)
    first.write_text("x", encoding="utf-8")
    second.write_text("yz", encoding="utf-8")
    assert fingerprint(project) != before


@pytest.mark.parametrize(
    "name",
    [
        "bot/nlu/__pycache__/guard.pyc",
        "data/nlu/.greet.yml.swp",
        "data/nlu/greet.yml~",
        "data/widget/texts.yml",
        "data/channels/channels.yml",
        "README.md",
    ],
)
def test_what_training_does_not_read_leaves_the_fingerprint(project: Path, name: str) -> None:
    before = fingerprint(project)
    (project / name).parent.mkdir(exist_ok=True)
    (project / name).write_text("new", encoding="utf-8")
    assert fingerprint(project) == before


def test_a_recorded_model_is_trained_until_something_changes(project: Path) -> None:
    (project / MODEL).touch()
    record(project, fingerprint(project))
    assert is_trained(project, fingerprint(project))
    (project / "config.yml").write_text("a: 2\n", encoding="utf-8")
    assert not is_trained(project, fingerprint(project))


def test_a_record_without_its_model_does_not_count(project: Path) -> None:
    record(project, "abc")
    assert not is_trained(project, "abc")


def test_a_model_without_a_record_does_not_count(project: Path) -> None:
    (project / MODEL).touch()
    assert not is_trained(project, fingerprint(project))


def test_what_is_forgotten_does_not_count(project: Path) -> None:
    (project / MODEL).touch()
    record(project, "abc")
    forget(project)
    forget(project)
    assert not is_trained(project, "abc")
