"""What the widget deletes stays deleted, whatever was on its way meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest
from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain

from bot.channels.origins import AllowedOrigins
from bot.channels.web import WebInput
from tests.components.loopback import Recorder, served


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMPANION_CONVERSATION_KEY", "k" * 32)


class Slow:
    """A handler that goes on with the first message only when it is told to."""

    def __init__(self) -> None:
        self.handled: list[str] = []
        self.begun, self.go_on = asyncio.Event(), asyncio.Event()

    async def __call__(self, message: UserMessage) -> None:
        self.handled.append(str(message.text))
        self.begun.set()
        await self.go_on.wait()
        await Recorder()(message)


@asynccontextmanager
async def deleting(handler: Slow) -> AsyncIterator[Deleting]:
    """A conversation whose first message is being handled, and behind it waits the deletion."""
    store = InMemoryTrackerStore(Domain.empty())
    agent = SimpleNamespace(tracker_store=store, lock_store=InMemoryLockStore())
    async with served(WebInput(AllowedOrigins()), handler, agent) as client:
        opened = await (await client.post("/chat/session", json={})).json()
        conversation = Deleting(client, opened["token"])
        conversation.first = asyncio.create_task(conversation.says("first"))
        await handler.begun.wait()
        conversation.deletion = asyncio.create_task(conversation.asks("forget"))
        await asyncio.sleep(0.1)
        yield conversation


class Deleting:
    """What a page asks for while its conversation is being deleted."""

    first: asyncio.Task[tuple[int, dict[str, Any]]]
    deletion: asyncio.Task[tuple[int, dict[str, Any]]]

    def __init__(self, client: aiohttp.ClientSession, token: str) -> None:
        self._client = client
        self._token = token

    async def asks(self, route: str, **asked: Any) -> tuple[int, dict[str, Any]]:
        """The status and the content of the answer."""
        body = {"token": self._token, **asked}
        async with self._client.post(f"/chat/{route}", json=body) as response:
            return response.status, await response.json()

    async def says(self, text: str, **asked: Any) -> tuple[int, dict[str, Any]]:
        """The same for a message, whose id is made from its text."""
        return await self.asks("messages", id=f"message-{text}", text=text, **asked)


async def test_what_waits_behind_a_deletion_is_refused_and_not_handled() -> None:
    handler = Slow()
    async with deleting(handler) as conversation:
        late = asyncio.create_task(conversation.says("late"))
        await asyncio.sleep(0.1)
        handler.go_on.set()
        assert (await conversation.deletion)[0] == 200
        assert await late == (401, {"refused": True})
        _, opened = await conversation.asks("session")
    assert handler.handled == ["first"]
    assert opened["entries"] == []


async def test_what_was_refused_is_answered_in_the_next_conversation() -> None:
    handler = Slow()
    async with deleting(handler) as conversation:
        late = asyncio.create_task(conversation.says("late"))
        await asyncio.sleep(0.1)
        handler.go_on.set()
        assert (await late)[0] == 401
        _, opened = await conversation.asks("session", token=None)
        status, packet = await conversation.says("late", token=opened["token"])
    assert status == 200
    assert [entry["text"] for entry in packet["entries"]] == ["late", "An answer."]
    assert handler.handled == ["first", "late"]


async def test_nothing_is_read_from_a_conversation_once_it_is_deleted() -> None:
    handler = Slow()
    async with deleting(handler) as conversation:
        again = asyncio.create_task(conversation.says("first"))
        await asyncio.sleep(0.1)
        handler.go_on.set()
        await conversation.deletion
        answers = [await conversation.first, await again]
    assert answers == [(401, {"refused": True})] * 2
    assert handler.handled == ["first"]
