"""Choosing the few patterns worth trying on a message, out of all of them."""

from __future__ import annotations

from collections.abc import Iterable

from bot.safety.document import Document
from bot.safety.patterns import Item, Pattern
from bot.safety.vocabulary import Vocabulary


class PatternIndex:
    """Finds patterns by the concepts of their rarest item, so that most are never looked at."""

    def __init__(self, patterns: Iterable[Pattern], vocabulary: Vocabulary) -> None:
        """Index `patterns` by position; the order of the positions is kept."""
        self._by_concept: dict[str, list[int]] = {}
        self._others: list[tuple[frozenset[str], ...]] = []
        for position, pattern in enumerate(patterns):
            items = sorted(_items(pattern), key=lambda item: _commonness(item, vocabulary))
            for name in items[0]:
                self._by_concept.setdefault(name, []).append(position)
            self._others.append(tuple(frozenset(item) for item in items[1:]))

    def candidates(self, document: Document) -> list[int]:
        """Return the positions of the patterns whose every item occurs in the message."""
        present = document.concepts
        found = {position for name in present for position in self._by_concept.get(name, ())}
        return [
            position
            for position in sorted(found)
            if not any(item.isdisjoint(present) for item in self._others[position])
        ]


def _items(pattern: Pattern) -> list[Item]:
    items = [item for part in pattern.parts for item in part.items]
    return [*items, pattern.needs_anywhere] if pattern.needs_anywhere else items


def _commonness(item: Item, vocabulary: Vocabulary) -> int:
    return sum(vocabulary.commonness(name) for name in item)
