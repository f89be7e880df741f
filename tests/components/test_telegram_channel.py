"""The Telegram channel in front of a made-up handler, and a stub of the Bot API behind it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.channels import telegram
from bot.channels.messaging import sending
from bot.channels.messaging.sending import SendingError, send_patiently
from bot.channels.messaging.settings import ChannelError, load_channels
from bot.channels.messaging.shaping import Piece
from bot.channels.telegram import HEADER, TelegramInput, load_commands
from bot.channels.telegram_api import BotApi
from bot.channels.telegram_updates import KINDS
from tests.channels.telegram_stub import BOT, PUBLIC_URL, TOKEN, BotApiStub, refusal
from tests.components.loopback import Recorder, served

SECRET = "a-secret-of-at-least-sixteen-letters"
WEBHOOK = "/webhooks/telegram/webhook"
HELLO = {
    "update_id": 1,
    "message": {
        **{"message_id": 1, "date": 1, "text": "hello"},
        "chat": {"id": 7, "type": "private"},
        "from": {"id": 7, "is_bot": False, "first_name": "Ann"},
    },
}


def values(api: str, **changed: str) -> dict[str, str]:
    given = {"TOKEN": TOKEN, "SECRET": SECRET, "URL": PUBLIC_URL, "API": api, **changed}
    return {f"COMPANION_TELEGRAM_{name}": value for name, value in given.items()}


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telegram, "REGISTRATION_PAUSES", (0.01,))
    monkeypatch.setattr(sending, "PAUSES", (0.0,))


@pytest.fixture
async def stub() -> AsyncIterator[BotApiStub]:
    """A stub of the Bot API; nothing may be sent that it refuses."""
    api = BotApiStub()
    await api.server.start()
    yield api
    await api.server.stop()
    assert api.violations == []


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
    await stub.server.start()
    with warnings(caplog) as warned:
        async with channel_with(stub):
            await asyncio.sleep(0.1)
    await stub.server.stop()
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


async def test_a_message_is_plain_text_with_its_choices_one_below_the_other(
    stub: BotApiStub,
) -> None:
    channel = TelegramInput(values(stub.server.url))
    await channel.send("-100/3", Piece("<b>Which?</b> *one*", ("Yes", "No")))
    await channel.close()
    rows = [[{"text": title, "callback_data": title}] for title in ("Yes", "No")]
    assert stub.sent == [
        {
            "chat_id": -100,
            "message_thread_id": 3,
            "text": "<b>Which?</b> *one*",
            "link_preview_options": {"is_disabled": True},
            "reply_markup": {"inline_keyboard": rows},
        }
    ]


async def test_telegram_may_ask_to_wait(stub: BotApiStub, monkeypatch: pytest.MonkeyPatch) -> None:
    # So long a pause of its own would be given up at once.
    monkeypatch.setattr(sending, "PAUSES", (sending.LONGEST_PAUSE + 1,))
    stub.refusals = [refusal(429, "Too Many Requests: retry after 0", retry_after=0)]
    channel = TelegramInput(values(stub.server.url))
    await send_patiently(lambda piece: channel.send("7", piece), Piece("An answer."))
    await channel.close()
    assert len(stub.sent) == 1


@pytest.mark.parametrize(
    ("status", "description"),
    [(403, "Forbidden: bot was blocked by the user"), (400, "Bad Request: chat not found")],
)
async def test_what_telegram_will_never_take_is_not_sent_again_nor_quoted(
    stub: BotApiStub, status: int, description: str
) -> None:
    stub.refusals = [refusal(status, description), refusal(status, description)]
    channel = TelegramInput(values(stub.server.url))
    with pytest.raises(SendingError) as refused:
        await send_patiently(lambda piece: channel.send("7", piece), Piece("An answer."))
    await channel.close()
    assert str(refused.value) == f"status {status}"
    assert len(stub.refusals) == 1


async def test_no_error_names_the_token() -> None:
    api = BotApi(TOKEN, "http://127.0.0.1:9")
    with pytest.raises(SendingError) as failed:
        await api.call("getMe")
    await api.close()
    assert failed.value.again
    assert TOKEN not in repr(failed.value)
    assert failed.value.__suppress_context__


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"TOKEN": "the token"}, "COMPANION_TELEGRAM_TOKEN"),
        ({"SECRET": "short"}, "COMPANION_TELEGRAM_SECRET"),
        ({"SECRET": "with blanks and more than sixteen"}, "COMPANION_TELEGRAM_SECRET"),
        ({"URL": "http://example.org/"}, "https://"),
    ],
)
def test_a_value_that_telegram_would_not_take_is_one_clear_error(
    changed: dict[str, str], reason: str
) -> None:
    given = values("", **changed)
    del given["COMPANION_TELEGRAM_API"]
    with pytest.raises(ChannelError, match=reason):
        TelegramInput(given)


def test_another_server_of_the_bot_api_may_call_without_encryption() -> None:
    assert TelegramInput(values("http://127.0.0.1:8081", URL="http://127.0.0.1:5005/"))


def test_the_longest_title_fits_into_what_a_button_carries() -> None:
    # The widest letters take three bytes for each UTF-16 unit.
    assert 3 * load_channels()["telegram"].limits.title <= 64


def test_broken_commands_are_one_clear_error(tmp_path: Path) -> None:
    broken = tmp_path / "telegram.yml"
    for text in ("commands: [start]", "commands", "{"):
        broken.write_text(text, encoding="utf-8")
        with pytest.raises(ChannelError, match=r"telegram\.yml cannot be read"):
            load_commands(broken)
