"""A number that is typed in answer to numbered choices stands for the words of the choice."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Sequence

MOST_CONVERSATIONS = 10_000
"""Conversations whose last choices are remembered; the oldest goes first."""

_NUMBER = re.compile(r"\s*[(#]?(\d{1,2})[.)]?\s*")


class LastChoices:
    """The choices that each conversation was offered last."""

    def __init__(self) -> None:
        """Start with none."""
        self._offered: OrderedDict[str, tuple[str, ...]] = OrderedDict()

    def offer(self, conversation: str, titles: Sequence[str]) -> None:
        """Remember what a message offers; a message without choices leaves the last ones."""
        if titles:
            self._offered[conversation] = tuple(titles)
            self._offered.move_to_end(conversation)
            while len(self._offered) > MOST_CONVERSATIONS:
                self._offered.popitem(last=False)

    def take(self, conversation: str, text: str) -> str:
        """The words that a typed number stands for, else the text; the choices are then used up.

        A number later on means what it says: "3" may answer how many weeks.
        """
        titles = self._offered.pop(conversation, ())
        found = _NUMBER.fullmatch(text)
        chosen = int(found[1]) if found else 0
        return titles[chosen - 1] if 0 < chosen <= len(titles) else text
