"""What is typed is never a command, hides nothing and is never too long."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.typed_text import clean, has_words

TYPED = st.text("/ \na\u200b", max_size=12) | st.text("\t\r\x00\u00a0\u2028\u202e/a") | st.text()
LIMITS = st.integers(min_value=0, max_value=12)


@given(TYPED, LIMITS)
def test_cleaning_never_fails_and_never_grows_a_text(text: str, limit: int) -> None:
    assert len(clean(text, limit)) <= limit


@given(TYPED, LIMITS)
def test_cleaning_twice_changes_nothing_more(text: str, limit: int) -> None:
    once = clean(text, limit)
    assert clean(once, limit) == once


@given(TYPED, LIMITS)
def test_no_text_begins_like_a_command_or_with_a_blank(text: str, limit: int) -> None:
    cleaned = clean(text, limit)
    assert not cleaned.startswith("/")
    assert cleaned == cleaned.strip()


@given(TYPED)
def test_nothing_hidden_is_left(text: str) -> None:
    hidden = [c for c in clean(text, 60) if unicodedata.category(c)[0] == "C"]
    assert set(hidden) <= {"\n", "\t", "\u200d"}


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("hello", "hello"),
        ("/restart", "restart"),
        (" / /restart", "restart"),
        ("/\n/\u200b/\u00a0/restart", "restart"),
        ("///restart", "restart"),
        ("\u200b/restart", "restart"),
        ("\x00/restart", "restart"),
        ('/report_symptom{"a": "b"}', 'report_symptom{"a": "b"}'),
        ("and/or", "and/or"),
        ("two\nlines\tand more", "two\nlines\tand more"),
        ("non\u00a0breaking\u2003space", "non breaking space"),
        ("line\u2028break", "line break"),
        ("right\u202eleft", "rightleft"),
        ("family \U0001f468\u200d\U0001f469", "family \U0001f468\u200d\U0001f469"),
        ("caf\u00e9 \u65e5\u672c", "caf\u00e9 \u65e5\u672c"),
        ("lone \ud83d surrogate", "lone  surrogate"),
        ("/", ""),
        (" \n ", ""),
        ("", ""),
    ],
)
def test_a_text_is_cleaned(typed: str, cleaned: str) -> None:
    assert clean(typed, 100) == cleaned


def test_of_a_text_beyond_the_limit_the_beginning_and_the_end_are_kept() -> None:
    cut = clean("It began" + " and on" * 3000 + ": my legs are numb", 4000)
    assert cut.startswith("It began and on") and cut.endswith("on: my legs are numb")
    assert len(cut) == 4000


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("hm", True),
        ("3", True),
        ("\u65e5", True),
        ("?!", False),
        ("\U0001f622", False),
        ("", False),
    ],
)
def test_a_text_has_words_when_it_has_a_letter_or_a_digit(text: str, found: bool) -> None:
    assert has_words(text) is found
