"""Texts that stand both in an evaluation set and where the assistant has seen them.

A text that was trained on, that a safety rule carries as its example, or that is the words of
a button measures nothing: it is left out of the figures.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.dialogue.choices import load_choices
from bot.safety.detector import load_examples as load_dangers
from tools.evaluation.corpus import load_examples
from tools.evaluation.safety_sets import PRACTICE, SAFETY, load_cases, load_pairs
from tools.evaluation.sets import DIRECTORY, load_set

DATA = Path("data")

_WORD = re.compile(r"\w+")
_EXAMPLE_KEYS = frozenset({"must_match", "must_not_match"})
SHORT = 3
"""So many words may coincide by chance ("and for lung?")."""


@dataclass(frozen=True)
class Overlap:
    """A text of an evaluation set, and the place where the assistant has seen it."""

    text: str
    place: str

    @property
    def is_short(self) -> bool:
        """Whether the text is so short that it may stand in both by chance."""
        return len(plain(self.text).split()) <= SHORT


def plain(text: str) -> str:
    """The words of a text alone: without case, punctuation, apostrophes and accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(_WORD.findall(re.sub(r"['\u2019`]", "", letters)))


class Seen:
    """Every text that the assistant was made with."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        """Take pairs of a text and the place where it stands."""
        self._places: dict[str, str] = {}
        for text, place in texts:
            self._places.setdefault(plain(text), place)
        self._places.pop("", None)

    @classmethod
    def trained(cls, data_dir: Path = DATA) -> Seen:
        """The training examples of both kinds and the examples of the safety rules."""
        return cls(_trained(data_dir))

    @classmethod
    def load(cls, data_dir: Path = DATA) -> Seen:
        """What was trained on, and the words of the buttons, which are understood exactly."""
        buttons = [(words, f"button: {label}") for words, label in load_choices(data_dir).items()]
        return cls([*_trained(data_dir), *buttons])

    def __contains__(self, text: str) -> bool:
        """Whether a text, or one that differs in case and punctuation only, was seen."""
        return plain(text) in self._places

    def overlaps(self, texts: Iterable[str]) -> list[Overlap]:
        """Those of the texts that were seen, each with its place."""
        found = (Overlap(text, self._places.get(plain(text), "")) for text in texts)
        return [overlap for overlap in found if overlap.place]


def evaluation_texts(name: str, directory: Path = DIRECTORY) -> list[str]:
    """Every text of an evaluation set, or of a directory of safety sets together (`safety`).

    A conversation of the safety sets counts as one text.
    """
    if name not in {SAFETY.name, PRACTICE.name}:
        dialogues = load_set(directory / f"{name}.yml")
        return [turn.text for dialogue in dialogues for turn in dialogue.turns]
    cases = [" ".join(case.messages) for case in load_cases(directory / name)]
    pairs = load_pairs(directory / name) if name == SAFETY.name else []
    return [*cases, *(text for pair in pairs for text in (pair.base, *pair.variants))]


def _trained(data_dir: Path) -> list[tuple[str, str]]:
    home = data_dir.parent
    examples = load_examples(data_dir / "nlu")
    trained = [(e.text, f"{e.path.relative_to(home)} ({e.label})") for e in examples]
    rules = rule_examples(data_dir / "knowledge" / "safety")
    dangers = load_dangers(data_dir / "safety_examples")
    return [
        *trained,
        *((text, str(path.relative_to(home))) for text, path in rules),
        *((text, f"data/safety_examples ({label})") for text, label in dangers),
    ]


def rule_examples(directory: Path) -> Iterator[tuple[str, Path]]:
    """The examples of all safety rules with their file; a conversation counts as one text."""
    for path in sorted(directory.glob("*.yml")):
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        for text in _examples_in(content):
            yield text, path


def _examples_in(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key in _EXAMPLE_KEYS:
                yield from (_joined(example) for example in value)
            else:
                yield from _examples_in(value)
    elif isinstance(node, list):
        for item in node:
            yield from _examples_in(item)


def _joined(example: Any) -> str:
    return " ".join(map(str, example)) if isinstance(example, list) else str(example)
