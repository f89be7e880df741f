"""The evaluation sets: what people say, and what a fair reader expects in return."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

DIRECTORY = Path("tests/evaluation")
HELD_OUT = ("questions", "two_questions", "follow_ups")
"""Never trained on and never tuned to: what counts."""
PRACTICE = (
    "practice",
    "practice_fresh",
    "practice_fresh_2",
    "practice_fresh_3",
    "practice_fresh_4",
    "practice_two_questions",
    "practice_follow_ups",
)
"""For tuning and error analysis."""


@dataclass(frozen=True)
class Expected:
    """An answer or intent, the clinical value its wording depends on, and fair alternatives."""

    label: str
    focus: Mapping[str, str] = field(default_factory=dict)
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Turn:
    """One message and what is expected of the reply: several answers for several questions."""

    text: str
    expected: tuple[Expected, ...]
    voice: str = ""


@dataclass(frozen=True)
class Dialogue:
    """The turns of one conversation, in order."""

    name: str
    turns: tuple[Turn, ...]


def load_named_set(name: str) -> list[Dialogue]:
    """The dialogues of a set by its name."""
    return load_set(DIRECTORY / f"{name}.yml")


def load_set(path: Path) -> list[Dialogue]:
    """The dialogues of one file; its name says of which kind they are."""
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    entries = next(value for value in content.values() if isinstance(value, list))
    if "follow_ups" in path.name:
        return [_follow_up(entry) for entry in entries]
    return [(_double if "two_questions" in path.name else _single)(entry) for entry in entries]


def _expected(entry: Mapping[str, Any], key: str) -> Expected:
    return Expected(entry[key], entry.get("focus") or {}, tuple(entry.get("also") or ()))


def _single(entry: Mapping[str, Any]) -> Dialogue:
    turn = Turn(entry["text"], (_expected(entry, "expect"),), entry.get("voice", ""))
    return Dialogue(entry["text"], (turn,))


def _double(entry: Mapping[str, Any]) -> Dialogue:
    expected = tuple(_expected(answer, "answer") for answer in entry["expect"])
    return Dialogue(entry["text"], (Turn(entry["text"], expected, entry.get("voice", "")),))


def _follow_up(entry: Mapping[str, Any]) -> Dialogue:
    turns = tuple(Turn(turn["user"], (_expected(turn, "expect"),)) for turn in entry["turns"])
    return Dialogue(entry["name"], turns)
