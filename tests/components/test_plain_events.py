"""Rasa's events become the plain ones that the dialogue rules read; the others are left out."""

from __future__ import annotations

import pytest
from rasa.shared.core import events as rasa_events
from rasa.shared.nlu.constants import FULL_RETRIEVAL_INTENT_NAME_KEY

from bot.dialogue.events import Did, Event, LoopChanged, Reset, Said, SlotChanged, Uttered
from bot.dialogue.reading import Act, Reading
from bot.safety.verdicts import Assessment, Category
from bot.store.plain_events import plain_events

VERDICT = Assessment(Category.URGENT, "urgent-leg", ((0, 2),))
READING = Reading.of("metastasis/tests")
INTENT = {"name": "metastasis", "confidence": 0.9}
PARSED = {"intent": INTENT, "reading": READING.to_dict(), "safety": VERDICT.to_dict()}


def plain(*events: rasa_events.Event) -> list[Event]:
    return list(plain_events(events))


def test_a_message_keeps_its_text_intent_reading_and_verdict() -> None:
    event = rasa_events.UserUttered("what is it", INTENT, parse_data=PARSED)
    assert plain(event) == [Said("what is it", "metastasis", READING, VERDICT)]


def test_a_message_survives_the_way_through_a_tracker_store() -> None:
    event = rasa_events.UserUttered("what is it", INTENT, parse_data=PARSED)
    stored = rasa_events.Event.from_parameters(event.as_dict())
    assert stored is not None
    assert plain(stored) == plain(event)


def test_a_message_of_a_test_story_is_read_by_its_intent() -> None:
    event = rasa_events.UserUttered(intent={"name": "greet"})
    act = Act("greet", 1.0)
    assert plain(event) == [Said("", "greet", Reading((act,), whole=act), Assessment())]


def test_a_curated_answer_of_a_test_story_is_read_by_its_whole_name() -> None:
    event = rasa_events.UserUttered(
        intent={"name": "metastasis", FULL_RETRIEVAL_INTENT_NAME_KEY: "metastasis/tests"}
    )
    [said] = plain(event)
    assert isinstance(said, Said)
    assert (said.intent, said.reading.label) == ("metastasis", "metastasis/tests")


def test_a_response_keeps_its_name_and_the_words_of_its_buttons() -> None:
    buttons = [{"title": "Yes", "payload": "Yes"}, {"title": "No"}]
    event = rasa_events.BotUttered("Well?", {"buttons": buttons}, {"utter_action": "utter_ask"})
    assert plain(event) == [Uttered("utter_ask", ("Yes", ""))]


@pytest.mark.parametrize("data", [None, {}, {"buttons": None}])
def test_a_response_without_buttons_or_name_is_still_one(data: dict[str, object] | None) -> None:
    assert plain(rasa_events.BotUttered("Hello", data)) == [Uttered(None)]


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (rasa_events.ActionExecuted("utter_greet"), Did("utter_greet")),
        (rasa_events.ActionExecuted(action_text="free text"), Did("")),
        (rasa_events.ActiveLoop("symptom_check_form"), LoopChanged("symptom_check_form")),
        (rasa_events.ActiveLoop(None), LoopChanged(None)),
        (rasa_events.SlotSet("country", "ie"), SlotChanged("country", "ie")),
        (rasa_events.SlotSet("country", None), SlotChanged("country", None)),
        (rasa_events.Restarted(), Reset()),
        (rasa_events.SessionStarted(), Reset()),
    ],
)
def test_an_event_is_translated(event: rasa_events.Event, expected: Event) -> None:
    assert plain(event) == [expected]


@pytest.mark.parametrize(
    "event",
    [
        rasa_events.DefinePrevUserUtteredFeaturization(False),
        rasa_events.LoopInterrupted(False),
        rasa_events.ConversationPaused(),
        rasa_events.FollowupAction("action_listen"),
        rasa_events.EntitiesAdded([]),
    ],
)
def test_whatever_else_happens_is_left_out(event: rasa_events.Event) -> None:
    assert plain(event) == []


def test_a_step_that_was_refused_is_done_or_the_turn_would_never_end() -> None:
    refused = rasa_events.ActionExecutionRejected("action_write_appointment_note")
    assert plain(refused) == [Did("action_write_appointment_note")]


def test_the_order_of_the_events_is_kept() -> None:
    slot, done = rasa_events.SlotSet("country", "ie"), rasa_events.ActionExecuted("utter_greet")
    assert plain(slot, done) == [SlotChanged("country", "ie"), Did("utter_greet")]


def test_a_verdict_that_cannot_be_read_is_never_taken_for_none() -> None:
    event = rasa_events.UserUttered("...", INTENT, parse_data={**PARSED, "safety": {}})
    with pytest.raises(KeyError):
        plain(event)
