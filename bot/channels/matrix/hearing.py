"""Which of a room's events are meant for the assistant, from somebody who may talk to it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from bot.channels.matrix.access import Access
from bot.channels.matrix.events import Event, Message, Place, called, read, since_invited
from bot.channels.matrix.homeserver import Homeserver, HomeserverError, News
from bot.channels.messaging.delivery import UNREADABLE, Delivery
from bot.channels.pace import Limit, Pace

logger = logging.getLogger(__name__)

Decline = Callable[[str, bool], None]
"""Told of an encrypted message: in which room, and whether it is a group's."""

_PAIR = 2
"""The assistant and one person."""


class Hearing:
    """Turns events into what the assistant is asked."""

    def __init__(self, homeserver: Homeserver, access: Access, decline: Decline) -> None:
        """Hear whom `access` admits."""
        self.names: Sequence[str] = (homeserver.user,)
        """What the assistant is called in a group."""
        self._homeserver = homeserver
        self._access = access
        self._decline = decline
        self._members: dict[str, int] = {}
        self._refusals = Pace(Limit(1, 60.0))

    async def deliveries(self, news: News) -> list[Delivery]:
        """What was said to the assistant, in its order."""
        for room in news.regrouped:
            self._members.pop(room, None)
        found = [
            await self._delivery(room, event)
            for room, events in news.rooms.items()
            for event in since_invited(events, self._homeserver.user)
        ]
        return [delivery for delivery in found if delivery]

    def refuse(self, what: str) -> None:
        """Say that something was refused, and not whose; once a minute, strangers can be busy."""
        if self._refusals.allows(what):
            logger.warning("matrix: %s of somebody who is not allowed was refused.", what)

    async def _delivery(self, room: str, event: Event) -> Delivery | None:
        try:
            message = read(event)
        except UNREADABLE as error:
            logger.warning("matrix: not understood (%s).", type(error).__name__)
            return None
        if message is None or message.sender == self._homeserver.user:
            return None
        if not self._access.admits(message.sender):
            self.refuse("a message")
            return None
        group = await self._is_group(room)
        if message.encrypted:
            self._decline(room, group)
            return None
        text = await self._said_to_us(room, message) if group else message.text
        if text is None:
            return None
        address = Place(room, message.thread).address
        return Delivery(message.id, address, message.sender, text, message.unread)

    async def _is_group(self, room: str) -> bool:
        """Whether more than one person is there.

        While the homeserver cannot tell, a message is answered: better once too often in a group
        than not at all to somebody alone.
        """
        if room not in self._members:
            try:
                self._members[room] = await self._homeserver.members(room)
            except HomeserverError:
                return False
        return self._members[room] > _PAIR

    async def _said_to_us(self, room: str, message: Message) -> str | None:
        """The words that are meant for the assistant; nothing where they are meant for others."""
        rest = called(message.text, self.names)
        if rest is not None:
            return rest
        if self._homeserver.user in message.mentions or await self._replies_to_us(room, message):
            return message.text
        return None

    async def _replies_to_us(self, room: str, message: Message) -> bool:
        if message.answers is None:
            return False
        try:
            return await self._homeserver.sender_of(room, message.answers) == self._homeserver.user
        except HomeserverError:
            return False
