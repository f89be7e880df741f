from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.launch.project import ROOT
from bot.safety.assess import SafetyCore
from bot.safety.datafiles import SafetyDataError

SAFETY_DATA = ROOT / "data" / "knowledge" / "safety"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAFETY_DATA, tmp_path / "safety"))


def add(name: str, text: str) -> Callable[[Path], None]:
    return lambda directory: (directory / name).write_text(text, encoding="utf-8") and None


def replace(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(directory: Path) -> None:
        text = (directory / name).read_text(encoding="utf-8")
        assert old in text
        (directory / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda directory: (directory / "common_words.txt").unlink(), "common words is missing"),
        (lambda directory: (directory / "text_speak.yml").unlink(), "safety_text_speak"),
        (add("new.yml", "- a\n- b\n"), "must be a mapping of sections"),
        (add("new.yml", "safety_rules: [:"), "cannot be read as YAML"),
        (add("new.yml", "safety_rules: {a: b}"), "must be a list of entries"),
        (add("new.yml", "safety_rules: [a]"), "is not a mapping"),
        (add("new.yml", "safety_rules: [{id: a, category: urgent}]"), "must be given"),
        (add("new.yml", "safety_vocabulary: {LEG: [leg]}"), "defined twice"),
        (add("new.yml", "safety_combinations: [{id: a}]"), "missing or unknown value"),
        (add("new.yml", "safety_temperatures: [{id: a}]"), "missing or unknown value"),
        (add("new.yml", "safety_context: [{id: a, cues: []}]"), "missing or unknown value"),
        (replace("crisis.yml", "category: crisis_explicit", "category: crisis"), "crisis"),
        (replace("crisis.yml", "    source:", "    sauce:"), "unknown key"),
        (replace("crisis.yml", "id: crisis-explicit-plan", "id: crisis-explicit-intent"), "twice"),
        (replace("context.yml", "where: after", "where: behind"), "'where' must be one of"),
        (replace("sepsis.yml", "    must_match:", "    must_match: []\n    x:"), "unknown key"),
    ],
)
def test_data_that_does_not_hold_together_is_refused_with_a_clear_message(
    copy: Path, change: Callable[[Path], None], message: str
) -> None:
    change(copy)
    with pytest.raises(SafetyDataError, match=message):
        SafetyCore.load(copy)


def test_a_rule_with_too_few_examples_is_refused(copy: Path) -> None:
    rule = "id: a, category: urgent, source: s, patterns: [x], must_match: [x], must_not_match: [y]"
    (copy / "new.yml").write_text(f"safety_rules: [{{{rule}}}]", encoding="utf-8")
    with pytest.raises(SafetyDataError, match="'must_match' needs at least 5 messages"):
        SafetyCore.load(copy)


def test_an_empty_directory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SafetyDataError, match=r"no \*\.yml file found"):
        SafetyCore.load(tmp_path)
