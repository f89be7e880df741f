"""Socket.io beside the HTTP routes: the same desk, and replies as they come.

It speaks the events of Rasa's socket.io channel (`session_request`, `user_uttered`,
`bot_uttered`), which itself cannot be used: with a current python-socketio it delivers nothing,
it lets a client choose the conversation, and it listens to every origin. Both requests are
answered through socket.io's acknowledgement, so that a page knows what arrived.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from socketio import AsyncServer

from bot.channels.desk import Desk, NotOurs
from bot.channels.origins import AllowedOrigins

logger = logging.getLogger(__name__)

PATH = "/socket.io"
REFUSED = {"refused": True}
"""The answer to a token that is not ours: the page asks for a new one."""

_LARGEST = 200_000
"""Bytes of one packet: the longest message that is read, in the widest letters, and some room."""


def socket_server(desk: Desk, origins: AllowedOrigins) -> AsyncServer:
    """A socket.io server in front of the desk; it is attached when the channel is mounted."""

    def allowed(origin: str, environ: dict[str, Any]) -> bool:
        host = environ.get("HTTP_X_FORWARDED_HOST") or environ.get("HTTP_HOST")
        return origins.allows(origin, host)

    server = AsyncServer(
        async_mode="sanic",
        cors_allowed_origins=allowed,
        cors_credentials=False,
        max_http_buffer_size=_LARGEST,
        ping_interval=15,
        ping_timeout=15,
    )

    async def tell(conversation: str, packet: dict[str, Any]) -> None:
        try:
            await server.emit("bot_uttered", packet, room=conversation)
        except Exception as error:  # the page asks for what it missed
            logger.warning("A packet was not sent (%s).", type(error).__name__)

    desk.tell = tell
    server.on("session_request", _answering(server, desk, _open))
    server.on("user_uttered", _answering(server, desk, _say))
    return server


_Answer = Callable[[AsyncServer, Desk, str, dict[str, Any]], Awaitable[dict[str, Any]]]


def _answering(server: AsyncServer, desk: Desk, answer: _Answer) -> Callable[..., Any]:
    """A handler whose result is the acknowledgement that the page waits for."""

    async def handle(sid: str, data: object = None, *_: object) -> dict[str, Any]:
        try:
            return await answer(server, desk, sid, data if isinstance(data, dict) else {})
        except NotOurs:
            return REFUSED

    return handle


async def _open(server: AsyncServer, desk: Desk, sid: str, asked: dict[str, Any]) -> dict[str, Any]:
    conversation, opened = desk.open(asked)
    for room in server.rooms(sid):
        if room != sid:
            await server.leave_room(sid, room)
    await server.enter_room(sid, conversation)
    return opened


async def _say(_: AsyncServer, desk: Desk, __: str, asked: dict[str, Any]) -> dict[str, Any]:
    return await desk.say(asked)
