"""One message of a person at a time, in order, and the next as soon as the first is answered."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LOCK_LIFETIME, LockError, LockStore
from rasa.shared.exceptions import RasaException
from rasa.utils.endpoints import EndpointConfig

_WORKERS = "SANIC_WORKERS"


@dataclass
class _Queue:
    """The people (or browser tabs) that wait for one conversation, and who is being served."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0


class PromptLockStore(LockStore):
    """A queue for each conversation, in the memory of this process.

    Rasa's own store looks once a second whether it is a message's turn; here the message that was
    answered wakes the next one.
    """

    def __init__(self, endpoint_config: EndpointConfig | None = None) -> None:
        """Start with nobody waiting; there are no settings.

        Raises:
            RasaException: if several processes are to share conversations: they cannot.
        """
        if os.environ.get(_WORKERS, "1") != "1":
            raise RasaException(
                f"{_WORKERS} must be 1: this lock store keeps order within one process. Run "
                f"several assistants behind a proxy that sticks to the conversation instead."
            )
        self._queues: dict[str, _Queue] = {}

    @asynccontextmanager
    async def lock(
        self,
        conversation_id: str,
        lock_lifetime: float = LOCK_LIFETIME,
        wait_time_in_seconds: float = 1,
    ) -> AsyncIterator[TicketLock]:
        """Wait for one's turn, for at most `lock_lifetime` seconds.

        Raises:
            LockError: if the turn does not come; the guard of the channels answers then.
        """
        queue = self._queues.setdefault(conversation_id, _Queue())
        queue.waiting += 1
        try:
            await _acquire(queue.lock, lock_lifetime)
            try:
                yield TicketLock(conversation_id)
            finally:
                queue.lock.release()
        finally:
            queue.waiting -= 1
            if not queue.waiting:
                del self._queues[conversation_id]

    def delete_lock(self, conversation_id: str) -> None:
        """Nothing is left to delete: a queue ends with its last message."""


async def _acquire(lock: asyncio.Lock, seconds: float) -> None:
    try:
        await asyncio.wait_for(lock.acquire(), seconds)
    except asyncio.TimeoutError:
        raise LockError("An earlier message of this conversation is still being handled.") from None
