"""Leave out the earlier part of a long conversation, and keep what it has come to.

The cost of a turn grows with the events that are looked at. What a plan can depend on is the last
few turns, and of all before them a summary of bounded size: `Remembered`. Planning from the
summary and the rest gives the same steps as planning from all events. (The story that the guard
reads, `bot.safety.story`, reaches no further back than the turns that stay.)
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogue.check_plan import heard_urgent_sign
from bot.dialogue.conversation import Conversation
from bot.dialogue.events import Event, Remembered, Reset, Said
from bot.safety.combine import EMPTY, ConversationContext, observe

MOST_TURNS = 20
"""From this many turns on, the earlier ones are left out ..."""

KEPT_TURNS = 8
"""... and so many stay. The planner looks at three (`answers.TURNS_RECALLED`) and at this one."""


def remember(events: Sequence[Event]) -> Remembered:
    """What these events have come to; they may begin with what was remembered before."""
    conversation = Conversation.of(events)
    answered = conversation.answered
    for topic in conversation.turn.answers if conversation.turn else ():
        answered = [*(earlier for earlier in answered if earlier != topic), topic]
    return Remembered(
        owed=conversation.owed,
        check_open=conversation.check_open,
        requested=conversation.requested,
        urgent=heard_urgent_sign(conversation),
        last_action=conversation.last_action,
        answered=tuple(answered),
        findings=_context(events).findings,
        slots={name: value for name, value in conversation.slots.items() if value is not None},
    )


def _context(events: Sequence[Event]) -> ConversationContext:
    context = EMPTY
    for event in events:
        if isinstance(event, Reset):
            context = EMPTY
        elif isinstance(event, Remembered):
            context = ConversationContext(event.findings)
        elif isinstance(event, Said):
            context = observe(context, event.verdict)
    return context


def cut_at(is_said: Sequence[bool]) -> int:
    """Where to cut a conversation: before the first event of the oldest turn that is kept.

    Args:
        is_said: for each event, whether it is a message of the person.

    Returns:
        How many events can be left out; 0 while the conversation is short.
    """
    said_at = [index for index, said in enumerate(is_said) if said]
    return said_at[-KEPT_TURNS] if len(said_at) >= MOST_TURNS else 0
