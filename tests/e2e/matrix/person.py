"""A person with a real Matrix client (matrix-nio), who writes and waits for what comes back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from nio import AsyncClient, AsyncClientConfig

from tests.e2e.matrix.synapse import Account

PATIENCE = 30.0
"""Seconds in which an answer must be there."""
_WAIT = 1000
"""Milliseconds that the homeserver keeps a request for news open."""

Event = dict[str, Any]


class Person:
    """Somebody who is logged in."""

    def __init__(self, client: AsyncClient) -> None:
        self.client = client
        self.user: str = client.user_id
        self._mark: str | None = None
        self._unheard: list[tuple[str, Event]] = []

    async def opens_room_with(self, *others: str, encrypted: bool = False, joined: int = 1) -> str:
        """Open a room, invite others, and wait until so many of them have joined."""
        encryption = {
            "type": "m.room.encryption",
            "state_key": "",
            "content": {"algorithm": "m.megolm.v1.aes-sha2"},
        }
        state = [encryption] if encrypted else []
        made = await self.client.room_create(invite=list(others), initial_state=state)
        room = str(made.room_id)
        for _ in range(joined):
            await self._next(room, lambda event: _joins(event) and event["sender"] != self.user)
        return room

    async def joins(self, room: str) -> None:
        """Accept an invitation."""
        await self.client.join(room)

    async def refused(self, room: str, user: str) -> None:
        """Wait until somebody has refused an invitation to a room."""
        await self._next(room, lambda event: _leaves(event) and event["sender"] == user)

    async def sends(self, room: str, content: Event, kind: str = "m.room.message") -> str:
        """Send any event; its id."""
        return str((await self.client.room_send(room, kind, content)).event_id)

    async def writes(self, room: str, text: str, **more: Any) -> str:
        """Write a text; its id."""
        return await self.sends(room, {"msgtype": "m.text", "body": text, **more})

    async def says(self, room: str, text: str, last: str, **more: Any) -> list[str]:
        """Write a text, and read until a message holds these words: all that came back."""
        await self.writes(room, text, **more)
        return await self.reads(room, last)

    async def reads(self, room: str, last: str) -> list[str]:
        """All that others wrote from the last look until a message with these words."""
        texts = [event["content"]["body"] for event in await self.events(room, last)]
        return [str(text) for text in texts]

    async def events(self, room: str, last: str) -> list[Event]:
        """The same, as events."""
        found: list[Event] = []
        while not found or last not in _one_line(found[-1]["content"]["body"]):
            found.append(await self._next(room, self._is_message))
        return found

    async def hears_nothing_more(self, room: str) -> bool:
        """Whether nobody else has written since, which is looked up twice."""
        for _ in range(2):
            await self._sync()
        return not any(at == room and self._is_message(event) for at, event in self._unheard)

    def _is_message(self, event: Event) -> bool:
        return event["type"] == "m.room.message" and event["sender"] != self.user

    async def _next(self, room: str, wanted: Any) -> Event:
        """The next event of a room that is wanted; what comes before it is passed over."""
        end = asyncio.get_running_loop().time() + PATIENCE
        while True:
            for index, (at, event) in enumerate(self._unheard):
                if at == room and wanted(event):
                    del self._unheard[index]
                    return event
            assert asyncio.get_running_loop().time() < end, f"nothing came: {self._unheard}"
            await self._sync()

    async def _sync(self) -> None:
        found = await self.client.sync(_WAIT if self._mark else 0, since=self._mark)
        self._mark = found.next_batch
        self._unheard += [
            (room, event.source)
            for room, info in found.rooms.join.items()
            for event in info.timeline.events
        ]


def _joins(event: Event) -> bool:
    return event["type"] == "m.room.member" and event["content"]["membership"] == "join"


def _leaves(event: Event) -> bool:
    return event["type"] == "m.room.member" and event["content"]["membership"] == "leave"


def _one_line(text: str) -> str:
    return " ".join(text.split())


@asynccontextmanager
async def logged_in(homeserver: str, account: Account) -> AsyncIterator[Person]:
    """A person with a client of their own, who has seen all that was there before."""
    at_once = AsyncClientConfig(max_limit_exceeded=0, max_timeouts=0)
    client = AsyncClient(homeserver, account.user, config=at_once)
    client.user_id, client.access_token = account.user, account.token
    try:
        person = Person(client)
        await person._sync()
        person._unheard.clear()
        yield person
    finally:
        await client.close()
