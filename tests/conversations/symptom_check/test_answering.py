"""The questions of the check, answered, skipped, not known or not understood."""

from __future__ import annotations

import pytest

from tests.conversations.chat import Chat
from tests.conversations.symptom_check.conftest import END, SYMPTOM


def test_the_first_reply_names_the_healthcare_provider(chat: Chat) -> None:
    text = " ".join(chat.says(SYMPTOM).text_of("utter_symptom_heard").split())
    assert "tell your healthcare provider" in text


def test_three_answers_lead_to_the_note_and_the_escalation_last(open_check: Chat) -> None:
    assert open_check.says("since the first of March I think").responses == [
        "utter_ask_symptom_trend"
    ]
    assert open_check.says("it gets stronger every week").responses == ["utter_ask_in_treatment"]
    turn = open_check.says("no, nothing since last year")
    assert turn.responses == END
    assert not turn.check_open


def test_the_escalation_says_tell_your_healthcare_provider(open_check: Chat) -> None:
    turns = [open_check.says("Skip this") for _ in range(3)]
    assert "tell your healthcare provider" in turns[-1].texts[-1]


def test_offered_buttons_answer_every_question(open_check: Chat) -> None:
    trend = open_check.says("A few weeks")
    treatment = open_check.says(trend.buttons[1])
    assert open_check.says(treatment.buttons[2]).responses == END


def test_offered_buttons_can_be_chosen_by_number(open_check: Chat) -> None:
    for number in ("2", "1"):
        open_check.says(number)
    note = open_check.says("3").text_of("utter_appointment_note")
    for words in ("A few weeks", "Getting better", "Not sure"):
        assert words in note


def test_every_question_can_be_skipped(open_check: Chat) -> None:
    assert open_check.says("skip").responses == ["utter_ask_symptom_trend"]
    assert open_check.says("next question please").responses == ["utter_ask_in_treatment"]
    turn = open_check.says("I will pass on that")
    assert turn.responses == END
    assert turn.text_of("utter_appointment_note").count("not given") == 3


def test_not_being_sure_is_an_answer(open_check: Chat) -> None:
    assert open_check.says("not sure").responses == ["utter_ask_symptom_trend"]
    assert open_check.says("i dont know really").responses == ["utter_ask_in_treatment"]
    assert open_check.says("no idea").responses == END


@pytest.mark.parametrize("answer", ["yes, on chemo", "no", "I finished in spring"])
def test_yes_and_no_answer_the_question_on_treatment(open_check: Chat, answer: str) -> None:
    open_check.says("two weeks")
    open_check.says("about the same")
    turn = open_check.says(answer)
    assert turn.responses == END
    assert answer in turn.text_of("utter_appointment_note")


def test_an_unclear_answer_is_asked_again_once_and_then_moved_on_from(open_check: Chat) -> None:
    assert open_check.says("the green lamp").responses == [
        "utter_unclear_answer",
        "utter_ask_symptom_duration",
    ]
    assert open_check.says("orange sofa").responses == ["utter_ask_symptom_trend"]


def test_unclear_at_every_question_still_ends_with_the_escalation(open_check: Chat) -> None:
    turns = [open_check.says(text) for text in ("the green lamp", "orange sofa") * 3]
    assert turns[-1].responses[-1] == "utter_tell_healthcare_provider"
    assert not turns[-1].check_open


def test_two_checks_in_a_row_do_not_mix_their_answers(open_check: Chat) -> None:
    for _ in range(3):
        open_check.says("skip")
    open_check.says("Now my left knee has started to swell a bit")
    open_check.says("four days")
    open_check.says("better")
    note = open_check.says("no").text_of("utter_appointment_note")
    assert "left knee" in note
    assert "elbow" not in note
