"""A channel is served on this machine, and its counterpart told where."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from rasa.core.channels.channel import InputChannel

from bot.channels.messaging.reception import Reception
from tests.channels.counterpart import Counterpart
from tests.components.loopback import Handler, served


@asynccontextmanager
async def mounted(
    counterpart: Counterpart, channel: InputChannel, handler: Handler, agent: object = None
) -> AsyncIterator[None]:
    """For as long as this lasts, what people write at the counterpart reaches the handler."""
    receptions = _receptions_of(channel)
    async with served(channel, handler, agent) as client:
        counterpart.mounted(client, receptions[0] if receptions else None)
        yield


def _receptions_of(channel: Any) -> list[Reception]:
    """The receptions that a channel is going to make: none unless it is built on the base."""
    made: list[Reception] = []
    if make := getattr(channel, "reception", None):

        def remembered(handle: Handler) -> Reception:
            made.append(make(handle))
            return made[-1]

        channel.reception = remembered
    return made
