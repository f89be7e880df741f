"""Small talk, with limits."""

from __future__ import annotations

import pytest

from tests.conversations.chat import Chat

REPLIES = {
    "good evening, nice to find you here": "utter_greet",
    "am I chatting with a machine?": "utter_identity",
    "which people built this thing?": "utter_maker",
    "what sort of things can you help with?": "utter_capabilities",
    "many thanks, that was kind": "utter_welcome",
    "see you tomorrow": "utter_goodbye",
    "do you keep what I write here?": "utter_privacy",
    "how reliable is what you say?": "utter_sources",
    "that answer made no sense at all": "utter_complaint",
    "could a real nurse talk to me": "utter_human",
    "hat der Krebs schon gestreut": "utter_english_only",
    "let us begin anew": "utter_restarted",
}


@pytest.mark.parametrize(("text", "reply"), REPLIES.items(), ids=REPLIES)
def test_small_talk_gets_its_one_reply(chat: Chat, text: str, reply: str) -> None:
    assert chat.says(text).responses == [reply]


def test_the_greeting_says_what_answers_and_what_it_is_not(chat: Chat) -> None:
    text = chat.says("good evening, nice to find you here").texts[0]
    assert "automated assistant" in text
    assert "not a medical device" in text


@pytest.mark.parametrize("text", ["yes", "nope", "skip that one", "I am not sure"])
def test_an_answer_to_no_question_is_asked_what_it_means(chat: Chat, text: str) -> None:
    assert chat.says(text).responses == ["utter_no_question_open"]


def test_a_stop_with_nothing_running_is_answered(chat: Chat) -> None:
    assert chat.says("stop it please").responses == ["utter_nothing_to_stop"]


def test_no_reply_is_a_dead_end_after_a_greeting(chat: Chat) -> None:
    for words in chat.says("good evening, nice to find you here").buttons:
        assert chat.another().says(words).responses != ["utter_default"]


def test_starting_over_forgets_the_country(chat: Chat) -> None:
    chat.says("who can I phone about this in Ireland?")
    chat.says("let us begin anew")
    assert chat.says("is there a number I can ring for support").responses == ["utter_ask_country"]
