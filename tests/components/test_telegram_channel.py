"""The Telegram channel served in front of a made-up handler, with a stub of the Bot API."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.channels import telegram
from bot.channels.telegram import HEADER, TelegramInput
from bot.channels.telegram_updates import KINDS
from tests.channels.telegram_stub import BOT, PUBLIC_URL, SECRET, TOKEN, BotApiStub, refusal, values
from tests.components.loopback import Recorder, served

WEBHOOK = "/webhooks/telegram/webhook"
HELLO = {
    "update_id": 1,
    "message": {
        **{"message_id": 1, "date": 1, "text": "hello"},
        "chat": {"id": 7, "type": "private"},
        "from": {"id": 7, "is_bot": False, "first_name": "Ann"},
    },
}


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telegram, "REGISTRATION_PAUSES", (0.01,))


@asynccontextmanager
async def channel_with(stub: BotApiStub) -> AsyncIterator[tuple[TelegramInput, Recorder, Any]]:
    """The channel, served, and what its handler got."""
    channel, recorder = TelegramInput(values(stub.server.url)), Recorder()
    async with served(channel, recorder) as client:
        yield channel, recorder, client


async def posted(client: aiohttp.ClientSession, update: Any, secret: str = SECRET) -> int:
    async with client.post(WEBHOOK, json=update, headers={HEADER: secret}) as answer:
        return answer.status


async def down(_: web.Request) -> web.Response:
    """What stands before a server that is down."""
    return web.Response(status=503, text="<html>")


@contextmanager
def warnings(caplog: pytest.LogCaptureFixture) -> Iterator[list[str]]:
    """What the channel warns of, from now on."""
    caplog.clear()
    found: list[str] = []
    with caplog.at_level(logging.WARNING, "bot.channels"):
        yield found
    found += [record.getMessage() for record in caplog.records]


async def test_at_start_the_webhook_is_registered_with_the_secret(stub: BotApiStub) -> None:
    async with channel_with(stub):
        await asyncio.wait_for(stub.registered.wait(), 5)
    expected = {"url": PUBLIC_URL, "secret_token": SECRET, "allowed_updates": [*KINDS]}
    assert stub.webhook == expected


async def test_a_telegram_that_is_down_at_start_is_one_line_in_the_log_and_tried_again(
    stub: BotApiStub, caplog: pytest.LogCaptureFixture
) -> None:
    mended, stub.answers["getMe"] = stub.answers["getMe"], down
    with warnings(caplog) as warned:
        async with channel_with(stub) as (_, recorder, client):
            await asyncio.sleep(0.1)
            assert await posted(client, HELLO) < 300
            assert not stub.registered.is_set()
            stub.answers["getMe"] = mended
            await asyncio.wait_for(stub.registered.wait(), 5)
    assert warned == ["Telegram: no webhook yet (status 503); trying again meanwhile."]
    assert len(recorder.messages) == 1


async def test_where_nothing_listens_the_server_serves_and_stops_in_peace(
    caplog: pytest.LogCaptureFixture,
) -> None:
    channel = TelegramInput(values("http://127.0.0.1:9"))
    with warnings(caplog) as warned:
        async with served(channel, Recorder()) as client:
            assert await posted(client, HELLO, "wrong") == 403
            await asyncio.sleep(0.05)
    assert any("no answer: ClientConnectorError" in line for line in warned)
    assert TOKEN not in caplog.text
    assert not [t for t in asyncio.all_tasks() if "_register" in repr(t)]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (refusal(401, "Unauthorized"), "status 401: Unauthorized"),
        (web.json_response({"ok": True, "result": {"id": "?"}}), "another form"),
        (web.Response(text="<html>"), "status 200"),
        (web.json_response(["ok"]), "status 200"),
    ],
)
async def test_the_log_says_why_the_webhook_is_not_registered(
    caplog: pytest.LogCaptureFixture, answer: web.Response, reason: str
) -> None:
    async def give(_: web.Request) -> web.Response:
        return web.Response(status=answer.status, headers=answer.headers, body=answer.body)

    stub = BotApiStub()
    stub.answers["getMe"] = give
    with warnings(caplog) as warned:
        async with stub.server, channel_with(stub):
            await asyncio.sleep(0.1)
    [line] = warned
    assert reason in line


async def test_a_secret_of_any_bytes_is_refused_or_right(stub: BotApiStub) -> None:
    async with channel_with(stub) as (_, recorder, client):
        for wrong in ("", "x", f"{SECRET}x", SECRET[:-1], "\udcff", "ü"):
            assert await posted(client, HELLO, wrong) == 403
        assert recorder.messages == []
        assert await posted(client, HELLO) == 204


async def test_a_pressed_button_stops_waiting_with_the_receipt(stub: BotApiStub) -> None:
    pressed = {
        **{"id": "77", "from": HELLO["message"]["from"], "data": "Yes", "chat_instance": "1"},
        "message": {**HELLO["message"], "from": BOT},
    }
    update = {"update_id": 2, "callback_query": pressed}
    async with channel_with(stub) as (_, recorder, client):
        async with client.post(WEBHOOK, json=update, headers={HEADER: SECRET}) as answer:
            told = await answer.json()
        await asyncio.sleep(0.05)
    assert told == {"method": "answerCallbackQuery", "callback_query_id": "77"}
    assert [message.text for message in recorder.messages] == ["Yes"]
