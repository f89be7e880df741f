"""A message and the parts of it that may each hold a question of their own."""

from __future__ import annotations

import re

from bot.lexicon.normalizer import TextNormalizer
from bot.lexicon.splitter import split_questions, split_ramble

_BARE = re.compile(
    r"(?:(?:and|but|so|ok|okay|right|please|sorry)\W+)*"
    r"(?:what(?:'s| is| are|s)? (?:it|that|this|they|those|these)(?: all)?(?: about)?"
    r"|what (?:does|do|did) (?:it|that|this|they|those|he|she) (?:even |actually |really )?mean"
    r"|which is what|meaning what|meaning)\W*",
    re.IGNORECASE,
)
"""A question after a word that stands before it: "I was told stage four. What does that mean?"."""


def parts_of(text: str, normalizer: TextNormalizer) -> list[str]:
    """The normalised text and, if there is more than one, its questions or its sentences."""
    whole = normalizer.normalize(text)
    parts = split_questions(whole)  # "n" must have become "and" before
    if len(parts) == 1:
        parts = split_ramble(whole)
    parts = _with_their_word(parts)
    return [whole, *parts] if len(parts) > 1 else [whole]


def _with_their_word(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The parts, a bare "what is that?" together with the part before it."""
    joined: list[str] = []
    for part in parts:
        if joined and _BARE.fullmatch(part):
            joined[-1] = f"{joined[-1]} {part}"
        else:
            joined.append(part)
    return tuple(joined)
