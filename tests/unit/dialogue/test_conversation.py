"""What is owed and what stands open follow from the events alone."""

from __future__ import annotations

import pytest

from bot.dialogue.conversation import Conversation, reports_symptom
from bot.dialogue.events import Did, Event, LoopChanged, Reset, Said, SlotChanged, Uttered
from bot.dialogue.names import CHECK_FORM, DURATION, LISTEN, REQUESTED_SLOT, TELL_PROVIDER
from tests.unit.dialogue.chat import said

SYMPTOM = said("my hip aches", "report_symptom", verdict="symptom")
QUESTION = said("what is it", "metastasis/definition")
OPEN, CLOSED = LoopChanged(CHECK_FORM), LoopChanged(None)
ASKED: list[Event] = [Did(CHECK_FORM), OPEN, SlotChanged(REQUESTED_SLOT, DURATION)]
TOLD = Did(TELL_PROVIDER)
CONSOLED = Did("utter_crisis_explicit")
"""Answers a message that was a crisis in the light of others, whatever it was alone."""


@pytest.mark.parametrize(
    ("message", "reported"),
    [
        (said("...", "report_symptom"), True),
        (said("...", "request_symptom_check"), True),
        (said("...", "metastasis/tests", "report_symptom"), True),
        (said("...", "metastasis/tests", verdict="symptom"), True),
        (said("...", "nothing", verdict="urgent"), True),
        (said("...", "nothing", verdict="emergency"), True),
        (Said("...", "report_emergency"), True),
        (Said("...", "report_urgent_symptom"), True),
        (said("and the bones?", "~report_symptom body_site=bone?"), False),
        (said("and the bones?", "~report_symptom body_site=bone?", verdict="symptom"), True),
        (said("...", "metastasis/symptoms"), False),
        (said("...", "inform_symptom_detail"), False),
        (said("...", "nothing", verdict="crisis_explicit"), False),
        (said("...", "nothing", verdict="refuse_diagnosis"), False),
    ],
)
def test_a_symptom_is_heard_when_either_of_the_two_detectors_hears_it(
    message: Said, reported: bool
) -> None:
    assert reports_symptom(message) is reported


@pytest.mark.parametrize(
    ("events", "owed", "due"),
    [
        ([], False, False),
        ([QUESTION], False, False),
        ([SYMPTOM], True, True),
        ([SYMPTOM, TOLD], False, False),
        ([SYMPTOM, *ASKED], True, False),
        ([SYMPTOM, *ASKED, Did(LISTEN)], True, True),
        ([SYMPTOM, *ASKED, Did(LISTEN), QUESTION], True, True),
        ([SYMPTOM, *ASKED, Did(LISTEN), QUESTION, Did("utter_a/b")], True, True),
        ([SYMPTOM, *ASKED, Did(LISTEN), QUESTION, Did("utter_a/b"), *ASKED], True, False),
        ([SYMPTOM, *ASKED, CLOSED], True, True),
        ([SYMPTOM, *ASKED, CLOSED, TOLD], False, False),
        ([SYMPTOM, OPEN, Did(CHECK_FORM)], True, True),
        ([QUESTION, OPEN], True, True),
        ([QUESTION, LoopChanged("another_form")], False, False),
        ([SYMPTOM, TOLD, Did(LISTEN), QUESTION], False, False),
        ([SYMPTOM, TOLD, Did(LISTEN), SYMPTOM], True, True),
        ([SYMPTOM, *ASKED, TOLD, Did(LISTEN), QUESTION], True, True),
        ([SYMPTOM, CONSOLED], False, False),
        ([SYMPTOM, Did(LISTEN), SYMPTOM, CONSOLED], True, True),
        ([SYMPTOM, *ASKED, TOLD, Did(LISTEN), SYMPTOM, CONSOLED, CLOSED], True, True),
    ],
)
def test_the_escalation_is_owed_from_a_symptom_on_and_may_wait_only_behind_a_question(
    events: list[Event], owed: bool, due: bool
) -> None:
    conversation = Conversation.of(events)
    assert (conversation.owed, conversation.escalation_due) == (owed, due)


@pytest.mark.parametrize("forged", [("owed", False), ("tier", "routine"), (REQUESTED_SLOT, None)])
def test_no_slot_can_take_the_debt_away(forged: tuple[str, object]) -> None:
    assert Conversation.of([SYMPTOM, SlotChanged(*forged)]).escalation_due


def test_a_reset_forgets_everything_but_a_debt() -> None:
    events = [SYMPTOM, *ASKED, SlotChanged("country", "ie"), Reset()]
    assert Conversation.of(events) == Conversation(owed=True)
    assert Conversation.of([QUESTION, SlotChanged("country", "ie"), Reset()]) == Conversation()


def test_a_debt_outlives_any_number_of_resets() -> None:
    assert Conversation.of([SYMPTOM, Reset(), Reset(), QUESTION]).escalation_due


def test_an_answer_is_awaited_only_right_after_the_question() -> None:
    events: list[Event] = [SYMPTOM, *ASKED]
    assert Conversation.of(events).awaits_check_answer
    assert not Conversation.of([*events, Did("utter_unclear_answer")]).awaits_check_answer
    assert not Conversation.of([*events, SlotChanged(REQUESTED_SLOT, None)]).awaits_check_answer
    assert not Conversation.of([*events, CLOSED]).awaits_check_answer


def test_only_the_questions_of_the_check_count_as_asked() -> None:
    assert Conversation.of([SlotChanged(REQUESTED_SLOT, "country")]).requested is None
    assert Conversation.of([SlotChanged(REQUESTED_SLOT, DURATION)]).requested == DURATION


def test_a_turn_keeps_what_was_done_uttered_and_set_in_it() -> None:
    uttered = Uttered("utter_metastasis/tests", ("Symptoms",))
    country = SlotChanged("country", "ie")
    events: list[Event] = [QUESTION, Did("utter_metastasis/tests"), uttered, country, Did(LISTEN)]
    turn = Conversation.of(events).turn
    assert turn is not None
    assert turn.done == ["utter_metastasis/tests"]
    assert turn.answers == ("metastasis/tests",)
    assert (turn.uttered, turn.slots) == ([uttered], {"country": "ie"})


def test_a_turn_knows_what_stood_open_before_it() -> None:
    first, second = Conversation.of([SYMPTOM, *ASKED, Did(LISTEN), QUESTION]).turns
    assert (first.check_open_before, first.requested_before) == (False, None)
    assert (second.check_open_before, second.requested_before) == (True, DURATION)


def test_before_the_first_message_there_is_no_turn() -> None:
    conversation = Conversation.of([Did("action_session_start"), Uttered(None), Did(LISTEN)])
    assert (conversation.turn, list(conversation.before)) == (None, [])


def test_the_turns_before_are_all_but_the_last() -> None:
    conversation = Conversation.of([SYMPTOM, TOLD, Did(LISTEN), QUESTION])
    assert [turn.said for turn in conversation.before] == [SYMPTOM]
