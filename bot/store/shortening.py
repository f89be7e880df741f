"""Rasa's events of a long conversation, without the earlier ones."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from rasa.shared.core.events import (
    ConversationPaused,
    ConversationResumed,
    Event,
    Restarted,
    SessionStarted,
    UserUttered,
)

from bot.dialogue.events import Remembered
from bot.dialogue.remembering import cut_at, remember
from bot.store.plain_events import plain_events
from bot.store.remembered_event import ConversationRemembered

logger = logging.getLogger(__name__)


def earlier_part(events: Sequence[Event]) -> Sequence[Event]:
    """The events that can be left out; none while the conversation is short."""
    return events[: cut_at([isinstance(event, UserUttered) for event in events])]


def summary(events: Sequence[Event]) -> ConversationRemembered | None:
    """The one event that stands for all of these; nothing where one of them cannot be read.

    A conversation that cannot be summed up stays whole: it may become slow, but it forgets nothing.
    """
    try:
        memory = remember(list(plain_events(events)))
    except Exception as error:
        logger.error("A conversation could not be summed up (%s).", type(error).__name__)
        return None
    return ConversationRemembered(memory, _is_paused(events), events[-1].timestamp)


def shortened(events: Sequence[Event]) -> list[Event]:
    """The events, or in a long conversation a summary and the last ones."""
    left_out = earlier_part(events)
    stands_for_them = summary(left_out) if left_out else None
    if stands_for_them is None:
        return list(events)
    return [stands_for_them, *events[len(left_out) :]]


def only_the_debt(events: Sequence[Event]) -> list[Event]:
    """What is left when a conversation is over: an escalation that is owed, or nothing.

    A conversation that cannot be summed up may owe one, so it does; its words go all the same.
    """
    if not events:
        return []
    stands_for_all = summary(events)
    owes = stands_for_all is None or stands_for_all.memory.owed
    return [ConversationRemembered(Remembered(owed=True))] if owes else []


def _is_paused(events: Sequence[Event]) -> bool:
    paused = False
    for event in events:
        if isinstance(event, ConversationRemembered):
            paused = event.paused
        elif isinstance(event, ConversationPaused):
            paused = True
        elif isinstance(event, ConversationResumed | Restarted | SessionStarted):
            paused = False
    return paused
