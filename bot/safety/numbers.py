"""Numbers in a message, in figures or in words: "39.4", "38,7", "a hundred and two"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_UNITS = {
    "zero": 0, "oh": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13,
    "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_FIGURE = re.compile(r"\d+(?:[.,]\d+)?\Z")
_FIRST_WORDS = frozenset({*_UNITS, *_TENS, "a", "hundred"})
_POINTS = frozenset({"point", "dot"})


@dataclass(frozen=True)
class Number:
    """A number read from the tokens `start` to `end` (exclusive).

    Attributes:
        value: its value.
        start: index of its first token.
        end: index after its last token.
        has_decimals: it was given with a fraction ("38.0", "thirty nine point four").
    """

    value: float
    start: int
    end: int
    has_decimals: bool


def find_numbers(words: Sequence[str]) -> tuple[Number, ...]:
    """Return the numbers among `words`, from left to right, none overlapping."""
    found: list[Number] = []
    index = 0
    while index < len(words):
        number = _number_at(words, index)
        if number is None:
            index += 1
        else:
            found.append(number)
            index = number.end
    return tuple(found)


def _number_at(words: Sequence[str], start: int) -> Number | None:
    word = words[start]
    if not word[:1].isdigit() and word not in _FIRST_WORDS:  # most words, and asked of each
        return None
    if _FIGURE.match(word):
        value, decimal = _figure(word)
        end = start + 1
    else:
        spelled = _whole(words, start)
        if spelled is None:
            return None
        (value, end), decimal = spelled, False
    if not decimal:
        fraction, after = _fraction(words, end)
        if after > end:
            return Number(value + fraction, start, after, True)
    return Number(value, start, end, decimal)


def _figure(word: str) -> tuple[float, bool]:
    """Read figures; a comma is a decimal sign unless three digits follow it."""
    whole, comma, rest = word.partition(",")
    if comma and len(rest) == 3:
        return float(whole + rest), False
    return float(word.replace(",", ".")), "." in word or bool(comma)


def _whole(words: Sequence[str], start: int) -> tuple[float, int] | None:
    """Read a whole number in words: hundreds, tens and units, "one oh two" too."""
    hundreds = _hundreds(words, start)
    if hundreds is not None:
        value, end = hundreds
        joined = end + 1 if _word(words, end) == "and" else end
        rest = _below_hundred(words, joined)
        return (value + rest[0], rest[1]) if rest else (value, end)
    return _below_hundred(words, start)


def _hundreds(words: Sequence[str], start: int) -> tuple[float, int] | None:
    first, second = _word(words, start), _word(words, start + 1)
    if first == "hundred":
        return 100.0, start + 1
    if second == "hundred" and (first == "a" or first in _UNITS):
        return 100.0 * _UNITS.get(first, 1), start + 2
    if first == "one" and second in ("oh", "zero") and _word(words, start + 2) in _UNITS:
        return 100.0, start + 2
    return None


def _below_hundred(words: Sequence[str], start: int) -> tuple[float, int] | None:
    first = _word(words, start)
    if first in _TENS:
        unit = _UNITS.get(_word(words, start + 1), 0)
        return (_TENS[first] + unit, start + 2) if 0 < unit < 10 else (_TENS[first], start + 1)
    if first in _UNITS and first != "oh":
        return float(_UNITS[first]), start + 1
    if first == "oh" and start > 0 and _word(words, start + 1) in _UNITS:
        return float(_UNITS[_word(words, start + 1)]), start + 2
    return None


def _fraction(words: Sequence[str], end: int) -> tuple[float, int]:
    """Read "point four", "point 4" or "and a half" after a whole number."""
    if _word(words, end) == "and" and [_word(words, end + 1), _word(words, end + 2)] == [
        "a",
        "half",
    ]:
        return 0.5, end + 3
    if _word(words, end) not in _POINTS:
        return 0.0, end
    digits = ""
    position = end + 1
    while (digit := _digit(_word(words, position))) and len(digits) < 2:
        digits += digit
        position += 1
    return (float(f"0.{digits}"), position) if digits else (0.0, end)


def _digit(word: str) -> str:
    if word.isdecimal():
        return word
    return str(_UNITS[word]) if _UNITS.get(word, 10) < 10 else ""


def _word(words: Sequence[str], index: int) -> str:
    return words[index] if index < len(words) else ""
