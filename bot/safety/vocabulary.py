"""Concepts: named sets of words and phrases, and where a message mentions them.

An entry of a concept is a phrase ("short of breath"), a phrase whose last word inflects
("lump+"), or the name of another concept in capitals, whose words it takes over. A concept
written `number: {from: 6, to: 60}` stands for any number in that range.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.safety.datafiles import SafetyDataError
from bot.safety.inflection import inflected
from bot.safety.wording import Forms, spelled_out

TokenSpan = tuple[int, int]
_NAME = re.compile(r"[A-Z][A-Z0-9_]*\Z")
_END = ""
# Words of nearly every message: a pattern is not looked up by an item that holds one of them.
_FREQUENT = frozenset(
    {
        "i", "me", "my", "you", "your", "he", "she", "it", "his", "her", "him", "they",
        "them", "we", "us", "am", "is", "are", "was", "were", "be", "been", "being", "has",
        "have", "had", "do", "does", "did", "can", "could", "will", "would", "should", "may",
        "might", "the", "a", "an", "this", "that", "these", "those", "and", "or", "but", "if",
        "so", "of", "to", "in", "on", "at", "for", "with", "from", "by", "about", "what",
        "how", "when", "who", "why", "which", "not", "no", "get", "got", "getting", "feel",
        "feels", "feeling", "just", "really", "very", "all", "like", "know", "now"
    }
)  # fmt: skip
_FREQUENT_COST = 200
_Node = dict[str, Any]


def is_concept_name(text: str) -> bool:
    """Whether `text` is written as the name of a concept: capitals, digits, underscores."""
    return bool(_NAME.match(text))


class Vocabulary:
    """All concepts compiled into one tree of words, so that a message is read once."""

    def __init__(self, definitions: Mapping[str, Any], text_speak: Mapping[str, str]) -> None:
        """Compile the concepts, their phrases spelled out as a message's will be.

        Raises:
            SafetyDataError: an entry is not a text, or names a concept that does not exist.
        """
        self._numbers: dict[str, tuple[float, float]] = {}
        self._entries: dict[str, list[str]] = {}
        self._tree: _Node = {}
        self._text_speak = text_speak
        self.words: set[str] = set()
        for name, entries in definitions.items():
            self._define(name, entries)
        for name in self._entries:
            for phrase in self._phrases(name, ()):
                self._plant(phrase, name)

    def __contains__(self, name: str) -> bool:
        """Whether a concept of this name is defined."""
        return name in self._entries or name in self._numbers

    @property
    def number_ranges(self) -> Mapping[str, tuple[float, float]]:
        """The concepts that stand for numbers, with their lowest and highest value."""
        return self._numbers

    def commonness(self, name: str) -> int:
        """Return a rough measure of how often a concept is met, to look for the rarer first."""
        if name in self._numbers:
            return _FREQUENT_COST // 4
        return sum(
            self.commonness(entry)
            if is_concept_name(entry)
            else _FREQUENT_COST
            if entry in _FREQUENT
            else 1
            for entry in self._entries[name]
        )

    def literal(self, phrase: str) -> str:
        """Make `phrase` a concept of its own and return the concept's name."""
        name = f"={phrase}"
        if name not in self._entries:
            self._entries[name] = [phrase]
            for form in _inflections(phrase):
                self._plant(form, name)
        return name

    def find(
        self, tokens: list[Forms], joined: list[bool]
    ) -> dict[tuple[str, ...], list[TokenSpan]]:
        """Return where phrases occur, keyed by the names of the concepts they belong to.

        Args:
            tokens: the possible readings of each token.
            joined: whether a token follows the one before it without a break.
        """
        found: dict[tuple[str, ...], list[TokenSpan]] = {}
        root = self._tree
        for start, forms in enumerate(tokens):
            for form in forms:
                if form in root:
                    for names, end in _walk(root[form], tokens, joined, start + 1):
                        found.setdefault(names, []).append((start, end))
        return found

    def _define(self, name: str, entries: Any) -> None:
        if not is_concept_name(name):
            raise SafetyDataError(f"vocabulary '{name}': write the name of a concept in capitals.")
        if isinstance(entries, dict):
            bounds = entries.get("number", {})
            self._numbers[name] = (float(bounds["from"]), float(bounds["to"]))
        elif isinstance(entries, list) and all(isinstance(entry, str) for entry in entries):
            self._entries[name] = entries
        else:
            raise SafetyDataError(f"vocabulary '{name}': must be a list of texts.")

    def _phrases(self, name: str, above: tuple[str, ...]) -> Iterator[str]:
        if name in above:
            raise SafetyDataError(f"vocabulary '{name}': refers to itself by way of {above}.")
        for entry in self._entries[name]:
            if not is_concept_name(entry):
                yield from _inflections(entry)
            elif entry in self._entries:
                yield from self._phrases(entry, (*above, name))
            else:
                raise SafetyDataError(f"vocabulary '{name}': no concept is called '{entry}'.")

    def _plant(self, phrase: str, name: str) -> None:
        node = self._tree
        for word in spelled_out(phrase, self._text_speak).split():
            node = node.setdefault(word, {})
            self.words.add(word)
        names = node.setdefault(_END, ())
        if name not in names:
            node[_END] = (*names, name)


def _inflections(entry: str) -> Iterator[str]:
    """Yield an entry in its inflected forms when it ends in a plus."""
    if not entry.endswith("+"):
        yield entry
        return
    head, _, last = entry[:-1].rpartition(" ")
    for form in inflected(last):
        yield f"{head} {form}".strip()


def _walk(
    node: _Node, tokens: list[Forms], joined: list[bool], position: int
) -> Iterator[tuple[tuple[str, ...], int]]:
    if _END in node:
        yield node[_END], position
    if position < len(tokens) and joined[position]:
        for form in tokens[position]:
            if form and form in node:
                yield from _walk(node[form], tokens, joined, position + 1)
