"""What a person typed, made safe to read: no commands, no hidden characters, no excess."""

from __future__ import annotations

import unicodedata

from bot.safety.length import both_ends

MOST_READ = 4_000
"""Characters of a message that are read as a question; of a longer one it is said so."""

_SPACES = {"\n", "\t"}
# Slashes go with the blanks between them: "/ /restart" is no command either.
_NEVER_FIRST = "/ \n\t"
# Format characters that join emoji and shape scripts; the others only hide or reorder text.
_KEPT_FORMATS = {"\u200d"}


def clean(text: str, limit: int) -> str:
    """The text without control and hidden characters or leading slashes, cut to `limit`.

    A message that starts with a slash would be taken for a command by Rasa; what a person
    types is never one. Of a longer text the beginning and the end are kept: what matters most
    is often said last.
    """
    kept = (c if c in _SPACES else _visible(c) for c in both_ends(text, 2 * limit))
    return both_ends("".join(kept).lstrip(_NEVER_FIRST), limit).rstrip()


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category in {"Zs", "Zl", "Zp"}:
        return " "
    if category[0] == "C" and character not in _KEPT_FORMATS:
        return ""
    return character


def has_words(text: str) -> bool:
    """Whether a text holds any letter or digit at all."""
    return any(character.isalnum() for character in text)
