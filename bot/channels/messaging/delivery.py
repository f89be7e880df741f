"""What a platform delivers, and that the same delivery is handled once."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

MOST_REMEMBERED = 20_000
"""Deliveries of which it is known that they came; the oldest is forgotten first."""

REMEMBERED_SECONDS = 24 * 3600.0
"""No platform delivers again after a day."""


@dataclass(frozen=True)
class Delivery:
    """One message of one person, as it came."""

    id: str
    """The platform's own id of the message: what comes twice has the same."""
    address: str
    """Where the answer goes, in the platform's terms; it is never stored."""
    person: str
    """Who wrote, in the platform's terms: one conversation for each person at each address."""
    text: str = ""
    """What was written; empty where it was something else."""
    unread: bool = False
    """Whether something came that is not text: a voice message, an image, a reaction."""
    place: str = ""
    """Where the conversation is, if that is wider than the address: a chat that has threads."""


class Seen:
    """The ids that came lately."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Start with none; `clock` gives seconds."""
        self._clock = clock
        self._ids: OrderedDict[str, float] = OrderedDict()

    def first_time(self, delivery_id: str) -> bool:
        """Whether this id is new; from now on it is not."""
        now = self._clock()
        while self._ids:
            oldest = next(iter(self._ids.values()))
            if now - oldest <= REMEMBERED_SECONDS and len(self._ids) < MOST_REMEMBERED:
                break
            self._ids.popitem(last=False)
        if delivery_id in self._ids:
            return False
        self._ids[delivery_id] = now
        return True
