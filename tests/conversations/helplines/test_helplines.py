"""Lines to call, for the country that the person named and for no other."""

from __future__ import annotations

import pytest

from tests.conversations.chat import Chat

ASKED = [
    "is there a number I can ring for support",
    "I would like to ring someone about cancer",
    "which hotline could my sister use",
]


@pytest.mark.parametrize("text", ASKED)
def test_the_country_is_asked_for_before_a_line_is_given(chat: Chat, text: str) -> None:
    turn = chat.says(text)
    assert turn.responses == ["utter_ask_country"]
    assert "country" not in turn.slots


@pytest.mark.parametrize(
    ("words", "country"),
    {
        "Ireland": "ie",
        "I am in Canada": "ca",
        "the united kingdom": "gb",
        "USA": "us",
        "we live in australia": "au",
        "India please": "in",
    }.items(),
)
def test_the_country_that_is_named_is_answered_with_its_lines(
    chat: Chat, words: str, country: str
) -> None:
    chat.says(ASKED[0])
    turn = chat.says(words)
    assert turn.responses == ["utter_helplines"]
    assert turn.slots["country"] == country


def test_a_country_in_the_question_is_not_asked_for_again(chat: Chat) -> None:
    turn = chat.says("who can I phone about this in Australia?")
    assert turn.responses == ["utter_helplines"]
    assert turn.slots["country"] == "au"


def test_a_country_is_remembered(chat: Chat) -> None:
    first = chat.says("who can I phone about this in Ireland?")
    chat.says("Which cancers travel to bone?")
    assert chat.says("I would like that phone number again").texts == first.texts


def test_a_country_that_is_told_unasked_is_answered_with_its_lines(chat: Chat) -> None:
    turn = chat.says("I'm writing from the UK")
    assert turn.responses == ["utter_helplines"]
    assert turn.slots["country"] == "gb"


def test_a_new_country_replaces_the_old_one(chat: Chat) -> None:
    chat.says("who can I phone about this in Ireland?")
    assert chat.says("a support line in Canada please").slots["country"] == "ca"


@pytest.mark.parametrize("words", ["we live in Germany", "elsewhere", "not sure", "skip"])
def test_any_other_place_is_answered_with_what_works_anywhere(chat: Chat, words: str) -> None:
    chat.says(ASKED[0])
    turn = chat.says(words)
    assert turn.responses == ["utter_helplines_elsewhere"]
    assert turn.slots.get("country") in (None, "other")


@pytest.mark.parametrize("words", ["I speak French at home", "my oncologist is Irish", "Paris"])
def test_a_country_is_never_guessed(chat: Chat, words: str) -> None:
    chat.says(ASKED[0])
    assert chat.says(words).slots.get("country") in (None, "other")


def test_another_question_instead_of_a_country_is_answered(chat: Chat) -> None:
    chat.says(ASKED[0])
    assert chat.says("Which cancers travel to bone?").responses == [
        "utter_metastasis/spread_sources"
    ]
