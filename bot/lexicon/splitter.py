"""Cuts a message into the parts that may each hold one question.

Sentences first, then the clauses of a sentence (`bot.lexicon.clauses`). What belongs together stays
together ("breast and lung cancer", "signs and symptoms", "where and how"). Give it normalized text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.lexicon.clauses import cuts

MOST_PARTS = 12

RAMBLE_WORDS = 25
"""From this many words on, a single sentence is cut at its commas as well."""

_PIECE_WORDS = 4
_COMMA = re.compile(r"\s*[,;]\s+")
_LONGEST_SENTENCE = 1_000
_END = re.compile(
    r"(?<![.!?\u2026])[.!?\u2026]+[\"')\]]*(?=\s|$)|(?<!\?)\?+(?=[^\s?])"
    r"|(?<=[a-z]{3})[.!](?=[A-Z][a-z])|\n\s*|;(?=\s)"
)
_ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:dr|mr|mrs|ms|prof|st|vs|e\.g|i\.e|etc|approx|inc|[a-z]|u\.s|u\.k|p\.m|a\.m)\.$",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"(?:what|how|where|why|when|who|which|is|are|do|does|can|could|will|would|should|has|have|tell)\b",
    re.IGNORECASE,
)
_MARK = re.compile(
    r"(?:(?<=\s)|^)\(?(?P<mark>[a-e]|i{1,3}|iv|[1-9])\)\s*(?=\S)"
    r"|(?:(?<=\s)|^)(?P<number>[1-9])\.\s*(?=[^\s\d])",
    re.IGNORECASE,
)
_LIST_MAY_BEGIN = re.compile(r"(?:^|[.?!:;,\n-])\s*$")
_SERIES = (tuple("123456789"), tuple("abcde"), ("i", "ii", "iii", "iv"))
_LEAST_ENUMERATED = 2
_Span = tuple[int, int]


def _sentences(text: str) -> Iterator[_Span]:
    """Yield the sentences as offsets, one after the other, nothing left between them."""
    begin = 0
    for match in _END.finditer(text):
        tail = text[max(begin, match.end() - 8) : match.end()]
        if match.group() == "." and _ABBREVIATED.search(tail):
            continue
        yield begin, match.end()
        begin = match.end()
    if begin < len(text):
        yield begin, len(text)


def _list_marks(text: str) -> list[re.Match[str]]:
    """The marks of a list, which count up from the first of a series; none for a lone bracket."""
    found = list(_MARK.finditer(text))
    for series in _SERIES:
        marks: list[re.Match[str]] = []
        for match in found:
            mark = (match["mark"] or match["number"]).lower()
            if len(marks) < len(series) and mark == series[len(marks)]:
                marks.append(match)
        if len(marks) >= _LEAST_ENUMERATED and _LIST_MAY_BEGIN.search(text[: marks[0].start()]):
            return marks
    return []


def _items(text: str) -> Iterator[_Span]:
    """Yield the sentences, and of a list each item's, without the marks of the list."""
    marks = _list_marks(text)
    begin = 0
    for mark in marks:
        yield from _sentences_in(text, begin, mark.start())
        begin = mark.end()
    yield from _sentences_in(text, begin, len(text))


def _sentences_in(text: str, begin: int, end: int) -> Iterator[_Span]:
    yield from ((begin + first, begin + last) for first, last in _sentences(text[begin:end]))


def _clauses(text: str, span: _Span) -> Iterator[_Span]:
    """Yield the clauses of a sentence; a very long one is searched only at its beginning."""
    begin, end = span
    offset = begin
    for left_end, right_begin in cuts(text[offset : min(end, offset + _LONGEST_SENTENCE)]):
        yield begin, offset + left_end
        begin = offset + right_begin
    yield begin, end


def _has_words(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _absorb_wordless(text: str, spans: Iterator[_Span]) -> list[_Span]:
    """Join parts without a letter or digit ("...", a smiley) to their neighbour."""
    parts: list[_Span] = []
    for begin, end in spans:
        if parts and not (_has_words(text[begin:end]) and _has_words(text[slice(*parts[-1])])):
            parts[-1] = (parts[-1][0], end)
        else:
            parts.append((begin, end))
    return parts


def _asks(part: str) -> bool:
    return part.rstrip().endswith("?") or bool(_ASKS.match(part.lstrip()))


def _limit(text: str, parts: list[_Span]) -> list[_Span]:
    """Join neighbouring statements, then whatever is left over, until few enough parts remain."""
    if len(parts) <= MOST_PARTS:
        return parts
    joined: list[_Span] = []
    for span in parts:
        if joined and not _asks(text[slice(*span)]) and not _asks(text[slice(*joined[-1])]):
            joined[-1] = (joined[-1][0], span[1])
        else:
            joined.append(span)
    if len(joined) > MOST_PARTS:
        joined[MOST_PARTS - 1 :] = [(joined[MOST_PARTS - 1][0], joined[-1][1])]
    return joined


def split_questions(text: str) -> tuple[str, ...]:
    """Return the parts of a message in order, at most `MOST_PARTS`; none only for a blank message.

    Each part is a stretch of the text as it stands; only the links between clauses ("and", a comma)
    are left out. The time is linear in the length of the text.
    """
    clauses = (clause for sentence in _items(text) for clause in _clauses(text, sentence))
    parts = _limit(text, _absorb_wordless(text, clauses))
    found = (text[begin:end].strip() for begin, end in parts)
    return tuple(part for part in found if part)


def split_ramble(text: str) -> tuple[str, ...]:
    """Cut a long sentence without an end at its commas, into pieces of at least four words.

    People in distress write so; what they ask stands in one of the pieces. A text that is not
    long, or has no such pieces, comes back as it is.
    """
    if len(text.split()) < RAMBLE_WORDS:
        return (text,)
    pieces = tuple(piece for piece in _COMMA.split(text) if len(piece.split()) >= _PIECE_WORDS)
    return pieces[-MOST_PARTS:] if len(pieces) > 1 else (text,)
