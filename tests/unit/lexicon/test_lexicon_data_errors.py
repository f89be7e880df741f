"""Malformed data is refused with a message that says where and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.lexicon.errors import LexiconError
from bot.lexicon.organ_context import OrganContext
from bot.lexicon.vocabulary import KINDS, load_vocabulary, read_yaml

GOOD = "kind: {kind}\nvalues:\n  one: {{name: a name, label: Label}}\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A directory with the smallest data that is right."""
    for kind in KINDS:
        (tmp_path / f"{kind}.yml").write_text(GOOD.format(kind=kind), encoding="utf-8")
    return tmp_path


def _break(data: Path, line: str) -> None:
    text = f"kind: test\nvalues:\n  one: {line}\n"
    (data / "test.yml").write_text(text, encoding="utf-8")


def test_smallest_data_loads(data: Path) -> None:
    assert list(load_vocabulary(data)) == list(KINDS)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{name: a, label: A, terms: [on]}", "quote"),
        ("{name: a, label: A, term: [x]}", "unknown keys"),
        ("{label: A}", "'name' and 'label'"),
        ("{name: a, label: A, guarded: [{unless_before: [x]}]}", "'term'"),
        ("{name: a, label: A, guarded: [{term: x, unless: [x]}]}", "unless"),
    ],
)
def test_malformed_value_is_refused(data: Path, line: str, message: str) -> None:
    _break(data, line)
    with pytest.raises(LexiconError, match=message):
        load_vocabulary(data)


def test_wrong_kind_is_refused(data: Path) -> None:
    (data / "test.yml").write_text(GOOD.format(kind="tests"), encoding="utf-8")
    with pytest.raises(LexiconError, match="kind: test"):
        load_vocabulary(data)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"cancer_type\.yml"):
        load_vocabulary(tmp_path)


def test_file_that_is_no_mapping_is_refused(tmp_path: Path) -> None:
    (tmp_path / "list.yml").write_text("- one\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="mapping"):
        read_yaml(tmp_path / "list.yml")


def test_missing_list_of_organ_words_is_named() -> None:
    with pytest.raises(LexiconError, match="determiners"):
        OrganContext({}).has("determiners", "the")
