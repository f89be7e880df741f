"""What a platform delivers, and that the same delivery is handled once."""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

logger = logging.getLogger(__name__)

Told = TypeVar("Told")
Found = TypeVar("Found")

UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, OverflowError)
"""What reading raises that has not the documented form."""

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

    def __post_init__(self) -> None:
        """Take nothing but texts: a platform's JSON may hold anything in their places.

        Raises:
            TypeError: one of them is no text.
        """
        texts: tuple[object, ...] = (self.id, self.address, self.person, self.text, self.place)
        if not all(isinstance(text, str) for text in texts):
            raise TypeError("A delivery holds texts alone.")


def understood(
    channel: str, events: Iterable[Told], read: Callable[[Told], Iterable[Found]]
) -> Iterator[Found]:
    """What each of several events says that came together.

    One that has not the documented form is logged and left out. It would not come again any
    better, and the people who wrote the others wait for an answer.
    """
    for event in events:
        try:
            found = list(read(event))
        except UNREADABLE as error:
            # Its words might quote the person; the kind of error does not.
            logger.warning("%s: an event was not understood (%s).", channel, type(error).__name__)
        else:
            yield from found


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
