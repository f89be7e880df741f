"""The socket.io side: acknowledged, for the owner of a conversation only, replies as they come."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import socketio
from rasa.core.channels.channel import UserMessage

from bot.channels.origins import AllowedOrigins
from bot.channels.web import WebInput
from tests.components.loopback import Handler, Recorder, served

PATIENCE = 10.0


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMPANION_CONVERSATION_KEY", "k" * 32)


class Page:
    """A page that holds a socket."""

    def __init__(self, client: socketio.AsyncClient) -> None:
        self.client = client
        self.pushed: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        client.on("bot_uttered", self.pushed.put)

    async def asks(self, event: str, asked: object) -> dict[str, Any]:
        answer: dict[str, Any] = await self.client.call(event, asked, timeout=PATIENCE)
        return answer

    async def vanishes(self) -> None:
        """Break off at once; in good order it would wait for the end of a long poll."""
        await self.client.eio.disconnect(abort=True)

    async def gets(self) -> dict[str, Any]:
        """The next entry that is pushed."""
        packet = await asyncio.wait_for(self.pushed.get(), PATIENCE)
        entry: dict[str, Any] = packet["entries"][0]
        return entry


@asynccontextmanager
async def pages(handler: Handler, count: int = 1) -> AsyncIterator[list[Page]]:
    """So many pages on one server."""
    async with served(WebInput(AllowedOrigins()), handler) as http:
        opened = [Page(socketio.AsyncClient()) for _ in range(count)]
        for page in opened:
            await page.client.connect(str(http._base_url), transports=["polling"])
        yield opened
        for page in opened:
            await page.vanishes()


def message(token: str, number: int = 1) -> dict[str, Any]:
    return {"token": token, "id": f"message-{number}", "text": "hello"}


async def test_a_message_is_acknowledged_with_its_answer_and_handled_once() -> None:
    recorder = Recorder()
    async with pages(recorder) as [page]:
        token = (await page.asks("session_request", {}))["token"]
        first = await page.asks("user_uttered", message(token))
        again = await page.asks("user_uttered", message(token))
    assert [entry["text"] for entry in first["entries"]] == ["hello", "An answer."]
    assert again == first
    assert len(recorder.messages) == 1


async def test_replies_are_pushed_to_every_page_of_the_conversation_and_no_other() -> None:
    async with pages(Recorder(), 3) as [mine, also_mine, stranger]:
        token = (await mine.asks("session_request", {}))["token"]
        await also_mine.asks("session_request", {"token": token})
        await stranger.asks("session_request", {})
        await mine.asks("user_uttered", message(token))
        for page in (mine, also_mine):
            assert [(await page.gets())["seq"] for _ in range(2)] == [1, 2]
        assert stranger.pushed.empty()


async def test_who_changes_the_conversation_hears_no_more_of_the_earlier_one() -> None:
    async with pages(Recorder(), 2) as [mine, other]:
        token = (await mine.asks("session_request", {}))["token"]
        await other.asks("session_request", {"token": token})
        await other.asks("session_request", {})
        await mine.asks("user_uttered", message(token))
        assert other.pushed.empty()


async def test_a_turn_goes_on_when_the_page_vanishes_and_its_answer_waits() -> None:
    go_on = asyncio.Event()

    async def slow(given: UserMessage) -> None:
        await go_on.wait()
        await Recorder()(given)

    async with pages(slow, 2) as [vanishing, returning]:
        token = (await vanishing.asks("session_request", {}))["token"]
        await vanishing.client.emit("user_uttered", message(token))
        assert (await vanishing.gets())["from"] == "you"
        await vanishing.vanishes()
        go_on.set()
        packet = await returning.asks("user_uttered", message(token))
    assert [entry["text"] for entry in packet["entries"]] == ["hello", "An answer."]


@pytest.mark.parametrize("asked", [None, {}, [], "x", {"token": "0" * 32, "id": "message-1"}])
async def test_without_a_token_of_this_server_nothing_is_said(asked: object) -> None:
    recorder = Recorder()
    async with pages(recorder) as [page]:
        assert await page.asks("user_uttered", asked) == {"refused": True}
    assert recorder.messages == []
