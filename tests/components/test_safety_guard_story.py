"""The guard reads a message together with what was told before it in the conversation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.core.events import BotUttered, Event, Restarted, SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.dialogue.names import READING, SAFETY
from bot.dialogue.reading import Reading
from bot.intents.features import text_rows
from bot.nlu import safety_guard
from bot.nlu.keys import PART_VECTORS
from bot.nlu.safety_guard import SafetyGuard
from bot.nlu.told import told_before
from bot.safety.story import Told
from bot.safety.verdicts import Assessment, Category
from tests.unit.safety.statistical import LEVELS, Matrix, looks_like, network

BLURRED, BLIND = "the left one is a bit fuzzy", "like a blind that came down"
TOPIC = Reading.of("metastasis/tests")
COMPLAINT = Reading.of("report_symptom")
UNREAD = Reading()


class Words:
    """An encoder by which only both sentences together look like an emergency."""

    def encode_twofold(self, texts: Sequence[str]) -> Matrix:
        dangers = [all(word in text for word in ("fuzzy", "blind")) for text in texts]
        return looks_like(*("emergency" if danger else "none" for danger in dangers))


def rows(text: str) -> Matrix:
    return text_rows(Words().encode_twofold([text]), [text])


@pytest.fixture
def guard(storage: LocalModelStorage, monkeypatch: pytest.MonkeyPatch) -> SafetyGuard:
    """A guard with the project's rules and a detector that follows that encoder."""
    monkeypatch.setattr(safety_guard, "sentence_encoder", lambda *_: Words())
    certainty = {"answer": 0.9, "nothing": 0.95, "harmless": 0.5, "detail": 0.8}
    changed: dict[str, Any] = {"levels": LEVELS, "certainty": certainty}
    config = {**SafetyGuard.get_default_config(), **changed}
    return SafetyGuard(config, storage, Resource("guard"), network(rows("").shape[1]))


def said(text: str, reading: Reading = UNREAD, verdict: Category = Category.NONE) -> Event:
    """A message of the conversation, as its parse data was stored."""
    stored = {READING: reading.to_dict(), SAFETY: Assessment(verdict).to_dict()}
    return UserUttered(text, {"name": reading.label}, parse_data=stored)


def after(*events: Event) -> DialogueStateTracker:
    return DialogueStateTracker.from_events("someone", list(events))


Judge = Callable[..., Message]


@pytest.fixture
def judge(guard: SafetyGuard) -> Judge:
    """A function that gives a message as the guard leaves it after these events."""

    def process(text: str, *events: Event, reading: Reading = UNREAD) -> Message:
        message = Message({TEXT: text, READING: reading.to_dict(), PART_VECTORS: rows(text)})
        [guarded] = guard.process([message], after(*events))
        return guarded

    return process


def verdict(message: Message) -> Category:
    return Assessment.from_dict(message.get(SAFETY)).category


def test_messages_that_are_an_emergency_together_become_one(judge: Judge) -> None:
    message = judge(BLIND, said(BLURRED, COMPLAINT, Category.SYMPTOM), BotUttered("..."))
    assert message.get(SAFETY)["rule_id"] == "detector-emergency"
    assert message.get(INTENT) == {"name": "report_emergency", "confidence": 1.0}


@pytest.mark.parametrize("text", [BLURRED, BLIND])
def test_neither_message_is_one_alone(guard: SafetyGuard, judge: Judge, text: str) -> None:
    assert verdict(judge(text)) is Category.NONE
    [message] = guard.process([Message({TEXT: text, PART_VECTORS: rows(text)})])
    assert verdict(message) is Category.NONE


def test_what_goes_on_about_an_emergency_that_was_answered_is_one_again(judge: Judge) -> None:
    before = said(BLURRED, COMPLAINT), said(BLIND, UNREAD, Category.EMERGENCY)
    assert verdict(judge("and it stays so", *before)) is Category.EMERGENCY
    assert verdict(judge("what is a scan", *before, reading=TOPIC)) is Category.NONE


def test_questions_before_a_message_are_not_read_with_it(judge: Judge) -> None:
    assert verdict(judge(BLIND, said(BLURRED, TOPIC))) is Category.NONE
    assert verdict(judge(BLIND, said(BLURRED, Reading.of("thank")))) is Category.NONE


def test_a_question_after_a_complaint_is_answered_as_a_question(judge: Judge) -> None:
    before = said(BLURRED, COMPLAINT, Category.SYMPTOM)
    assert verdict(judge(BLIND, before, reading=TOPIC)) is Category.NONE


@pytest.mark.parametrize("beginning", [Restarted(), SessionStarted()])
def test_a_new_beginning_ends_the_story(judge: Judge, beginning: Event) -> None:
    assert verdict(judge(BLIND, said(BLURRED, COMPLAINT), beginning)) is Category.NONE


def test_what_was_told_comes_with_its_verdict_in_the_order_of_the_conversation() -> None:
    events = [
        said("before", COMPLAINT),
        Restarted(),
        said("it hurts", COMPLAINT, Category.SYMPTOM),
        BotUttered("..."),
        said("what is a scan", TOPIC),
    ]
    assert told_before(after(*events), lambda reading: reading != TOPIC) == [
        Told("it hurts", Category.SYMPTOM, tells=True),
        Told("what is a scan", Category.NONE, tells=False),
    ]


def test_the_rows_of_a_story_are_as_wide_as_those_of_a_message(guard: SafetyGuard) -> None:
    features = guard._features([f"{BLURRED}\n{BLIND}"])
    assert features.shape == rows(BLIND).shape
    assert features.dtype == np.float32


@pytest.mark.parametrize("label", ["report_symptom", "request_prognosis"])
def test_what_the_classifier_alone_reads_into_a_message_is_dropped(
    guard: SafetyGuard, label: str
) -> None:
    text = "the garden looks lovely"
    message = Message({TEXT: text, READING: Reading.of(label).to_dict()})
    message.set(PART_VECTORS, rows(text))
    [checked] = guard.process([message])
    assert Reading.from_dict(checked.get(READING)).acts == ()
    assert checked.get(INTENT)["name"] == "nlu_fallback"


def test_what_the_classifier_reads_and_the_detector_suspects_is_kept(guard: SafetyGuard) -> None:
    message = Message({TEXT: "a bit odd", READING: COMPLAINT.to_dict()})
    suspected = 0.1 * looks_like("symptom") + looks_like("none") * 0.0
    message.set(PART_VECTORS, np.pad(suspected, ((0, 0), (0, rows("").shape[1] - 8))))
    [checked] = guard.process([message])
    assert Reading.from_dict(checked.get(READING)) == COMPLAINT
