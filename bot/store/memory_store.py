"""Conversations in the memory of the assistant's process; they end with it."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker

from bot.store.shortening import only_the_debt, shortened

OVER_AFTER = 2 * 3600.0
"""Seconds without a message after which a conversation is forgotten, but for what it owes.

Longer than the domain's session expiration time, after which it would begin anew anyway.
"""

MOST_CONVERSATIONS = 20_000
"""Of more than so many the one that was idle for longest is dropped."""

_LOOKED_AT = 10
"""At each message so many of the idlest conversations are looked at."""


@dataclass
class _Kept:
    events: list[Event]
    saved: float
    over: bool = False


class BoundedMemoryTrackerStore(TrackerStore):
    """Keeps events as they are: nothing is written as JSON and read again at each message."""

    def __init__(
        self,
        domain: Domain | None,
        event_broker: EventBroker | None = None,
        over_after: float = OVER_AFTER,
        most_conversations: int = MOST_CONVERSATIONS,
        **_: Any,
    ) -> None:
        """Take the settings of `tracker_store` in endpoints.yml."""
        super().__init__(domain, event_broker)
        self._over_after = float(over_after)
        self._most = int(most_conversations)
        self._kept: OrderedDict[str, _Kept] = OrderedDict()

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep a conversation, shortened; let go of others that are over."""
        await self.stream_events(tracker)
        now = time.monotonic()
        self._kept[tracker.sender_id] = _Kept(shortened(list(tracker.events)), now)
        self._kept.move_to_end(tracker.sender_id)
        self._let_go(now)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation, or nothing if there is none or it is over and owes nothing."""
        kept = self._kept.get(sender_id)
        if kept is None:
            return None
        return DialogueStateTracker.from_events(sender_id, kept.events, self.domain.slots)

    def delete(self, sender_id: str) -> None:
        """Forget a conversation, and what it owes with it."""
        self._kept.pop(sender_id, None)

    async def keys(self) -> Iterable[str]:
        """The ids of all conversations."""
        return list(self._kept)

    def _let_go(self, now: float) -> None:
        idlest = list(islice(self._kept.items(), _LOOKED_AT))
        for sender_id, kept in idlest:
            if not kept.over and now - kept.saved > self._over_after:
                kept.events, kept.over = only_the_debt(kept.events), True
            if kept.over and not kept.events:
                del self._kept[sender_id]
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
