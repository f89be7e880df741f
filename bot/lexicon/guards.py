"""Conditions on the neighbours of an everyday word ("sun", "pet", "us") before it counts.

``unless_before`` and ``only_before`` look for a word or phrase among the `reach` words that follow
the term, ``only_near`` among as many on either side; ``unless_after`` and ``only_after`` look at
what stands directly before it. "Unless" refuses the term, "only" demands.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.lexicon.vocabulary import GuardedTerm
from bot.lexicon.words import Words


def _within(window: Iterable[str], phrases: Iterable[str]) -> bool:
    text = f" {' '.join(window)} "
    return any(f" {phrase} " in text for phrase in phrases)


def _directly_before(window: Iterable[str], phrases: Iterable[str]) -> bool:
    text = f" {' '.join(window)}"
    return any(text.endswith(f" {phrase}") for phrase in phrases)


def holds(guard: GuardedTerm, words: Words, first: int, last: int) -> bool:
    """Return whether the term at words `first` to `last` (exclusive) meets its conditions."""
    before = words.lower[max(0, first - 4) : first]
    following = words.lower[last : last + guard.reach]
    near = (*words.lower[max(0, first - guard.reach) : first], *following)
    unfit = _within(following, guard.unless_before)
    refused = unfit or _directly_before(before, guard.unless_after)
    met = (
        (not guard.only_before or _within(following, guard.only_before))
        and (not guard.only_after or _directly_before(before, guard.only_after))
        and (not guard.only_near or _within(near, guard.only_near))
    )
    return met and not refused
