"""Regular English inflection, for vocabulary entries that are written with a trailing plus."""

from __future__ import annotations

_VOWELS = "aeiou"


def inflected(word: str) -> tuple[str, ...]:
    """Return `word` with its regular plural, past and -ing forms.

    A form that English does not use ("lumping") does no harm: it is only ever looked up.
    """
    stem = _doubled(word)
    if word.endswith(("s", "x", "z", "ch", "sh")):
        plural = word + "es"
    elif word.endswith("y") and word[-2:-1] not in _VOWELS:
        plural = word[:-1] + "ies"
    else:
        plural = word + "s"
    if word.endswith("e"):
        return word, plural, word + "d", word[:-1] + "ing"
    if plural.endswith("ies"):
        return word, plural, word[:-1] + "ied", word + "ing"
    return word, plural, stem + "ed", stem + "ing"


def _doubled(word: str) -> str:
    """Double the last consonant of a short stem: "stop" gives "stopp" for "stopping"."""
    short = len(word) >= 3 and sum(letter in _VOWELS for letter in word) == 1
    closed = word[-1] not in "aeiouwxyh" and word[-2:-1] in _VOWELS and word[-2:-1] != ""
    return word + word[-1] if short and closed else word
