"""Whatever fails, the person hears a calm answer, the escalation and the emergency route."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from aiohttp import ClientConnectionError
from rasa.core.actions import action as rasa_actions
from rasa.core.actions.action import ClientResponseError
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.lock_store import LockError

from bot.channels.guard import guarded
from bot.channels.pace import Limit
from bot.dialogue.channel_replies import Replies
from bot.dialogue.names import TELL_PROVIDER, TROUBLE
from tests.components.loopback import EMERGENCY_ROUTE, ESCALATION, Recorder
from tests.conversations.chat import Chat, TrainedAgent, Turn

pytestmark = pytest.mark.model


def is_calm(turn: Turn) -> None:
    """What was said last names the escalation and the emergency route."""
    last = " ".join(turn.texts[-1].split())
    assert ESCALATION in last and EMERGENCY_ROUTE in last


async def refused(*_: Any, **__: Any) -> Any:
    raise ClientConnectionError("down")


async def hanging(*_: Any, timeout: float, **__: Any) -> Any:
    assert timeout <= 10, "The person's next message would wait as long."
    raise asyncio.TimeoutError


async def failing(*_: Any, **__: Any) -> Any:
    raise ClientResponseError(500, "error", b"what the person typed")


async def refusing_to_run(*_: Any, **__: Any) -> Any:
    raise ClientResponseError(400, "rejected", b'{"error": "no", "action_name": "x"}')


async def empty(*_: Any, **__: Any) -> Any:
    return None


async def nonsense(*_: Any, **__: Any) -> Any:
    return {"events": [{"event": "unheard of"}], "responses": [{"text": "take more morphine"}]}


async def not_even_an_object(*_: Any, **__: Any) -> Any:
    return ["nonsense"]


@pytest.mark.parametrize(
    "answer",
    [refused, hanging, failing, refusing_to_run, empty, nonsense, not_even_an_object],
)
def test_without_its_action_server_the_check_ends_with_whom_to_tell(
    check: Chat, monkeypatch: pytest.MonkeyPatch, answer: Callable[..., Any]
) -> None:
    monkeypatch.setattr(check.agent.actions, "request", answer)
    turn = check.says("No")
    assert "utter_note_unavailable" in turn.responses
    assert turn.responses[-1] == TELL_PROVIDER
    assert not any("morphine" in text for text in turn.texts)
    is_calm(turn)


def test_rasa_does_not_wait_minutes_for_the_action_server(agent: TrainedAgent) -> None:
    assert rasa_actions.DEFAULT_REQUEST_TIMEOUT <= 10


def raising(*_: Any, **__: Any) -> Any:
    raise ZeroDivisionError("what the person typed")


async def raising_later(*_: Any, **__: Any) -> Any:
    raise ZeroDivisionError("what the person typed")


def no_lock(*_: Any, **__: Any) -> Any:
    raise LockError("no lock")


FAILING = {
    "an NLU component raises": ("processor", "parse_message", raising_later),
    "the policy raises": ("processor", "_predict_next_with_tracker", raising),
    "the tracker store cannot be read": ("tracker_store", "get_or_create_tracker", raising_later),
    "the tracker store cannot be written": ("tracker_store", "save", raising_later),
    "the lock store fails": ("lock_store", "lock", no_lock),
}


@contextmanager
def broken(agent: TrainedAgent, fault: str) -> Iterator[None]:
    """The assistant with one of its parts broken."""
    owner, name, fails = FAILING[fault]
    inner = agent._agent
    parts = [getattr(inner, owner), getattr(inner.processor, owner, None)]
    with pytest.MonkeyPatch.context() as patch:
        for part in parts:
            if part is not None:
                patch.setattr(part, name, fails)
        yield


@pytest.mark.parametrize("fault", FAILING)
def test_what_is_typed_is_in_no_log_whatever_fails(
    agent: TrainedAgent, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    typed = "Ann O'Neil here and my elbow has been aching"
    with broken(agent, fault), caplog.at_level(logging.INFO):
        sent(Chat(agent), typed)
    assert caplog.records
    assert "Ann" not in caplog.text and "what the person typed" not in caplog.text


@pytest.mark.parametrize("fault", FAILING)
def test_whatever_part_fails_in_a_check_the_person_is_answered(check: Chat, fault: str) -> None:
    with broken(check.agent, fault):
        texts = sent(check, "hello there")
    last = " ".join(texts[-1].split())
    assert ESCALATION in last and EMERGENCY_ROUTE in last
    after = check.says("No")
    assert after.responses[-1] == TELL_PROVIDER
    note = after.text_of("utter_appointment_note")
    assert "stiff and sore" in note and "A few weeks" in note


def sent(chat: Chat, text: str) -> list[str]:
    """What the person is sent, without a look at what was kept: that may be out of reach."""
    output = CollectingOutputChannel()
    message = UserMessage(text, output, chat._conversation)
    chat.agent._loop.run_until_complete(chat.agent._handle(message))
    return [one["text"] for one in output.messages]


@pytest.mark.parametrize("missing", [TELL_PROVIDER, "utter_symptom_not_proof", TROUBLE])
def test_a_wording_that_is_missing_is_replaced_by_the_calm_one(
    check: Chat, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    responses = dict(check.agent._agent.nlg.responses)
    for name in {missing, TROUBLE}:
        responses.pop(name, None)
    monkeypatch.setattr(check.agent._agent.nlg, "responses", responses)
    turn = check.says("No")
    is_calm(turn)


def test_a_generator_that_raises_is_no_silence(
    check: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check.agent._agent.nlg, "_cite", raising)
    is_calm(check.says("No"))


def test_two_messages_of_one_person_at_once_are_both_answered(agent: TrainedAgent) -> None:
    chat = Chat(agent)
    outputs = [CollectingOutputChannel(), CollectingOutputChannel()]
    texts = ["my shoulder has been stiff and sore", "what is a bone scan?"]

    async def together() -> None:
        messages = [
            UserMessage(text, output, chat._conversation)
            for text, output in zip(texts, outputs, strict=True)
        ]
        await asyncio.gather(*map(agent._handle, messages))

    agent._loop.run_until_complete(together())
    assert all(output.messages for output in outputs)
    assert chat.says("stop").responses[-1] == TELL_PROVIDER


async def test_fifty_messages_in_a_second_get_a_calm_answer() -> None:
    replies = Replies.load()
    recorder = Recorder()
    handle = guarded(recorder, replies, Limit(20, 10))
    outputs = [CollectingOutputChannel() for _ in range(50)]
    for output in outputs:
        await handle(UserMessage("hello", output, "someone"))
    texts = [output.messages[0]["text"] for output in outputs]
    assert len(recorder.messages) == 20
    assert texts[20:] == [replies.too_fast.strip()] * 30
    assert ESCALATION in replies.too_fast and EMERGENCY_ROUTE in replies.too_fast
    other = CollectingOutputChannel()
    await handle(UserMessage("hello", other, "someone else"))
    assert other.messages[0]["text"] == "An answer."


async def test_a_failure_after_a_symptom_was_met_adds_the_escalation() -> None:
    async def fails_midway(given: UserMessage) -> None:
        response = {"text": "Sorry to hear it.", "utter_action": "utter_symptom_heard"}
        await given.output_channel.send_response(given.sender_id, response)
        raise ZeroDivisionError

    output = CollectingOutputChannel()
    await guarded(fails_midway, Replies.load())(UserMessage("my hip aches", output, "someone"))
    assert ESCALATION in output.messages[-1]["text"]
    assert EMERGENCY_ROUTE in output.messages[-1]["text"]
