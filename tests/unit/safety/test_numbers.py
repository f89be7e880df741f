from __future__ import annotations

import pytest

from bot.safety.numbers import find_numbers


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("38.7", 38.7),
        ("38,7", 38.7),
        ("1,200", 1200),
        ("thirty nine point four", 39.4),
        ("thirty eight dot two", 38.2),
        ("38 point 6", 38.6),
        ("a hundred and two", 102),
        ("hundred and one point five", 101.5),
        ("one hundred and three", 103),
        ("one oh two", 102),
        ("thirty eight and a half", 38.5),
        ("twelve", 12),
        ("forty", 40),
    ],
)
def test_a_number_is_read_in_figures_and_in_words(words: str, value: float) -> None:
    (number,) = find_numbers(words.split())
    assert number.value == pytest.approx(value)
    assert (number.start, number.end) == (0, len(words.split()))


def test_decimals_are_remembered_even_when_they_are_zero() -> None:
    assert [number.has_decimals for number in find_numbers(["38.0", "38"])] == [True, False]


def test_numbers_are_found_among_other_words() -> None:
    found = find_numbers(["temp", "was", "thirty", "nine", "and", "pulse", "110", "today"])
    assert [number.value for number in found] == [39, 110]


def test_a_point_without_digits_is_not_a_fraction() -> None:
    assert [number.value for number in find_numbers(["the", "one", "point", "is"])] == [1]


def test_words_without_numbers_give_none() -> None:
    assert find_numbers(["oh", "dear"]) == ()
