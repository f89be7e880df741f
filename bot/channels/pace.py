"""How many messages a person may send in how short a time; nobody types fifty in a second."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

MOST_PEOPLE = 10_000
"""Conversations whose pace is remembered; the one that was silent longest goes first."""


class PaceError(ValueError):
    """The limit in credentials.yml makes no sense; the message says what to write."""


@dataclass(frozen=True)
class Limit:
    """At most so many messages of one conversation in so many seconds."""

    messages: int = 20
    seconds: float = 10.0

    @classmethod
    def of(cls, credentials: Mapping[str, Any] | None) -> Limit:
        """The limit that a channel's entry in credentials.yml sets, else the default.

        Raises:
            PaceError: a value is no positive number.
        """
        given = (credentials or {}).get("at_most") or {}
        try:
            limit = cls(int(given.get("messages", 20)), float(given.get("seconds", 10)))
        except (AttributeError, TypeError, ValueError) as error:
            raise PaceError(f"credentials.yml: 'at_most' needs two numbers ({error}).") from error
        if limit.messages < 1 or limit.seconds <= 0:
            raise PaceError("credentials.yml: 'messages' and 'seconds' must be above zero.")
        return limit


class Pace:
    """Counts the messages of each conversation over a sliding window."""

    def __init__(self, limit: Limit, clock: Callable[[], float] = time.monotonic) -> None:
        """Start with nobody known; `clock` gives seconds."""
        self._limit = limit
        self._clock = clock
        self._times: OrderedDict[str, deque[float]] = OrderedDict()

    def allows(self, conversation: str) -> bool:
        """Whether one more message may be handled now; if so, it is counted."""
        now = self._clock()
        times = self._times.setdefault(conversation, deque())
        self._times.move_to_end(conversation)
        while len(self._times) > MOST_PEOPLE:
            self._times.popitem(last=False)
        while times and now - times[0] >= self._limit.seconds:
            times.popleft()
        if len(times) >= self._limit.messages:
            return False
        times.append(now)
        return True
