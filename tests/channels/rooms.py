"""What happens in the rooms of a made-up Matrix homeserver: one long stream of events."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from itertools import count
from typing import Any

Event = dict[str, Any]

BOT = "@companion:companion.test"
PATIENCE = 10.0
"""Seconds in which the assistant must have read what happened."""


class Rooms:
    """A mark is a place in the stream."""

    def __init__(self) -> None:
        self.members: dict[str, list[str]] = {}
        self.stream: list[tuple[str, Event]] = []
        self.changed = asyncio.Condition()
        self._read: int | None = None
        self._stopped = False
        self._ids = count(1)

    async def happen(self, room: str, sender: str, kind: str, **fields: Any) -> str:
        """Add an event to a room, and wait until the assistant has read it; its id."""
        event_id = await self.add(room, sender, kind, **fields)
        await self.read()
        return event_id

    async def add(self, room: str, sender: str, kind: str, **fields: Any) -> str:
        """Add an event to a room; its id."""
        event = {"type": kind, "sender": sender, "origin_server_ts": 1, "content": {}, **fields}
        event.setdefault("event_id", f"$event-{next(self._ids)}")
        async with self.changed:
            self.stream.append((room, event))
            self.changed.notify_all()
        return str(event["event_id"])

    async def read(self) -> None:
        """Wait until the assistant has read all that happened, and asks for more."""
        await self._until(lambda: self._read is not None and self._read >= len(self.stream))

    def expect_new_reader(self) -> None:
        """From now on nothing counts as read until somebody begins anew."""
        self._read = None

    async def create(self, room: str, *members: str) -> None:
        """Open a room and invite the assistant; wait until it has answered the invitation."""
        await self.read()
        self.members[room] = list(members)
        await self.put(room, members[0], BOT, "invite")
        await self._until(lambda: room not in self.invited())
        await self.read()

    async def put(self, room: str, sender: str, user: str, membership: str) -> None:
        """Invite a user to a room, let one join, or leave."""
        if membership == "join":
            self.members[room].append(user)
        content = {"membership": membership}
        await self.add(room, sender, "m.room.member", state_key=user, content=content)

    def invited(self) -> set[str]:
        """The rooms to which the assistant has an open invitation."""
        last: dict[str, str] = {}
        for room, event in self.stream:
            if event.get("state_key") == BOT:
                last[room] = event["content"]["membership"]
        return {room for room, membership in last.items() if membership == "invite"}

    async def news_after(self, start: int, *, wait: bool) -> Event:
        """What the assistant is told that has read so far."""
        async with self.changed:
            self._read = start
            self.changed.notify_all()
            if wait:
                await self.changed.wait_for(lambda: self._stopped or len(self.stream) > start)
            return self._news(start)

    async def let_go(self) -> None:
        """Keep nobody waiting for news any longer."""
        async with self.changed:
            self._stopped = True
            self.changed.notify_all()

    async def _until(self, is_so: Callable[[], bool]) -> None:
        async with self.changed:
            await asyncio.wait_for(self.changed.wait_for(is_so), PATIENCE)

    def _news(self, start: int) -> Event:
        timelines: dict[str, list[Event]] = {}
        for room, event in self.stream[start:]:
            timelines.setdefault(room, []).append(event)
        invited = self.invited()
        joined = {
            room: {"timeline": {"events": events, "limited": False, "prev_batch": "s0"}}
            for room, events in timelines.items()
            if BOT in self.members[room]
        }
        invitations = {
            room: {"invite_state": {"events": events}}
            for room, events in timelines.items()
            if room in invited
        }
        return {
            "next_batch": f"s{len(self.stream)}",
            "rooms": {"join": joined, "invite": invitations, "leave": {}},
        }
