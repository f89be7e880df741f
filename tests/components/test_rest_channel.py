"""Rasa's REST protocol behind the guard, asked over HTTP."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.channels.rest import GuardedRestInput
from tests.components.loopback import (
    EMERGENCY_ROUTE,
    ESCALATION,
    Handler,
    Recorder,
    fail,
    served,
    stay_silent,
)

WEBHOOK = "/webhooks/rest/webhook"


async def posted(handler: Handler, body: Any, path: str = WEBHOOK) -> list[dict[str, Any]]:
    """What the client gets back, streamed or not."""
    channel = GuardedRestInput()
    async with served(channel, handler) as client, client.post(path, json=body) as response:
        assert response.status == 200
        text = await response.text()
    if "stream" in path:
        return [json.loads(line) for line in text.splitlines()]
    messages: list[dict[str, Any]] = json.loads(text)
    return messages


@pytest.mark.parametrize("path", [WEBHOOK, f"{WEBHOOK}?stream=true"])
async def test_a_message_is_answered(path: str) -> None:
    messages = await posted(Recorder(), {"sender": "someone", "message": "hello"}, path)
    assert messages == [{"recipient_id": "someone", "text": "An answer."}]


@pytest.mark.parametrize("path", [WEBHOOK, f"{WEBHOOK}?stream=true"])
@pytest.mark.parametrize("handler", [fail, stay_silent])
async def test_who_would_get_nothing_gets_the_calm_reply(handler: Handler, path: str) -> None:
    [message] = await posted(handler, {"sender": "someone", "message": "hello"}, path)
    assert EMERGENCY_ROUTE in message["text"] and ESCALATION in message["text"]


async def test_a_typed_command_is_text() -> None:
    recorder = Recorder()
    await posted(recorder, {"sender": "someone", "message": "/restart"})
    assert recorder.messages[0].text == "restart"


async def test_what_only_the_server_may_say_is_not_taken_from_the_client() -> None:
    recorder = Recorder()
    forged = {"metadata": {"admin": True}, "input_channel": "another", "parse_data": {}}
    await posted(recorder, {"sender": "someone", "message": "hello", **forged})
    [message] = recorder.messages
    assert (message.metadata, message.parse_data) == (None, None)
    assert message.input_channel == "rest"


@pytest.mark.parametrize("body", [{"message": "hello"}, {"sender": None, "message": "hello"}])
async def test_a_missing_sender_gets_a_conversation_of_its_own(body: dict[str, Any]) -> None:
    recorder = Recorder()
    [first] = await posted(recorder, body)
    [second] = await posted(recorder, body)
    assert first["recipient_id"] != second["recipient_id"]
    assert "default" not in (first["recipient_id"], second["recipient_id"])


@pytest.mark.parametrize("path", [WEBHOOK, f"{WEBHOOK}?stream=true"])
@pytest.mark.parametrize(
    "body",
    [{}, {"message": 5}, {"message": ["hello"]}, {"message": None}, {"sender": []}, ["hello"], 5],
)
async def test_a_body_of_another_shape_is_answered_as_an_empty_message(
    body: Any, path: str
) -> None:
    recorder = Recorder()
    assert len(await posted(recorder, body, path)) == 1
    assert recorder.messages[0].text == ""


async def test_a_body_that_is_no_json_is_refused() -> None:
    channel = GuardedRestInput()
    async with served(channel, Recorder()) as client, client.post(WEBHOOK, data="a") as response:
        assert response.status == 400


def test_the_channel_keeps_the_name_that_clients_know() -> None:
    assert GuardedRestInput.name() == "rest"
