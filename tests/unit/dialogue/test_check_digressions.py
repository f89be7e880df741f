"""What else is said while a question of the symptom check stands open."""

from __future__ import annotations

import pytest

from bot.dialogue.names import (
    CHECK_FORM,
    DEACTIVATE_LOOP,
    DURATION,
    REQUESTED_SLOT,
    SYMPTOM,
    TELL_PROVIDER,
    TREND,
    WRITE_NOTE,
)
from tests.unit.dialogue.chat import Chat

ENDING = ["utter_symptom_not_proof", "utter_contact_routine", TELL_PROVIDER]
STOPPED = [DEACTIVATE_LOOP, "utter_check_stopped", TELL_PROVIDER]
RESUMED = ["utter_back_to_check", CHECK_FORM]
DETAIL = "inform_symptom_detail"


def test_a_question_in_between_is_answered_and_the_check_resumed(check: Chat) -> None:
    actions = check.say("what is a CT scan?", "metastasis/tests test=ct")
    assert actions == ["utter_metastasis/tests", *RESUMED]
    assert check.slots[REQUESTED_SLOT] == DURATION


def test_a_second_question_in_a_row_is_answered_and_lets_the_check_go(check: Chat) -> None:
    check.say("what is a CT scan?", "metastasis/tests test=ct")
    actions = check.say("can it be cured?", "metastasis/curable")
    assert actions == ["utter_metastasis/curable", *STOPPED]


def test_two_questions_with_an_answer_between_them_do_not_end_the_check(check: Chat) -> None:
    check.say("what is a CT scan?", "metastasis/tests test=ct")
    check.say("two weeks", DETAIL)
    actions = check.say("can it be cured?", "metastasis/curable")
    assert actions == ["utter_metastasis/curable", *RESUMED]


@pytest.mark.parametrize(
    ("label", "reply"),
    [
        ("request_dose", "utter_refuse_dose"),
        ("request_prognosis", "utter_refuse_prognosis"),
        ("express_distress", "utter_distress"),
        ("ask_privacy", "utter_privacy"),
        ("ask_identity", "utter_identity"),
        ("ask_helpline", "utter_ask_country"),
    ],
)
def test_whatever_else_is_asked_in_between_is_answered_too(
    check: Chat, label: str, reply: str
) -> None:
    assert check.say("...", label) == [reply, *RESUMED]


@pytest.mark.parametrize("label", ["nothing", "greet", "out_of_scope", "request_diagnosis"])
def test_what_must_be_declined_is_declined_in_between_whatever_the_classifier_read(
    check: Chat, label: str
) -> None:
    actions = check.say("could it be in my bones", label, verdict="refuse_diagnosis")
    assert actions == ["utter_refuse_diagnosis", *RESUMED]


def test_an_answer_stays_an_answer_even_if_it_sounds_like_a_wish_for_advice(check: Chat) -> None:
    assert check.say("two weeks, on 5 mg", DETAIL, verdict="refuse_dose") == [CHECK_FORM]


def test_what_is_unclear_is_asked_again_once_and_then_kept_as_it_is(check: Chat) -> None:
    assert check.say("hmm", "nothing") == ["utter_unclear_answer", CHECK_FORM]
    assert check.say("well then", "nothing") == [CHECK_FORM]
    assert (check.slots[DURATION], check.slots[REQUESTED_SLOT]) == ("well then", TREND)
    assert check.say("hmm", "nothing") == ["utter_unclear_answer", CHECK_FORM]


@pytest.mark.parametrize("label", ["thank", "greet", "complain", "affirm", "empty_message"])
def test_small_talk_is_no_answer_to_how_long(check: Chat, label: str) -> None:
    assert check.say("...", label) == ["utter_unclear_answer", CHECK_FORM]


@pytest.mark.parametrize("label", ["affirm", "deny"])
def test_yes_and_no_answer_whether_there_was_treatment(check: Chat, label: str) -> None:
    check.say("two weeks", DETAIL)
    check.say("worse", DETAIL)
    assert check.say("si", label) == [CHECK_FORM, WRITE_NOTE, *ENDING]


def test_a_further_symptom_is_taken_down_and_the_question_asked_again(check: Chat) -> None:
    actions = check.say("I feel sick as well", "report_symptom", verdict="symptom")
    assert actions == ["utter_symptom_added", CHECK_FORM]
    assert check.slots[SYMPTOM] == "my hip aches; I feel sick as well"
    assert check.slots[REQUESTED_SLOT] == DURATION


def test_a_further_symptom_that_sounds_like_an_answer_is_taken_down_as_both(check: Chat) -> None:
    words = "I have a new lump too"
    actions = check.say(words, "report_symptom", verdict="symptom")
    assert actions == ["utter_symptom_added", CHECK_FORM]
    assert check.slots[SYMPTOM] == f"my hip aches; {words}"
    assert (check.slots[DURATION], check.slots[REQUESTED_SLOT]) == (words, TREND)


def test_an_answer_that_names_the_symptom_again_is_an_answer_and_no_more(check: Chat) -> None:
    assert check.say("the ache began on monday", DETAIL, verdict="symptom") == [CHECK_FORM]
    assert check.slots[SYMPTOM] == "my hip aches"


@pytest.mark.parametrize(("typed", "kept"), [("1", "A few days"), ("3.", "Months or longer")])
def test_the_number_of_a_button_is_the_answer_that_it_shows(
    check: Chat, typed: str, kept: str
) -> None:
    assert check.say(typed, "nothing") == [CHECK_FORM]
    assert check.slots[DURATION] == kept
