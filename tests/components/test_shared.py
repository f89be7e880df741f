"""Rules and vocabulary are loaded once, and anew when their files have changed."""

from __future__ import annotations

import shutil
from pathlib import Path

from bot.nlu.shared import lexicon, safety_core
from tests.components.conftest import DATA


def test_components_share_one_safety_core_and_one_lexicon() -> None:
    rules, words = DATA / "knowledge" / "safety", DATA / "lexicon"
    assert safety_core(rules) is safety_core(rules)
    assert lexicon(words) is lexicon(words)


def test_changed_files_are_read_again(tmp_path: Path) -> None:
    directory = tmp_path / "lexicon"
    shutil.copytree(DATA / "lexicon", directory)
    before = lexicon(directory)
    with (directory / "ignored.yml").open("a", encoding="utf-8") as words:
        words.write("# a comment\n")
    assert lexicon(directory) is not before
