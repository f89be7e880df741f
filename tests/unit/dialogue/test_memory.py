"""A message is judged in the light of those before it, and never more mildly for that."""

from __future__ import annotations

import pytest

from bot.dialogue.events import Event, Reset, Said, SlotChanged, Uttered
from bot.dialogue.memory import Judge, judged_in_context
from bot.dialogue.names import DURATION, IN_TREATMENT, REQUESTED_SLOT
from bot.dialogue.reading import Reading
from bot.safety.combine import ConversationContext
from bot.safety.verdicts import Assessment, Category

STATEMENT = "I am on chemo now"
FEVER = Said("I feel hot", "report_symptom", verdict=Assessment(findings=("fever",)))
PLAIN = Said("what is a scan", "metastasis")
EMERGENCY = Assessment(Category.EMERGENCY, "sepsis")


def assess(text: str, context: ConversationContext) -> Assessment:
    """An emergency when treatment is spoken of after a fever; a number after it is urgent."""
    if "fever" in context.findings and "chemo" in text:
        return EMERGENCY
    if "fever" in context.findings and text.isdecimal():
        return Assessment(Category.URGENT, "temperature")
    return Assessment()


JUDGE = Judge(assess, STATEMENT, {"yes": "affirm", "no": "deny", "not sure": "unsure"})
ASKED = (
    SlotChanged(REQUESTED_SLOT, IN_TREATMENT),
    Uttered("utter_ask_in_treatment", ("Yes", "No", "Not sure")),
)


def category(*events: Event) -> Category:
    """The category of the latest message of these."""
    said = [each for each in judged_in_context(events, JUDGE) if type(each) is Said]
    return said[-1].verdict.category


def answer(label: str) -> Said:
    return Said("well", label, Reading.of(label))


def test_a_message_is_judged_by_what_was_said_before_it() -> None:
    assert category(FEVER, Said("39", "nlu_fallback")) is Category.URGENT
    assert category(Said("39", "nlu_fallback")) is Category.NONE
    assert category(PLAIN, Said("39", "nlu_fallback")) is Category.NONE


def test_what_lies_between_does_not_matter() -> None:
    assert category(FEVER, PLAIN, PLAIN, Said("39", "nlu_fallback")) is Category.URGENT


def test_a_reset_forgets_what_was_said_before() -> None:
    assert category(FEVER, Reset(), Said("39", "nlu_fallback")) is Category.NONE


def test_a_verdict_is_never_lowered() -> None:
    crisis = Said("...", "express_crisis", verdict=Assessment(Category.CRISIS_EXPLICIT, "plan"))
    assert category(FEVER, crisis) is Category.CRISIS_EXPLICIT


@pytest.mark.parametrize("label", ["affirm", "unsure"])
def test_yes_to_the_question_on_treatment_says_so_in_full(label: str) -> None:
    asked = SlotChanged(REQUESTED_SLOT, IN_TREATMENT)
    assert category(FEVER, asked, answer(label)) is Category.EMERGENCY


@pytest.mark.parametrize(
    ("number", "expected"),
    [("1", Category.EMERGENCY), ("2", Category.NONE), ("3", Category.EMERGENCY)],
)
def test_the_number_of_an_offered_answer_is_that_answer(number: str, expected: Category) -> None:
    assert category(FEVER, *ASKED, Said(number, "nlu_fallback")) is expected


def test_a_number_is_no_answer_where_another_message_came_after_the_offer() -> None:
    assert category(FEVER, *ASKED, PLAIN, Said("1", "nlu_fallback")) is Category.URGENT


def test_after_a_finding_the_rules_suffice() -> None:
    """The guard passed over what they heard, as nothing else had been told before."""
    outvoted = Said("a fever on chemo, in the film", "out_of_scope")
    assert category(FEVER, outvoted) is Category.EMERGENCY
    assert category(PLAIN, outvoted) is Category.NONE


@pytest.mark.parametrize(
    "events",
    [
        [FEVER, SlotChanged(REQUESTED_SLOT, IN_TREATMENT), answer("deny")],
        [FEVER, SlotChanged(REQUESTED_SLOT, DURATION), answer("affirm")],
        [FEVER, answer("affirm")],
        [SlotChanged(REQUESTED_SLOT, IN_TREATMENT), answer("affirm")],
    ],
)
def test_any_other_answer_says_no_more_than_its_words(events: list[Event]) -> None:
    assert category(*events) is Category.NONE


def test_all_other_events_are_left_as_they_are() -> None:
    events: list[Event] = [FEVER, SlotChanged("country", "ie"), Said("39", "nlu_fallback")]
    judged = judged_in_context(events, JUDGE)
    assert judged[:2] == events[:2] and len(judged) == 3


def test_before_the_first_message_there_is_nothing_to_judge() -> None:
    assert judged_in_context([Reset()], JUDGE) == [Reset()]
