"""What a person has told in a conversation before the message that is being read."""

from __future__ import annotations

from collections.abc import Callable

from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.events import Reset, Said
from bot.dialogue.reading import Reading
from bot.safety.story import Told
from bot.store.plain_events import plain_events


def told_before(tracker: DialogueStateTracker, tells: Callable[[Reading], bool]) -> list[Told]:
    """The messages since the conversation's last beginning.

    Args:
        tracker: the conversation.
        tells: whether a message that was read so may tell something.
    """
    told: list[Told] = []
    for event in plain_events(tracker.events):
        if isinstance(event, Reset):
            told = []
        elif isinstance(event, Said):
            told.append(Told(event.text, event.verdict.category, tells(event.reading)))
    return told
