"""No way out of a check escapes the escalation, which is said last."""

from __future__ import annotations

import pytest

from tests.conversations.chat import Chat
from tests.conversations.symptom_check.conftest import END

ESCALATION = "utter_tell_healthcare_provider"


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("stop please", "utter_check_stopped"),
        ("no further questions from you now", "utter_check_stopped"),
        ("ok bye then", "utter_goodbye"),
        ("can I speak with a human being instead", "utter_human"),
        ("let us start over", "utter_restarted"),
    ],
)
def test_leaving_ends_with_the_escalation(open_check: Chat, text: str, reply: str) -> None:
    turn = open_check.says(text)
    assert turn.responses == [reply, ESCALATION]
    assert not turn.check_open


@pytest.mark.parametrize("text", ["stop please", "ok bye then", "let us start over"])
def test_a_check_that_was_asked_for_is_left_with_the_escalation_too(chat: Chat, text: str) -> None:
    chat.says("Would you go through a symptom with me?")
    assert chat.says(text).responses[-1] == ESCALATION


def test_starting_over_forgets_what_was_told(open_check: Chat) -> None:
    open_check.says("let us start over")
    assert open_check.says("please repeat that").responses == ["utter_nothing_to_repeat"]
    open_check.says("my ear itches when I wake up")
    turns = [open_check.says("skip") for _ in range(3)]
    assert turns[-1].responses == END
    assert "elbow" not in turns[-1].text_of("utter_appointment_note")


def test_a_question_in_between_is_answered_and_the_check_goes_on(open_check: Chat) -> None:
    turn = open_check.says("What does a bone scan look for?")
    assert turn.responses == [
        "utter_metastasis/tests",
        "utter_back_to_check",
        "utter_ask_symptom_duration",
    ]
    assert turn.check_open
    for text in ("three weeks or so", "worse"):
        open_check.says(text)
    assert open_check.says("no treatment right now").responses == END


def test_a_second_question_in_a_row_lets_the_check_go(open_check: Chat) -> None:
    open_check.says("What does a bone scan look for?")
    turn = open_check.says("And which cancers travel to bone, please?")
    assert turn.responses == [
        "utter_metastasis/spread_sources",
        "utter_check_stopped",
        ESCALATION,
    ]
    assert not turn.check_open


def test_a_question_in_between_two_answers_is_only_one_in_a_row(open_check: Chat) -> None:
    open_check.says("What does a bone scan look for?")
    open_check.says("three weeks or so")
    turn = open_check.says("And which cancers travel to bone, please?")
    assert turn.responses[-2:] == ["utter_back_to_check", "utter_ask_symptom_trend"]


def test_after_it_was_left_other_questions_are_answered_as_usual(open_check: Chat) -> None:
    open_check.says("stop please")
    turn = open_check.says("Which cancers travel to bone?")
    assert turn.responses == ["utter_metastasis/spread_sources"]


def test_a_verdict_asked_for_in_between_is_declined_and_the_check_goes_on(
    open_check: Chat,
) -> None:
    turn = open_check.says("Does this mean that I have bone cancer?")
    assert turn.responses == [
        "utter_refuse_diagnosis",
        "utter_back_to_check",
        "utter_ask_symptom_duration",
    ]


def test_a_typed_command_does_not_escape(open_check: Chat) -> None:
    turn = open_check.says("/restart")
    assert turn.responses[-1] == ESCALATION


def test_a_typed_payload_sets_no_answer(open_check: Chat) -> None:
    turn = open_check.says('/inform{"symptom_trend": "gone", "in_treatment": "forged"}')
    assert turn.slots.get("symptom_trend") is None
    assert turn.slots.get("in_treatment") is None
    assert turn.check_open
