"""What is said about a YAML file that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.launch.errors import LaunchError
from bot.launch.project import ROOT
from bot.launch.yaml_check import check_yaml, find_fault

GREET = Path("data/nlu/greet.yml")


def fault_of(project: Path, content: str | bytes) -> str | None:
    content = content.encode() if isinstance(content, str) else content
    (project / GREET).write_bytes(content)
    return find_fault(project, GREET)


def test_the_files_of_this_project_are_sound() -> None:
    found = [path.relative_to(ROOT) for path in (ROOT / "data").rglob("*.yml")]
    assert found
    assert [fault for path in found if (fault := find_fault(ROOT, path))] == []


@pytest.mark.parametrize(
    "content",
    [
        "",
        "# only a comment\n",
        "nlu:\n- intent: greet\n  examples: |\n    - h\u00e9llo \U0001f642\n",
    ],
)
def test_a_sound_file_has_no_fault(project: Path, content: str) -> None:
    assert fault_of(project, content) is None


def test_a_broken_file_is_named_with_the_line(project: Path) -> None:
    fault = fault_of(project, "nlu:\n- intent: greet\n  examples: a: b\n")
    assert fault is not None
    assert fault.startswith("data/nlu/greet.yml, line 3: mapping values are not allowed")
    assert "\n" not in fault


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("a: 1\n\tb: 2\n", 2),
        ("a: [1, 2\nb: 3\n", 2),
        ('a: "never closed\n', 2),
        ("a: 1\n- b\n", 2),
        ("a: *nothing\n", 1),
        ("a: 1\n---\nb: 2\n", 2),
    ],
)
def test_each_kind_of_damage_is_found_at_its_line(project: Path, content: str, line: int) -> None:
    assert (fault_of(project, content) or "").startswith(f"{GREET}, line {line}: ")


def test_a_key_that_is_there_twice_is_found_at_the_second(project: Path) -> None:
    fault = fault_of(project, "a:\n- b: 1\n  c: 2\n  b: 3\n")
    assert fault == f"{GREET}, line 4: 'b' is there twice. Remove one."


def test_the_same_key_in_two_places_is_no_fault(project: Path) -> None:
    assert fault_of(project, "a: {b: 1}\nc: {b: 2}\n") is None


def test_bytes_that_are_not_utf_8_are_found_at_their_line(project: Path) -> None:
    fault = fault_of(project, b"a: 1\nb: caf\xe9\n")
    assert fault == f"{GREET}, line 2: this is not UTF-8. Save the file as UTF-8."


def test_a_control_character_is_a_fault_of_one_line(project: Path) -> None:
    fault = fault_of(project, "a: \x07\n")
    assert fault is not None
    assert fault.startswith(str(GREET))
    assert "\n" not in fault


def test_every_fault_is_reported_at_once(project: Path) -> None:
    (project / GREET).write_text("a: b: c", encoding="utf-8")
    (project / "domain.yml").unlink()
    with pytest.raises(LaunchError) as caught:
        check_yaml(project)
    first, second = str(caught.value).splitlines()
    assert first == "domain.yml is missing: restore it."
    assert second.startswith("data/nlu/greet.yml, line 1: ")


def test_a_sound_project_passes(project: Path) -> None:
    (project / "data" / "notes.txt").write_text("a: b: c", encoding="utf-8")
    check_yaml(project)
    assert find_fault(project, GREET) is None
