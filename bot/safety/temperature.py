"""Body temperatures in a message, in Celsius or Fahrenheit, in figures or in words.

A bare number is a temperature only with something that says so: a unit, a word such as "temp" or
"fever" near it, decimals in the range of a fever, a fever spoken of earlier, or, for degrees
Fahrenheit standing alone, cancer treatment in the same message. "Temp 385" is 38.5.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.safety.datafiles import SafetyDataError, only_keys
from bot.safety.document import Document
from bot.safety.numbers import Number
from bot.safety.verdicts import Category
from bot.safety.vocabulary import TokenSpan

_CELSIUS, _FAHRENHEIT = (33.0, 43.0), (93.0, 110.0)
_FEVERISH_CELSIUS, _FEVERISH_FAHRENHEIT = (37.5, 42.5), (99.5, 108.5)
_ADJACENT, _NEAR, _FURTHER = 2, 3, 7
_SHORT_MESSAGE = 5
_UNIT, _WORD = ("TEMPERATURE_UNIT",), ("TEMPERATURE_WORD",)
_OTHER_UNIT, _OTHER_MEASURE = ("OTHER_UNIT",), ("OTHER_MEASURE",)
_SURROUNDINGS, _TREATED = ("AIR_TEMPERATURE",), ("ANTICANCER",)
_BAND_KEYS = frozenset({"id", "category", "source", "from", "below", "finds"})


@dataclass(frozen=True)
class Reading:
    """A body temperature in degrees Celsius, and the tokens that give it."""

    celsius: float
    span: TokenSpan


@dataclass(frozen=True)
class Band:
    """A range of body temperature and what it comes to.

    Attributes:
        rule_id: its stable, readable id.
        category: what a reading in the range comes to.
        source: short citation of the guidance behind it.
        lowest: first degree Celsius inside the range.
        below: first degree Celsius above the range.
        finds: findings that it leaves for combinations.
    """

    rule_id: str
    category: Category
    source: str
    lowest: float
    below: float
    finds: tuple[str, ...]

    def holds(self, reading: Reading) -> bool:
        """Whether the reading lies in this range."""
        return self.lowest <= reading.celsius < self.below


def compile_band(entry: Mapping[str, Any]) -> Band:
    """Compile one entry of `safety_temperatures:`.

    Raises:
        SafetyDataError: a key is unknown or missing.
    """
    where = f"temperature '{entry.get('id')}'"
    only_keys(entry, _BAND_KEYS, where)
    try:
        return Band(
            rule_id=str(entry["id"]),
            category=Category(entry["category"]),
            source=str(entry["source"]),
            lowest=float(entry["from"]),
            below=float(entry["below"]),
            finds=tuple(map(str, entry["finds"])),
        )
    except (KeyError, ValueError, TypeError) as error:
        raise SafetyDataError(f"{where}: missing or unknown value: {error}.") from error


def read_temperatures(document: Document, fever_was_mentioned: bool) -> Iterable[Reading]:
    """Yield the body temperatures of a message.

    Args:
        document: the message.
        fever_was_mentioned: an earlier message spoke of fever, so a bare number may answer it.
    """
    for number in document.numbers:
        celsius = _celsius(number.value)
        if celsius is None and _near(_WORD, number.start - _NEAR, number.start - 1, document):
            celsius = _celsius(number.value / 10)
        if celsius is not None and _is_body_temperature(number, document, fever_was_mentioned):
            yield Reading(celsius, (number.start, number.end))


def _celsius(value: float) -> float | None:
    if _CELSIUS[0] <= value <= _CELSIUS[1]:
        return round(value, 1)
    if _FAHRENHEIT[0] <= value <= _FAHRENHEIT[1]:
        return round((value - 32) / 1.8, 1)
    return None


def _is_body_temperature(number: Number, document: Document, expected: bool) -> bool:
    named = _near(_WORD, number.start - _ADJACENT, number.start - 1, document)
    measured = document.goes_on(number.end) and _near(_OTHER_UNIT, number.end, number.end, document)
    if measured and not named:
        return False
    if _near(_SURROUNDINGS, number.start - _FURTHER, number.end + _FURTHER, document):
        return False
    if _near(_UNIT, number.end, number.end, document):
        return True
    if _near(_WORD, number.start - _NEAR, number.end + _NEAR, document):
        return True
    if _near(_OTHER_MEASURE, number.start - _FURTHER, number.end + _NEAR, document):
        return False
    if _near(_WORD, number.start - _FURTHER, number.end + _FURTHER, document):
        return True
    short = len(document.tokens) - (number.end - number.start) <= _SHORT_MESSAGE
    if expected and short:
        return True
    alone = number.value >= _FEVERISH_FAHRENHEIT[0] and not document.goes_on(number.end)
    told = number.has_decimals or (alone and document.mentions(_TREATED))
    return told and _is_feverish(number.value)


def _is_feverish(value: float) -> bool:
    celsius, fahrenheit = _FEVERISH_CELSIUS, _FEVERISH_FAHRENHEIT
    return celsius[0] <= value <= celsius[1] or fahrenheit[0] <= value <= fahrenheit[1]


def _near(names: tuple[str, ...], first: int, last: int, document: Document) -> bool:
    return bool(document.starting_between(names, max(first, 0), last))
