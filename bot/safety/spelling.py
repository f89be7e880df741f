"""Finding the vocabulary words that a misspelt word may stand for.

An index of deletions (each known word with one or two letters left out) makes a look-up cost the
same whatever the size of the vocabulary; RapidFuzz then measures the true edit distance.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from rapidfuzz.distance import OSA

_SHORTEST = 4
_LONG_WORD = 7
_PREFIX = 7
_LONGEST = 24


class SpellingIndex:
    """Known words, found again from their misspellings."""

    def __init__(self, words: Iterable[str]) -> None:
        """Index every word of at least four letters."""
        self._by_deletion: dict[str, list[str]] = {}
        for word in sorted({word for word in words if len(word) >= _SHORTEST and word.isalpha()}):
            for key in _deletions(word[:_PREFIX], _allowed(word)):
                self._by_deletion.setdefault(key, []).append(word)

    def corrections(self, word: str) -> tuple[str, ...]:
        """Return the known words nearest to `word`, all those at the smallest distance.

        One letter may differ in words of up to six letters, two in longer ones, and a word of
        four letters must keep its first letter; nothing near enough gives an empty tuple.
        """
        if not _SHORTEST <= len(word) <= _LONGEST:
            return ()
        best: list[str] = []
        smallest = _allowed(word)
        for candidate in self._candidates(word):
            limit = min(smallest, _allowed(candidate))
            distance = OSA.distance(word, candidate, score_cutoff=limit)
            if distance > limit or not _plausible(word, candidate, distance):
                continue
            if distance < smallest:
                best, smallest = [], distance
            best.append(candidate)
        return tuple(sorted(best))

    def _candidates(self, word: str) -> set[str]:
        found: set[str] = set()
        for key in _deletions(word[:_PREFIX], _allowed(word)):
            found.update(self._by_deletion.get(key, ()))
        return found


def _allowed(word: str) -> int:
    return 2 if len(word) >= _LONG_WORD else 1


def _plausible(word: str, candidate: str, distance: int) -> bool:
    """Two slips in one word, or one in a very short word, leave the first letter alone."""
    strict = distance > 1 or len(candidate) == _SHORTEST or len(word) == _SHORTEST
    return not strict or word[0] == candidate[0]


def _deletions(word: str, most: int) -> Iterator[str]:
    yield word
    for count in range(1, most + 1):
        for kept in combinations(word, len(word) - count):
            yield "".join(kept)
