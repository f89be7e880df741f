"""Conversations longer than what is loaded of them: the promises hold, and nothing is lost."""

from __future__ import annotations

import pytest

from bot.dialogue.names import TELL_PROVIDER
from bot.dialogue.remembering import MOST_TURNS
from tests.conversations.chat import Chat

SMALL_TALK = ("thanks so much", "good day", "so what is metastasis", "and what else is it you do")
LONG = MOST_TURNS + 6


def talk(chat: Chat, turns: int = LONG) -> None:
    """Talk of this and that, until the earlier part is left out."""
    for number in range(turns):
        chat.says(SMALL_TALK[number % len(SMALL_TALK)])


@pytest.fixture
def long_chat(chat: Chat) -> Chat:
    """A conversation that has gone on for long."""
    talk(chat)
    return chat


def test_a_symptom_late_in_a_conversation_opens_the_check_and_ends_with_the_escalation(
    long_chat: Chat,
) -> None:
    assert long_chat.says("my hip aches").responses[0] == "utter_symptom_heard"
    assert long_chat.says("stop").responses[-1] == TELL_PROVIDER


def test_an_emergency_late_in_a_conversation_is_answered_first(long_chat: Chat) -> None:
    responses = long_chat.says("I cannot breathe and my lips are blue").responses
    assert responses == ["utter_emergency", TELL_PROVIDER]


def test_a_crisis_late_in_a_conversation_is_answered_first(long_chat: Chat) -> None:
    assert long_chat.says("I want to kill myself").responses == ["utter_crisis_explicit"]


def test_a_check_that_outlasts_what_is_loaded_still_ends_with_the_escalation(chat: Chat) -> None:
    chat.says("my hip aches")
    for _ in range(LONG):
        turn = chat.says("and my knee aches too")
        assert turn.check_open
    assert turn.slots["requested_slot"]
    assert chat.says("stop").responses[-1] == TELL_PROVIDER


def test_what_was_told_of_a_symptom_long_ago_stands_in_the_note(chat: Chat) -> None:
    chat.says("my shoulder has been stiff")
    for _ in range(LONG):
        chat.says("and my knee aches too")
    for _ in range(3):
        turn = chat.says("skip")
    assert "my shoulder has been stiff" in turn.text_of("utter_appointment_note")
    assert turn.responses[-1] == TELL_PROVIDER


def test_the_country_that_was_named_long_ago_is_still_known(chat: Chat) -> None:
    chat.says("is there a helpline I can call")
    assert chat.says("United Kingdom").responses == ["utter_helplines"]
    talk(chat)
    turn = chat.says("is there a helpline I can call")
    assert turn.responses == ["utter_helplines"]
    assert turn.slots["country"] == "gb"


def test_two_signs_far_apart_add_up_as_they_do_close_together(chat: Chat) -> None:
    first, second = "I feel feverish and shivery", "I had chemo last week"
    near = chat.another()
    near.says(first)
    near.says("stop")
    together = near.says(second).responses
    chat.says(first)
    chat.says("stop")
    talk(chat)
    assert chat.says(second).responses == together


def test_no_more_than_the_last_part_is_loaded(long_chat: Chat) -> None:
    talk(long_chat, 2)
    assert long_chat.heard_in_memory() <= MOST_TURNS


def test_the_check_asks_again_where_it_stood(chat: Chat) -> None:
    chat.says("my hip aches")
    chat.says("two weeks")
    for _ in range(LONG):
        turn = chat.says("and my knee aches too")
    assert turn.slots["requested_slot"] == "symptom_trend"
    assert turn.slots["symptom_duration"] == "two weeks"
