"""Whose complaint it is: the nearest person named before it, or else after it."""

from __future__ import annotations

from bot.safety.document import Document
from bot.safety.matching import Match

SELF = "SELF"
OTHER = "OTHER_PERSON"


def is_about_other_person(match: Match, document: Document) -> bool:
    """Whether the complaint is somebody else's ("my husband can't breathe").

    A complaint with no person near it is taken to be the writer's own.
    """
    first, last = match[0][0], match[-1][1]
    inside = _people(document, first, last)
    before = _people(document, 0, first)
    after = _people(document, last, len(document.tokens))
    if inside:
        return inside[0]
    if before:
        return before[-1]
    return bool(after) and after[0]


def _people(document: Document, first: int, last: int) -> list[bool]:
    """Return for each person mentioned in order whether it is somebody else."""
    others = document.starting_between((OTHER,), first, last - 1)
    selves = document.starting_between((SELF,), first, last - 1)
    covered = {token for span in others for token in range(*span)}
    mentions = [(start, True) for start, _ in others]
    mentions += [(start, False) for start, _ in selves if start not in covered]
    return [is_other for _, is_other in sorted(mentions)]
