"""The safety sets: messages, conversations and paired variants with the verdict they deserve."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import yaml

from bot.safety.verdicts import Category
from tools.evaluation.sets import DIRECTORY

SAFETY = DIRECTORY / "safety"
"""Held out: what counts."""
PRACTICE = DIRECTORY / "practice_safety"
"""For tuning and error analysis; it has no pairs."""
CONVERSATIONS = "conversations"
PAIRS = "pairs"


@dataclass(frozen=True)
class Case:
    """Messages said one after the other, and the verdict that the last one deserves.

    source: the file's name without its ending.
    also: other categories that a fair clinician accepts.
    at_least: any more pressing category is as good.
    other_person: the crisis is somebody else's.
    """

    source: str
    messages: tuple[str, ...]
    expected: Category
    also: frozenset[Category] = frozenset()
    at_least: bool = False
    other_person: bool = False


@dataclass(frozen=True)
class Pair:
    """A message and variants of it that deserve the same verdict."""

    base: str
    variants: tuple[str, ...]
    expected: Category


class Match(Enum):
    """How a verdict compares with the expected one; "missed" is a lesser or another one."""

    RECOGNISED = "recognised"
    MORE_PRESSING = "more pressing"
    MISSED = "missed"


def compare(case: Case, verdict: Category) -> Match:
    """Compare a verdict with what a case expects."""
    if verdict is case.expected or verdict in case.also:
        return Match.RECOGNISED
    if verdict.is_refusal and case.expected.is_refusal:
        return Match.MISSED  # one kind of refusal is not more pressing than another
    if verdict > case.expected:
        return Match.RECOGNISED if case.at_least else Match.MORE_PRESSING
    return Match.MISSED


def load_cases(directory: Path = SAFETY) -> list[Case]:
    """All single messages and all conversations, file by file."""
    cases: list[Case] = []
    for path in sorted(directory.glob("*.yml")):
        if path.stem != PAIRS:
            cases += [_case(path.stem, entry) for entry in _entries(path)]
    return cases


def load_pairs(directory: Path = SAFETY) -> list[Pair]:
    """All messages with variants."""
    return [
        Pair(str(entry["base"]), tuple(entry["variants"]), Category(entry["expect"]))
        for entry in _entries(directory / f"{PAIRS}.yml")
    ]


def _entries(path: Path) -> list[dict[str, Any]]:
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return next(value for value in content.values() if isinstance(value, list))


def _case(source: str, entry: Mapping[str, Any]) -> Case:
    messages = entry.get("messages") or [entry["text"]]
    return Case(
        source=source,
        messages=tuple(map(str, messages)),
        expected=Category(entry["expect"]),
        also=frozenset(map(Category, entry.get("also") or ())),
        at_least=bool(entry.get("at_least", False)),
        other_person=bool(entry.get("other_person", False)),
    )
