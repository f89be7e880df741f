"""The word lists by which an organ is read, and the words that stand around it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.lexicon.errors import LexiconError
from bot.lexicon.vocabulary import as_words, read_yaml

# Stands for a cancer that was already named to the left ("breast cancer in the").
NAMED_CANCER = "<named cancer>"
_STOPS = frozenset(".!?;")
_WINDOW = 9


@dataclass(frozen=True)
class OrganContext:
    """The lists of ``organ_context.yml``, each explained there."""

    lists: Mapping[str, frozenset[str]]

    @classmethod
    def load(cls, directory: Path) -> OrganContext:
        """Read ``organ_context.yml``; raise `LexiconError` if it is not a mapping of lists."""
        raw = read_yaml(directory / "organ_context.yml").get("words")
        if not isinstance(raw, dict):
            raise LexiconError("organ_context.yml needs a mapping 'words'.")
        return cls({name: frozenset(as_words(items, name)) for name, items in raw.items()})

    def has(self, name: str, word: str) -> bool:
        """Return whether the list `name` holds `word`; an unknown list is an error."""
        if name not in self.lists:
            raise LexiconError(f"organ_context.yml needs the list '{name}'.")
        return word in self.lists[name]

    def any_of(self, name: str, words: Iterable[str]) -> bool:
        """Return whether the list `name` holds one of `words`."""
        return any(self.has(name, word) for word in words)


@dataclass(frozen=True)
class Surroundings:
    """What stands left (nearest last) and right (nearest first) of organs, within the sentence.

    `left` begins after articles and possessives are skipped ("spread to her left" -> "spread to");
    `adjacent` tells whether none was.
    """

    left: tuple[str, ...]
    right: tuple[str, ...]
    adjacent: bool


def _skip_determiners(left: tuple[str, ...], ctx: OrganContext) -> tuple[str, ...]:
    """Drop trailing articles and possessives, and "part of"."""
    while left:
        if ctx.has("determiners", left[-1]):
            left = left[:-1]
        elif len(left) > 1 and left[-1] == "of" and ctx.has("partitives", left[-2]):
            left = left[:-2]
        else:
            break
    return left


def look_left(
    lower: tuple[str, ...], first: int, named_until: int, ctx: OrganContext
) -> tuple[tuple[str, ...], bool]:
    """Return the words left of `first`, and whether they touch it.

    Words before `named_until` belong to a cancer already named and become one marker.
    """
    left: list[str] = []
    for index in range(first - 1, max(-1, first - 1 - _WINDOW), -1):
        if index < named_until:
            left.insert(0, NAMED_CANCER)
            break
        if lower[index] in _STOPS:
            break
        if not ctx.has("transparent", lower[index]):
            left.insert(0, lower[index])
    skipped = _skip_determiners(tuple(left), ctx)
    return skipped, len(skipped) == len(left)


def look_right(lower: tuple[str, ...], last: int) -> tuple[str, ...]:
    """Return the words from `last` on, up to the end of the sentence."""
    right: list[str] = []
    for word in lower[last : last + _WINDOW]:
        if word in _STOPS:
            break
        right.append(word)
    return tuple(right)
