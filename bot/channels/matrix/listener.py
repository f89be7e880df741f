"""Keeps in touch with the homeserver: accepts invitations and hands on what was said.

Nothing that goes wrong here ends it, and nothing here is waited for by the rest of the server.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial

from bot.channels.matrix.access import Access
from bot.channels.matrix.hearing import Hearing
from bot.channels.matrix.homeserver import Homeserver, HomeserverError
from bot.channels.matrix.position import Position, TakenError
from bot.channels.messaging import sending
from bot.channels.messaging.reception import Reception
from bot.channels.messaging.shaping import Piece
from bot.channels.pace import Limit, Pace

logger = logging.getLogger(__name__)

PAUSES = (1.0, 2.0, 5.0, 15.0, 30.0, 60.0)
"""Seconds before each further try to reach the homeserver; the last one stays."""

MARK_REFUSED = frozenset({"M_UNKNOWN", "M_INVALID_PARAM"})
"""What homeservers say to a mark that they do not know."""


class Listener:
    """Reads all that the homeserver delivers, from where it stopped."""

    def __init__(
        self,
        homeserver: Homeserver,
        access: Access,
        reception: Reception,
        position: Position,
        cannot_decrypt: str,
    ) -> None:
        """Say `cannot_decrypt` where messages are encrypted."""
        self._homeserver = homeserver
        self._access = access
        self._reception = reception
        self._position = position
        self._cannot_decrypt = cannot_decrypt
        self._hearing = Hearing(homeserver, access, self._decline)
        self._declined = {True: Pace(Limit(1, 24 * 3600.0)), False: Pace(Limit(3, 60.0))}
        self._mark: str | None = None
        self._started = False
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Listen until cancelled."""
        failed, trouble = 0, ""
        while True:
            try:
                await self._listen()
                if failed:
                    logger.info("matrix: the homeserver answers again.")
                failed, trouble = 0, ""
                continue
            except (HomeserverError, TakenError) as error:
                reason = str(error)
            except Exception as error:
                # Its words might quote somebody; the kind of error does not.
                reason = type(error).__name__
            if reason != trouble:
                logger.warning("matrix: %s; it is tried again.", reason)
            await asyncio.sleep(PAUSES[min(failed, len(PAUSES) - 1)])
            failed, trouble = failed + 1, reason

    async def finish(self) -> None:
        """End what was begun, once nothing new is taken in."""
        for task in self._tasks:
            task.cancel()
        await self._reception.finish()
        await self._position.close()
        await self._homeserver.close()

    async def _listen(self) -> None:
        if not self._started:
            await self._homeserver.check()
            self._mark = self._position.open()
            own = self._homeserver.user
            self._hearing.names = (own, own[1:].partition(":")[0], *await self._shown_name())
            self._started = True
            logger.info("matrix: connected.")
        try:
            news = await self._homeserver.news(self._mark)
        except HomeserverError as error:
            if self._mark and error.code in MARK_REFUSED and not error.again:
                self._mark = None
            raise
        self._mark = news.mark
        self._invited(news.invitations)
        turns = self._reception.take(await self._hearing.deliveries(news))
        self._position.reached(news.mark, turns)

    async def _shown_name(self) -> list[str]:
        try:
            return [name] if (name := await self._homeserver.name()) else []
        except HomeserverError as error:
            if error.again:
                raise
            return []

    def _invited(self, invitations: Mapping[str, str | None]) -> None:
        for room, inviter in invitations.items():
            if inviter is not None and self._access.admits(inviter):
                self._begin(partial(self._homeserver.join, room), PAUSES)
            else:
                self._hearing.refuse("an invitation")
                self._begin(partial(self._homeserver.refuse, room), PAUSES)

    def _decline(self, room: str, group: bool) -> None:
        """Say that encrypted messages cannot be read: each time to a person, rarely to a group."""
        if self._declined[group].allows(room):
            piece = Piece(self._cannot_decrypt)
            self._begin(partial(self._reception.send, room, piece), sending.PAUSES)

    def _begin(self, call: Callable[[], Awaitable[None]], pauses: Sequence[float]) -> None:
        """Do something beside listening: a slow homeserver must not keep others waiting."""
        task = asyncio.create_task(_try(call, pauses))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _try(call: Callable[[], Awaitable[None]], pauses: Sequence[float]) -> None:
    try:
        await sending.patiently(call, pauses)
    except sending.SendingError as error:
        logger.error("matrix: given up (%s).", error)
