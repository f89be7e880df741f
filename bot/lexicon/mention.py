"""What the lexicon finds in a message, and how overlapping finds are settled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

IGNORED = "ignored"


@dataclass(frozen=True)
class Mention:
    """One value of a closed vocabulary named in a text.

    `start` and `end` are character offsets into the text given to `find`, so that
    ``text == whole[start:end]``. A `bare` mention is an organ on its own ("and for lung?"):
    whether it means the cancer or the place depends on what is being talked about.
    """

    kind: str
    value: str
    start: int
    end: int
    text: str
    bare: bool = False


@dataclass(frozen=True)
class Candidate:
    """A possible mention over the tokens ``first`` to ``last`` (exclusive)."""

    first: int
    last: int
    kind: str
    value: str
    bare: bool = False

    @property
    def length(self) -> int:
        """The number of tokens covered."""
        return self.last - self.first


def _rank(candidate: Candidate) -> tuple[int, bool, bool, int]:
    return (
        -candidate.length,
        candidate.kind == IGNORED,
        candidate.bare,
        candidate.first,
    )


def _says_the_same(one: Candidate, other: Candidate) -> bool:
    same_words = (one.first, one.last) == (other.first, other.last)
    return same_words and one.bare == other.bare and IGNORED not in (one.kind, other.kind)


def settle(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Keep the longest of overlapping candidates, in the order of the text.

    On equal length a real term beats an ignored phrase, a certain reading beats a bare organ,
    and the earlier wins. Two values of exactly the same words are both kept
    ("chemoradiation"). Ignored phrases take their tokens and are dropped.
    """
    kept: list[Candidate] = []
    taken: dict[int, Candidate] = {}
    for candidate in sorted(set(candidates), key=_rank):
        rivals = {taken[i] for i in range(candidate.first, candidate.last) if i in taken}
        if not all(_says_the_same(candidate, rival) for rival in rivals):
            continue
        kept.append(candidate)
        for index in range(candidate.first, candidate.last):
            taken.setdefault(index, candidate)
    found = (candidate for candidate in kept if candidate.kind != IGNORED)
    return tuple(sorted(found, key=lambda c: (c.first, c.kind, c.value)))
