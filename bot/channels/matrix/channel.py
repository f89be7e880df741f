"""Matrix: the assistant has an account of its own, and nobody needs to reach it from outside."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from sanic import Blueprint

from bot.channels.matrix.access import ALLOWED, Access, server_of
from bot.channels.matrix.events import Place, answer
from bot.channels.matrix.homeserver import Homeserver
from bot.channels.matrix.listener import Listener
from bot.channels.matrix.position import Position
from bot.channels.messaging.platform import MessagingInput
from bot.channels.messaging.reception import Reception
from bot.channels.messaging.settings import ChannelError
from bot.channels.messaging.shaping import Piece
from bot.channels.pace import Limit
from bot.dialogue.channel_replies import Replies

HOMESERVER = "COMPANION_MATRIX_HOMESERVER"
USER = "COMPANION_MATRIX_USER"
TOKEN = "COMPANION_MATRIX_TOKEN"


class MatrixInput(MessagingInput):
    """Listens as long as the server runs."""

    CHANNEL = "matrix"

    def __init__(self, values: Mapping[str, str], limit: Limit | None = None) -> None:
        """Use these values of the channel's variables, by name.

        Raises:
            ChannelError: one of them cannot be right.
        """
        super().__init__(values, limit)
        address = _address(values[HOMESERVER])
        self._user = values[USER]
        own_server = server_of(self._user)
        if own_server is None:
            raise ChannelError(f"{USER} must be a whole user id, such as @companion:example.org.")
        self._access = Access.of(values.get(ALLOWED), own_server)
        self._homeserver = Homeserver(address, self._user, values[TOKEN])

    async def send(self, address: str, piece: Piece) -> None:
        """Send one message to a room, or to a thread of it."""
        place = Place.of(address)
        await self._homeserver.send(place.room, answer(piece.text, place.thread), piece.key)

    def add_routes(self, routes: Blueprint, reception: Reception) -> None:
        """Listen beside the server, which waits neither for the homeserver nor for an answer."""
        listener = Listener(
            self._homeserver,
            self._access,
            reception,
            Position(self._user),
            Replies.load().encrypted,
        )
        listening: list[asyncio.Task[None]] = []

        async def start(*_: Any) -> None:
            listening.append(asyncio.create_task(listener.run()))

        async def stop(*_: Any) -> None:
            for task in listening:
                task.cancel()
            await asyncio.gather(*listening, return_exceptions=True)
            await listener.finish()

        routes.listener("after_server_start")(start)
        routes.listener("before_server_stop")(stop)


def _address(given: str) -> str:
    parts = urlsplit(given)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ChannelError(f"{HOMESERVER} must be an address, such as https://matrix.example.org.")
    return given.rstrip("/")
