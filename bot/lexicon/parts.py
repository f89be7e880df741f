"""A message and the parts of it that may each hold a question of their own."""

from __future__ import annotations

from bot.lexicon.normalizer import TextNormalizer
from bot.lexicon.splitter import split_questions, split_ramble


def parts_of(text: str, normalizer: TextNormalizer) -> list[str]:
    """The normalised text and, if there is more than one, its questions or its sentences."""
    whole = normalizer.normalize(text)
    parts = split_questions(whole)  # "n" must have become "and" before
    if len(parts) == 1:
        parts = split_ramble(whole)
    return [whole, *parts] if len(parts) > 1 else [whole]
