"""What the conversations say must be new to the model: nothing it was trained or tuned on."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from bot.launch.project import ROOT

HERE = Path(__file__).parent
LEAST_WORDS = 4
"""Shorter messages ("skip", "and for lung?") cannot help being what others say as well."""


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _sentences(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            folded = _folded(node.value)
            if len(folded.split()) >= LEAST_WORDS:
                yield folded


def _known_lines() -> set[str]:
    files = [
        *(ROOT / "data" / "nlu").rglob("*.yml"),
        *(ROOT / "tests" / "evaluation").glob("*.yml"),
    ]
    lines = (line for path in files for line in path.read_text(encoding="utf-8").splitlines())
    return {_folded(re.sub(r"^\s*-?\s*(?:\w+:)?", "", line)) for line in lines}


def test_no_sentence_is_taken_from_the_training_or_evaluation_data() -> None:
    known = _known_lines()
    said = {text for path in HERE.rglob("test_*.py") for text in _sentences(path)}
    assert len(said) > 100
    copied = sorted(said & known)
    assert copied == []
