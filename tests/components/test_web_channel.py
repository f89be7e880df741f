"""The widget's files, words and messages, asked over HTTP."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.channels.origins import AllowedOrigins
from bot.channels.site import FOLDER
from bot.channels.web import WebInput
from tests.components.loopback import (
    EMERGENCY_ROUTE,
    ESCALATION,
    Handler,
    Recorder,
    fail,
    served,
    stay_silent,
)

ELSEWHERE = "https://www.example.org"
TOKEN = re.compile(r"[0-9a-f]{32}\.[0-9a-f]{64}")


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMPANION_CONVERSATION_KEY", "k" * 32)


def channel(*origins: str) -> WebInput:
    """The channel, with pages of these origins allowed."""
    return WebInput(AllowedOrigins(frozenset(origins)))


async def asked(client: aiohttp.ClientSession, route: str, body: Any) -> dict[str, Any]:
    """What the page gets back."""
    async with client.post(f"/chat/{route}", json=body) as response:
        assert response.status == 200
        answer: dict[str, Any] = await response.json()
    return answer


async def said(client: aiohttp.ClientSession, text: Any, **more: Any) -> dict[str, Any]:
    """What the page gets back for a message in a conversation of its own."""
    token = more.pop("token", None) or (await asked(client, "session", {}))["token"]
    body = {"token": token, "id": "message-1", "text": text, **more}
    return await asked(client, "messages", body)


def texts(packet: dict[str, Any]) -> list[str]:
    return [entry["text"] for entry in packet["entries"]]


async def test_a_session_gets_a_signed_id_and_nothing_else() -> None:
    async with served(channel(), Recorder()) as client:
        opened = await asked(client, "session", {})
    assert TOKEN.fullmatch(opened["token"])
    assert opened["entries"] == []


async def test_a_message_is_answered_and_both_are_numbered() -> None:
    recorder = Recorder()
    async with served(channel(), recorder) as client:
        packet = await said(client, "hello")
    assert [(e["seq"], e["from"], e["text"]) for e in packet["entries"]] == [
        (1, "you", "hello"),
        (2, "assistant", "An answer."),
    ]
    assert recorder.messages[0].input_channel == "web"
    assert recorder.messages[0].message_id == "message-1"


async def test_a_message_that_is_sent_again_is_handled_once() -> None:
    recorder = Recorder()
    async with served(channel(), recorder) as client:
        token = (await asked(client, "session", {}))["token"]
        first = await said(client, "hello", token=token)
        again = await said(client, "hello", token=token)
        nothing_new = await said(client, "hello", token=token, epoch=first["epoch"], since=2)
    assert len(recorder.messages) == 1
    assert again == first
    assert nothing_new["entries"] == []


async def test_a_page_that_comes_back_gets_what_it_missed() -> None:
    async with served(channel(), Recorder()) as client:
        token = (await asked(client, "session", {}))["token"]
        packet = await said(client, "hello", token=token)
        known = {"token": token, "epoch": packet["epoch"], "since": 1}
        assert texts(await asked(client, "session", known)) == ["An answer."]
        assert len(texts(await asked(client, "session", {**known, "epoch": "x"}))) == 2


async def test_starting_over_leaves_only_what_came_of_it() -> None:
    async with served(channel(), Recorder()) as client:
        token = (await asked(client, "session", {}))["token"]
        await said(client, "hello", token=token)
        await said(client, "Start over.", token=token, id="message-2", again=True)
        packet = await asked(client, "session", {"token": token})
    assert texts(packet) == ["Start over.", "An answer."]
    assert packet["first"] == 3


@pytest.mark.parametrize(
    "forged", [None, "", "default", 5, ["a"], "0" * 32, f"{'0' * 32}.{'0' * 64}", "é" * 97]
)
async def test_nobody_speaks_under_an_id_that_the_server_did_not_make(forged: Any) -> None:
    recorder = Recorder()
    async with served(channel(), recorder) as client:
        for route in ("messages", "forget", "feedback"):
            body = {"token": forged, "id": "message-1", "text": "hello"}
            async with client.post(f"/chat/{route}", json=body) as response:
                assert response.status == 401
        opened = await asked(client, "session", {"token": forged})
    assert opened["token"] != forged
    assert recorder.messages == []


@pytest.mark.parametrize("handler", [fail, stay_silent])
async def test_who_would_get_nothing_gets_the_calm_reply(handler: Handler) -> None:
    async with served(channel(), handler) as client:
        _, answer = (await said(client, "hello"))["entries"]
    assert answer["kind"] == "notice"
    assert EMERGENCY_ROUTE in answer["text"] and ESCALATION in answer["text"]


async def test_a_typed_command_is_text_and_nothing_else_is_taken_from_the_page() -> None:
    recorder = Recorder()
    forged = {"metadata": {"admin": True}, "input_channel": "rest", "sender": "someone"}
    async with served(channel(), recorder) as client:
        await said(client, "/restart", **forged)
    [message] = recorder.messages
    assert message.text == "restart"
    assert (message.metadata, message.input_channel) == (None, "web")
    assert message.sender_id != "someone"


@pytest.mark.parametrize("text", [None, 5, ["hello"]])
async def test_a_text_of_another_shape_is_answered_as_an_empty_message(text: Any) -> None:
    recorder = Recorder()
    async with served(channel(), recorder) as client:
        assert len((await said(client, text))["entries"]) == 2
    assert recorder.messages[0].text == ""


@pytest.mark.parametrize("body", [["hello"], 5, None])
async def test_a_body_of_another_shape_is_refused_calmly(body: Any) -> None:
    async with (
        served(channel(), Recorder()) as client,
        client.post("/chat/messages", json=body) as response,
    ):
        assert response.status == 401


async def test_a_page_of_a_listed_origin_may_ask_and_read() -> None:
    headers = {"Origin": ELSEWHERE, "Content-Type": "text/plain"}
    async with (
        served(channel(ELSEWHERE), Recorder()) as client,
        client.post("/chat/session", data="{}", headers=headers) as response,
    ):
        assert response.status == 200
        assert response.headers["Access-Control-Allow-Origin"] == ELSEWHERE
        assert "Access-Control-Allow-Credentials" not in response.headers


async def test_a_page_of_any_other_origin_may_not() -> None:
    async with served(channel(ELSEWHERE), Recorder()) as client:
        headers = {"Origin": "https://evil.example"}
        async with client.post("/chat/session", json={}, headers=headers) as response:
            assert response.status == 403
            assert "Access-Control-Allow-Origin" not in response.headers
        address = "/socket.io/?EIO=4&transport=polling"
        async with client.get(address, headers=headers) as response:
            assert response.status == 400
        async with client.get(address, headers={"Origin": ELSEWHERE}) as response:
            assert response.status == 200


@pytest.mark.parametrize(
    ("path", "file", "kind"),
    [
        ("/", "index.html", "text/html; charset=utf-8"),
        ("/chat/", "chat.html", "text/html; charset=utf-8"),
    ],
)
async def test_the_pages_are_served_and_may_load_nothing_from_elsewhere(
    path: str, file: str, kind: str
) -> None:
    headers = {"Accept": "text/html"}
    async with served(channel(), Recorder()) as client, client.get(path, headers=headers) as page:
        assert (page.status, page.headers["Content-Type"]) == (200, kind)
        assert await page.read() == (FOLDER / file).read_bytes()
        policy = page.headers["Content-Security-Policy"]
        assert page.headers["X-Content-Type-Options"] == "nosniff"
        assert page.headers["Referrer-Policy"] == "no-referrer"
    assert policy.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy and "http" not in policy and "*" not in policy


async def test_the_script_is_served_as_built_to_pages_of_other_origins() -> None:
    async with served(channel(), Recorder()) as client, client.get("/chat/widget.js") as script:
        assert script.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert await script.read() == (FOLDER / "widget.js").read_bytes()


@pytest.mark.parametrize(
    "path", ["/chat/web.py", "/chat/..%2fchannels%2fweb.py", "/chat/widgetxjs", "/chat/index.html"]
)
async def test_nothing_but_the_widget_is_served(path: str) -> None:
    async with served(channel(), Recorder()) as client, client.get(path) as response:
        assert response.status == 404


@pytest.mark.parametrize("language", ["en", "en-GB", "xx", "", "../../etc/passwd"])
async def test_the_words_come_in_english_where_there_is_no_other(language: str) -> None:
    async with (
        served(channel(), Recorder()) as client,
        client.get("/chat/texts.json", params={"lang": language}) as response,
    ):
        words = await response.json()
    assert words["language"] == "en"
    assert words["words"]["accept"]
    assert all(line["links"] for lines in words["contacts"].values() for line in lines)


def test_the_pages_name_no_address_of_a_third_party() -> None:
    for name in ("index.html", "chat.html", "page.css"):
        assert "://" not in (Path(FOLDER) / name).read_text(encoding="utf-8")
