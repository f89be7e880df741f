"""The events of the last few conversations, kept between two messages.

Reading a conversation from a database reads every event of it as JSON. While nobody else has
written to it, its events are those that were saved after the message before.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from rasa.shared.core.events import Event

MOST = 32
"""So many are kept: more people than write within the same second."""


@dataclass(frozen=True)
class Recent:
    """The events of a conversation, and the id of the last one in the database."""

    events: Sequence[Event]
    last_id: int | None


class RecentConversations:
    """A bounded store of them; of too many the one that was saved first goes."""

    def __init__(self, most: int = MOST) -> None:
        """Keep at most so many."""
        self._most = most
        self._kept: OrderedDict[str, Recent] = OrderedDict()

    def put(self, sender_id: str, recent: Recent) -> None:
        """Keep a conversation as it was saved."""
        self._kept[sender_id] = recent
        self._kept.move_to_end(sender_id)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def drop(self, sender_id: str) -> None:
        """Keep a conversation no longer."""
        self._kept.pop(sender_id, None)

    def events(self, sender_id: str, last_id: int | None) -> Sequence[Event]:
        """The events of a conversation; none where it is not kept or went on since."""
        recent = self._kept.get(sender_id)
        return recent.events if recent and recent.last_id == last_id else ()
