"""What was said in a conversation, numbered, so that no reply is lost or doubled.

A page says which number it has seen last and gets what came after it; a message carries an id
of its own and is handled once, however often it is sent. That is all the delivery there is:
asking again is always safe.
"""

from __future__ import annotations

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

Entry = dict[str, Any]

MOST_ENTRIES = 600
"""Of a longer conversation, the server keeps the end at hand."""

MOST_TURNS = 200
"""So many message ids are remembered, to know one that is sent again."""


@dataclass
class Transcript:
    """One conversation's entries. `epoch` changes when the server has lost the earlier ones."""

    epoch: str = field(default_factory=lambda: secrets.token_hex(8))
    entries: list[Entry] = field(default_factory=list)
    turns: OrderedDict[str, asyncio.Task[None]] = field(default_factory=OrderedDict)
    order: asyncio.Lock = field(default_factory=asyncio.Lock)
    used: float = field(default_factory=monotonic)
    deleted: bool = False
    """Set when the person deleted it: what was still on its way is not handled any more."""
    _last: int = 0

    def add(self, entry: Entry) -> Entry:
        """Number an entry and keep it."""
        self._last += 1
        numbered = {"seq": self._last, **entry}
        self.entries.append(numbered)
        del self.entries[:-MOST_ENTRIES]
        return numbered

    def since(self, epoch: object, last: object) -> dict[str, Any]:
        """What a page has not seen: everything, where it knows another epoch."""
        seen = last if epoch == self.epoch and isinstance(last, int) else 0
        return self.packet([entry for entry in self.entries if entry["seq"] > seen])

    def packet(self, entries: list[Entry]) -> dict[str, Any]:
        """Entries as they go to a page, which drops what lies before `first`."""
        first = self.entries[0]["seq"] if self.entries else self._last + 1
        return {"epoch": self.epoch, "first": first, "entries": entries}

    def forget_before(self, seq: int) -> None:
        """Drop the entries before a number: the person started over."""
        self.entries[:] = [entry for entry in self.entries if entry["seq"] >= seq]

    def find(self, seq: object) -> Entry | None:
        """The entry of a number."""
        return next((entry for entry in self.entries if entry["seq"] == seq), None)

    def remember(self, message_id: str, turn: asyncio.Task[None]) -> None:
        """Know a message that is sent again; the oldest ids are forgotten."""
        self.turns[message_id] = turn
        while len(self.turns) > MOST_TURNS:
            self.turns.popitem(last=False)


class Shelf:
    """The transcripts of the conversations that go on, by conversation."""

    def __init__(
        self,
        most: int = 2_000,
        idle_seconds: float = 24 * 3600.0,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """Keep at most so many, each until nobody has used it for so long."""
        self._most = most
        self._idle = idle_seconds
        self._clock = clock
        self._transcripts: OrderedDict[str, Transcript] = OrderedDict()

    def of(self, conversation: str) -> Transcript:
        """The transcript of a conversation; an empty one where there is none."""
        transcript = self._transcripts.setdefault(conversation, Transcript())
        transcript.used = self._clock()
        self._transcripts.move_to_end(conversation)
        self._drop_unused()
        return transcript

    def remove(self, conversation: str) -> None:
        """Forget a conversation."""
        self._transcripts.pop(conversation, None)

    def __contains__(self, conversation: str) -> bool:
        """Whether anything is kept of a conversation."""
        return conversation in self._transcripts

    def _drop_unused(self) -> None:
        """The one used longest ago comes first."""
        while self._transcripts:
            oldest = next(iter(self._transcripts.values()))
            too_old = self._clock() - oldest.used > self._idle
            if len(self._transcripts) <= self._most and not too_old:
                return
            self._transcripts.popitem(last=False)
