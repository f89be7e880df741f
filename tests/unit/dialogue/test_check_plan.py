"""Every way through the symptom check, each of which ends with the escalation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue.check import NOT_GIVEN
from bot.dialogue.events import Said
from bot.dialogue.names import (
    CHECK_FORM,
    DEACTIVATE_LOOP,
    DURATION,
    IN_TREATMENT,
    REQUESTED_SLOT,
    RESTART,
    SYMPTOM,
    TELL_PROVIDER,
    TREND,
    WRITE_NOTE,
)
from bot.safety.verdicts import Assessment
from tests.unit.dialogue.chat import Chat

ENDING = ["utter_symptom_not_proof", "utter_contact_routine", TELL_PROVIDER]
URGENT_ENDING = ["utter_symptom_not_proof", "utter_contact_urgent", TELL_PROVIDER]
LEAVING = [
    ("stop", [DEACTIVATE_LOOP, "utter_check_stopped", TELL_PROVIDER]),
    ("goodbye", [DEACTIVATE_LOOP, "utter_goodbye", TELL_PROVIDER]),
    ("request_human", [DEACTIVATE_LOOP, "utter_human", TELL_PROVIDER]),
    ("restart", [DEACTIVATE_LOOP, "utter_restarted", TELL_PROVIDER, RESTART]),
]
DETAIL = "inform_symptom_detail"


def answer_two(chat: Chat) -> None:
    """Answer the first two of the three questions."""
    chat.say("two weeks", DETAIL)
    chat.say("worse", DETAIL)


def test_a_check_asks_three_questions_and_ends_with_note_limits_contact_and_escalation(
    check: Chat,
) -> None:
    assert check.slots[REQUESTED_SLOT] == DURATION
    assert check.say("two weeks", DETAIL) == [CHECK_FORM]
    assert check.slots[REQUESTED_SLOT] == TREND
    assert check.say("worse", DETAIL) == [CHECK_FORM]
    assert check.slots[REQUESTED_SLOT] == IN_TREATMENT
    assert check.say("no", "deny") == [CHECK_FORM, WRITE_NOTE, *ENDING]
    answers = [check.slots[slot] for slot in (SYMPTOM, DURATION, TREND, IN_TREATMENT)]
    assert answers == ["my hip aches", "two weeks", "worse", "no"]


def test_a_note_that_could_not_be_written_is_said_to_be_missing(check: Chat) -> None:
    check.note_fails = True
    answer_two(check)
    actions = check.say("no", "deny")
    assert actions == [CHECK_FORM, WRITE_NOTE, "utter_note_unavailable", *ENDING]


def test_a_check_that_is_asked_for_begins_with_what_was_noticed(chat: Chat) -> None:
    assert chat.say("check my symptoms", "request_symptom_check") == [CHECK_FORM]
    assert chat.slots[REQUESTED_SLOT] == SYMPTOM
    assert chat.say("a cough", "nothing") == ["utter_symptom_heard", CHECK_FORM]
    assert (chat.slots[SYMPTOM], chat.slots[REQUESTED_SLOT]) == ("a cough", DURATION)


def test_a_detail_of_a_symptom_that_was_never_told_opens_the_check(chat: Chat) -> None:
    assert chat.say("about two weeks", DETAIL) == [CHECK_FORM]
    assert chat.slots[REQUESTED_SLOT] == SYMPTOM


def test_a_question_beside_a_symptom_is_answered_before_the_check_begins(chat: Chat) -> None:
    actions = chat.say("...", "report_symptom", "metastasis/tests test=ct", verdict="symptom")
    assert actions == ["utter_symptom_heard", "utter_metastasis/tests", CHECK_FORM]


def test_a_new_check_forgets_the_answers_of_the_one_before(check: Chat) -> None:
    answer_two(check)
    check.say("no", "deny")
    check.say("now my knee hurts", "report_symptom", verdict="symptom")
    assert (check.slots[SYMPTOM], check.slots[DURATION]) == ("now my knee hurts", None)


@pytest.mark.parametrize("skipped", [[DURATION], [TREND, IN_TREATMENT], [DURATION, TREND]])
def test_a_skipped_question_is_left_open_in_the_note(check: Chat, skipped: list[str]) -> None:
    for slot, text in ((DURATION, "two weeks"), (TREND, "worse"), (IN_TREATMENT, "no")):
        check.say(*(("skip", "skip") if slot in skipped else (text, DETAIL)))
    assert [slot for slot, value in check.slots.items() if value == NOT_GIVEN] == skipped
    assert check.actions == [CHECK_FORM, WRITE_NOTE, *ENDING]


def test_not_being_sure_is_an_answer_to_every_question(check: Chat) -> None:
    for _ in range(3):
        check.say("not sure", "unsure")
    assert check.actions == [CHECK_FORM, WRITE_NOTE, *ENDING]


def test_even_the_description_of_the_symptom_can_be_skipped(chat: Chat) -> None:
    chat.say("check my symptoms", "request_symptom_check")
    assert chat.say("skip", "skip") == [CHECK_FORM]
    assert chat.slots[SYMPTOM] == NOT_GIVEN


def test_a_symptom_told_after_a_skipped_description_stands_alone(chat: Chat) -> None:
    chat.say("check my symptoms", "request_symptom_check")
    chat.say("skip", "skip")
    chat.say("my knee hurts", "report_symptom", verdict="symptom")
    assert chat.slots[SYMPTOM] == "my knee hurts"


@pytest.mark.parametrize(("label", "left"), LEAVING)
def test_leaving_the_check_ends_with_the_escalation(
    check: Chat, label: str, left: list[str]
) -> None:
    assert check.say("...", label) == left


@pytest.mark.parametrize(("label", "left"), LEAVING)
def test_an_urgent_sign_is_answered_first_even_when_the_check_is_left(
    check: Chat, label: str, left: list[str]
) -> None:
    assert check.say("stop, my eyes are yellow", label, verdict="urgent") == ["utter_urgent", *left]


def test_after_leaving_nothing_is_owed_any_more(check: Chat) -> None:
    check.say("stop", "stop")
    assert check.say("what is it", "metastasis/definition") == ["utter_metastasis/definition"]


def test_an_urgent_sign_is_answered_first_and_the_check_goes_on(check: Chat) -> None:
    actions = check.say("my leg swelled up", "report_symptom", verdict="urgent")
    assert actions == ["utter_urgent", CHECK_FORM]
    assert check.slots[SYMPTOM] == "my hip aches; my leg swelled up"
    assert check.slots[REQUESTED_SLOT] == DURATION


def test_an_urgent_sign_inside_an_answer_is_noted_as_both(check: Chat) -> None:
    text = "two days, and now my eyes are yellow"
    assert check.say(text, DETAIL, verdict="urgent") == ["utter_urgent", CHECK_FORM]
    assert check.slots[SYMPTOM] == f"my hip aches; {text}"
    assert (check.slots[DURATION], check.slots[REQUESTED_SLOT]) == (text, TREND)


@pytest.mark.parametrize("turn", [0, 1, 2, 3])
def test_an_urgent_sign_anywhere_in_the_check_makes_the_contact_urgent(
    chat: Chat, turn: int
) -> None:
    verdicts = ["symptom", "none", "none", "none"]
    verdicts[turn] = "urgent"
    chat.say("my hip aches", "report_symptom", verdict=verdicts[0])
    for verdict in verdicts[1:]:
        chat.say("two weeks, no change, no", DETAIL, verdict=verdict)
    assert chat.actions[-3:] == URGENT_ENDING


def test_a_sign_that_was_urgent_only_in_the_light_of_others_makes_the_contact_urgent(
    check: Chat,
) -> None:
    check.say("two days", DETAIL, verdict="urgent")
    check.events = [
        replace(event, verdict=Assessment()) if isinstance(event, Said) else event
        for event in check.events
    ]
    check.say("worse", DETAIL)
    assert check.say("no", "deny")[-3:] == URGENT_ENDING


def test_an_urgent_sign_of_an_earlier_check_does_not_colour_a_new_one(chat: Chat) -> None:
    chat.say("my leg swelled up", "report_symptom", verdict="urgent")
    chat.say("stop", "stop")
    chat.say("I have a cough", "report_symptom", verdict="symptom")
    for _ in range(3):
        chat.say("skip", "skip")
    assert chat.actions[-3:] == ENDING
