"""The homeserver, through matrix-nio: what is asked of it, and what it refuses."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp
from nio import AsyncClient, AsyncClientConfig
from nio.responses import ErrorResponse, Response, SyncResponse

from bot.channels.matrix.events import Event
from bot.channels.messaging.sending import SendingError

# It logs the events that it does not understand, with all that they hold.
logging.getLogger("nio").setLevel(logging.CRITICAL + 1)

PATIENCE = 20.0
"""Seconds for an answer of the homeserver."""
LONGEST_SILENCE = 30.0
"""Seconds that the homeserver keeps a request for news open while there are none."""

MOST_EVENTS = 100
"""Events of a room that are read at once; of more, what came first is left unread."""
_NOTHING: dict[str, Any] = {"types": []}
_NEWS = {
    "presence": _NOTHING,
    "account_data": _NOTHING,
    "room": {
        "account_data": _NOTHING,
        "ephemeral": _NOTHING,
        "state": {"lazy_load_members": True},
        "timeline": {"limit": MOST_EVENTS},
    },
}
_NOW = {**_NEWS, "room": {**_NEWS["room"], "timeline": {"limit": 0}}}


class HomeserverError(SendingError):
    """The homeserver refused, or cannot be reached."""

    def __init__(
        self, reason: str, code: str = "", *, again: bool = True, after: float | None = None
    ) -> None:
        """Keep the homeserver's code as well; its words might quote somebody."""
        super().__init__(reason, again=again, after=after)
        self.code = code


@dataclass(frozen=True)
class News:
    """What happened since a mark."""

    mark: str
    rooms: Mapping[str, Sequence[Event]]
    """The events of each room, in their order."""
    regrouped: frozenset[str]
    """The rooms that somebody joined or left."""
    invitations: Mapping[str, str | None]
    """Who invited the assistant to which room."""


class Homeserver:
    """What the assistant's account can do there."""

    def __init__(self, address: str, user: str, token: str) -> None:
        """Speak for this user with this access token."""
        once = AsyncClientConfig(
            encryption_enabled=False,
            max_limit_exceeded=0,
            max_timeouts=0,
            request_timeout=PATIENCE,
        )
        self._client = AsyncClient(address, user, config=once)
        self._client.user_id = user
        self._client.access_token = token
        self.user = user

    async def check(self) -> None:
        """Check that the access token is that of the user: else it would answer itself.

        Raises:
            HomeserverError: it is not, or the homeserver cannot tell.
        """
        found = await _checked(self._client.whoami())
        if found.user_id != self.user:
            raise HomeserverError("COMPANION_MATRIX_TOKEN is not that of COMPANION_MATRIX_USER")

    async def name(self) -> str:
        """The name that others see."""
        found = await _checked(self._client.get_displayname())
        return str(found.displayname or "")

    async def news(self, mark: str | None) -> News:
        """Wait for what happened since a mark; without one, only the mark of now."""
        # Milliseconds; the library waits for 15 seconds more, but with none for ever.
        silence = int(LONGEST_SILENCE * 1000) if mark else 1
        found = await _checked(self._client.sync(silence, _NEWS if mark else _NOW, since=mark))
        return _news(found, self.user)

    async def send(self, room: str, content: Mapping[str, Any], key: str) -> None:
        """Send a message; with the same key again, it is there once."""
        await _checked(self._client.room_send(room, "m.room.message", dict(content), key))

    async def join(self, room: str) -> None:
        """Accept an invitation."""
        await _checked(self._client.join(room))

    async def refuse(self, room: str) -> None:
        """Refuse an invitation, and forget that there was one."""
        await _checked(self._client.room_leave(room))
        await _checked(self._client.room_forget(room))

    async def members(self, room: str) -> int:
        """How many have joined a room."""
        return len((await _checked(self._client.joined_members(room))).members)

    async def sender_of(self, room: str, event: str) -> str:
        """Who sent an event."""
        return str((await _checked(self._client.room_get_event(room, event))).event.sender)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.close()


async def _checked(asked: Awaitable[Response]) -> Any:
    """The answer to what was asked.

    Raises:
        HomeserverError: it was refused, or there was none.
    """
    try:
        answer = await asked
    except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
        reason = f"the homeserver cannot be reached ({type(error).__name__})"
        raise HomeserverError(reason) from error
    if not isinstance(answer, ErrorResponse):
        return answer
    status = answer.transport_response.status
    code = answer.status_code or str(status)
    busy = status == 429 or status >= 500 or code == "M_LIMIT_EXCEEDED"
    after = answer.retry_after_ms / 1000 if answer.retry_after_ms else None
    raise HomeserverError(f"the homeserver says {code}", code, again=busy, after=after)


def _news(found: SyncResponse, me: str) -> News:
    joined = found.rooms.join
    regrouped = frozenset(
        room
        for room, info in joined.items()
        if any(_is_membership(event.source) for event in (*info.state, *info.timeline.events))
    )
    return News(
        found.next_batch,
        {room: [event.source for event in info.timeline.events] for room, info in joined.items()},
        regrouped,
        {room: _inviter(info.invite_state, me) for room, info in found.rooms.invite.items()},
    )


def _is_membership(event: Event) -> bool:
    return event.get("type") == "m.room.member"


def _inviter(state: Sequence[Any], me: str) -> str | None:
    """Who invited; nothing where the invitation does not tell."""
    for event in state:
        if getattr(event, "state_key", None) == me and event.membership == "invite":
            return str(event.sender)
    return None
