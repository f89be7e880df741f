"""Cutting a message into pieces with their offsets in the original text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

# Characters that are not seen but can split a word: zero-width, direction marks, soft hyphen.
_INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0f\ufeff"
_MARKS = "\u0300-\u036f"
_APOSTROPHES = "'\u2019\u2018\u02bc\u00b4`\uff07"
_GLUE = f"{_INVISIBLE}{_MARKS}"
_PIECE = re.compile(
    rf"(?P<number>\d+(?:[.,]\d+)?)"
    rf"|(?P<word>[^\W\d_](?:[^\W\d_]|[{_GLUE}]|[{_APOSTROPHES}](?=[^\W\d_])"
    rf"|(?<=[^\W\d_])[013457@$](?=[^\W\d_]))*)"
    r"|(?P<blank>\n\s*\n)"
    r"|(?P<other>\n|\.{2,}|\S)"
)
_STRIP = re.compile(f"[{_GLUE}]")
_APOSTROPHE = re.compile(f"[{_APOSTROPHES}]")
# Digits and signs that stand for letters inside a word, and letters that only look Latin.
_LOOKALIKES = str.maketrans("013457@$аеорсухіѕ", "oieast" + "as" + "aeopcyxis")  # noqa: RUF001

_SENTENCE_ENDS = frozenset(".!?;…")
_PAUSES = frozenset(',:()[]\n-\u2013\u2014"|*')
_AS_WORDS = {"&": "and", "+": "and", "°": "degrees", "º": "degrees"}


class Piece(NamedTuple):
    """One piece of the text: a word, a number, or a break between words.

    Attributes:
        kind: "word", "number", "pause" (as a comma) or "stop" (end of a sentence).
        text: the normalised text of a word or number, the raw character of a break.
        start: offset of its first character in the original text.
        end: offset after its last character.
    """

    kind: str
    text: str
    start: int
    end: int


def pieces(text: str) -> Iterator[Piece]:
    """Yield words, numbers and breaks of `text`; hyphens inside words and emoji are dropped."""
    for match in _PIECE.finditer(text):
        start, end = match.span()
        kind = match.lastgroup or ""
        if kind == "word":
            yield Piece("word", plain_word(match.group()), start, end)
        elif kind == "number":
            yield Piece("number", match.group(), start, end)
        else:
            yield from _break(text, match.group(), start, end)


def plain_word(word: str) -> str:
    """Return `word` in lower case, composed, with straight apostrophes and nothing invisible."""
    if not word.isascii():
        word = _STRIP.sub("", unicodedata.normalize("NFKC", word))
        word = "".join(
            c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c)
        )
    word = _APOSTROPHE.sub("'", word.lower())
    return word if word.isascii() and word.isalpha() else word.translate(_LOOKALIKES)


def _break(text: str, mark: str, start: int, end: int) -> Iterator[Piece]:
    if mark in _AS_WORDS:
        yield Piece("word", _AS_WORDS[mark], start, end)
    elif mark.startswith("\n\n") or (len(mark) > 1 and mark.isspace()) or mark in _SENTENCE_ENDS:
        yield Piece("stop", mark, start, end)
    elif mark.startswith("..") or (mark in _PAUSES and not _joins_letters(text, mark, start, end)):
        yield Piece("pause", mark, start, end)
    elif not mark.isascii():
        yield Piece("word", mark, start, end)


def _joins_letters(text: str, mark: str, start: int, end: int) -> bool:
    """Whether a hyphen stands between two letters, as in "light-headed"."""
    inside = start > 0 and end < len(text)
    return mark == "-" and inside and text[start - 1].isalnum() and text[end].isalnum()
