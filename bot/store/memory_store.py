"""Conversations in the memory of the assistant's process; they end with it."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
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
"""Of more than so many the one that was idle for longest is dropped; of debts likewise."""


@dataclass(frozen=True)
class _Kept:
    events: list[Event]
    saved: float


class BoundedMemoryTrackerStore(TrackerStore):
    """Keeps events as they are: nothing is written as JSON and read again at each message."""

    def __init__(
        self,
        domain: Domain | None,
        event_broker: EventBroker | None = None,
        over_after: float = OVER_AFTER,
        most_conversations: int = MOST_CONVERSATIONS,
        clock: Callable[[], float] = time.monotonic,
        **_: Any,
    ) -> None:
        """Take the settings of `tracker_store` in endpoints.yml; the clock counts seconds."""
        super().__init__(domain, event_broker)
        self._over_after = float(over_after)
        self._most = int(most_conversations)
        self._clock = clock
        # The idlest first. What is over lies apart, where it hides none that still goes on.
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._owed: OrderedDict[str, list[Event]] = OrderedDict()

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep a conversation, shortened; let go of others that are over."""
        await self.stream_events(tracker)
        sender_id = tracker.sender_id
        self.delete(sender_id)
        self._kept[sender_id] = _Kept(shortened(list(tracker.events)), self._clock())
        self._let_go()

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation, or nothing if there is none or it is over and owes nothing."""
        self._let_go()
        kept = self._kept.get(sender_id)
        events = kept.events if kept else self._owed.get(sender_id)
        if events is None:
            return None
        return DialogueStateTracker.from_events(sender_id, events, self.domain.slots)

    def delete(self, sender_id: str) -> None:
        """Forget a conversation, and what it owes with it."""
        self._kept.pop(sender_id, None)
        self._owed.pop(sender_id, None)

    async def keys(self) -> Iterable[str]:
        """The ids of all conversations."""
        return [*self._owed, *self._kept]

    def _let_go(self) -> None:
        """Leave of what is over the debts alone, and of too many the last ones."""
        latest = self._clock() - self._over_after
        while self._kept and next(iter(self._kept.values())).saved < latest:
            sender_id, kept = self._kept.popitem(last=False)
            debt = only_the_debt(kept.events)
            if debt:
                self._owed[sender_id] = debt
        for conversations in (self._kept, self._owed):
            while len(conversations) > self._most:
                conversations.popitem(last=False)
