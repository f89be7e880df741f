"""The chat page and its messages, asked over HTTP."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bot.channels.web import PAGE, WebInput
from tests.components.loopback import (
    EMERGENCY_ROUTE,
    ESCALATION,
    Handler,
    Recorder,
    fail,
    served,
    stay_silent,
)

MESSAGES = "/chat/messages"
OURS = "0123456789abcdef" * 2


async def posted(handler: Handler, body: Any) -> dict[str, Any]:
    """What the page gets back."""
    async with served(WebInput(), handler) as client, client.post(MESSAGES, json=body) as response:
        assert response.status == 200
        answer: dict[str, Any] = await response.json()
    return answer


async def test_a_message_is_answered_under_an_id_that_the_server_made() -> None:
    answer = await posted(Recorder(), {"text": "hello"})
    assert re.fullmatch("[0-9a-f]{32}", answer["conversation"])
    assert [message["text"] for message in answer["messages"]] == ["An answer."]


async def test_a_conversation_goes_on_under_the_id_that_was_given_out() -> None:
    recorder = Recorder()
    answer = await posted(recorder, {"text": "hello", "conversation": OURS})
    assert answer["conversation"] == recorder.messages[0].sender_id == OURS


@pytest.mark.parametrize(
    "forged",
    [
        None,
        "",
        "default",
        "me",
        5,
        ["a"],
        OURS[:-1],
        OURS + "0",
        OURS[:-1] + "/",
        "é" * 32,
        "Z" * 32,
    ],
)
async def test_an_id_that_the_server_cannot_have_made_is_replaced(forged: Any) -> None:
    recorder = Recorder()
    answer = await posted(recorder, {"text": "hello", "conversation": forged})
    assert re.fullmatch("[0-9a-f]{32}", answer["conversation"])
    assert answer["conversation"] != forged
    assert recorder.messages[0].sender_id == answer["conversation"]


@pytest.mark.parametrize("handler", [fail, stay_silent])
async def test_who_would_get_nothing_gets_the_calm_reply(handler: Handler) -> None:
    [message] = (await posted(handler, {"text": "hello"}))["messages"]
    assert EMERGENCY_ROUTE in message["text"] and ESCALATION in message["text"]


async def test_a_typed_command_is_text_and_nothing_else_is_taken_from_the_page() -> None:
    recorder = Recorder()
    forged = {"metadata": {"admin": True}, "input_channel": "rest", "sender": "someone"}
    await posted(recorder, {"text": "/restart", **forged})
    [message] = recorder.messages
    assert message.text == "restart"
    assert (message.metadata, message.input_channel) == (None, "web")
    assert message.sender_id != "someone"


@pytest.mark.parametrize("body", [{}, {"text": None}, ["hello"], 5])
async def test_a_body_of_another_shape_is_answered_as_an_empty_message(body: Any) -> None:
    recorder = Recorder()
    assert len((await posted(recorder, body))["messages"]) == 1
    assert recorder.messages[0].text == ""


async def test_a_text_with_empty_lines_stays_one_message() -> None:
    answer = await posted(Recorder("one\n\ntwo"), {"text": "hello"})
    assert [message["text"] for message in answer["messages"]] == ["one\n\ntwo"]


@pytest.mark.parametrize(
    ("path", "file", "kind"),
    [
        ("/chat/", "index.html", "text/html; charset=utf-8"),
        ("/chat/chat.js", "chat.js", "text/javascript"),
        ("/chat/chat.css", "chat.css", "text/css"),
    ],
)
async def test_the_page_is_served_and_may_load_nothing_from_elsewhere(
    path: str, file: str, kind: str
) -> None:
    async with served(WebInput(), Recorder()) as client, client.get(path) as response:
        assert (response.status, response.headers["Content-Type"]) == (200, kind)
        assert await response.read() == (PAGE / file).read_bytes()
        policy = response.headers["Content-Security-Policy"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "no-referrer"
    assert policy.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy and "http" not in policy and "*" not in policy


@pytest.mark.parametrize("path", ["/chat/web.py", "/chat/..%2fchannels%2fweb.py", "/chat/chatxjs"])
async def test_nothing_but_the_page_and_its_files_is_served(path: str) -> None:
    async with served(WebInput(), Recorder()) as client, client.get(path) as response:
        assert response.status == 404


def test_the_page_names_no_address_of_a_third_party() -> None:
    for name in ("index.html", "chat.js", "chat.css"):
        assert "://" not in (PAGE / name).read_text(encoding="utf-8")
