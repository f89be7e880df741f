"""Holds conversations of the search against Rasa itself, with the trained policy.

The search runs the planner on plain events. Here the same messages, already understood, go
through Rasa's own processor, policy, form and generator: if it takes one other step, the search
has proved something about another assistant.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.shared.core.events import ActionExecuted, UserUttered

from bot.dialogue.events import Said
from bot.dialogue.names import READING, SAFETY
from tools.prove.simulation import Dialogue, Setting
from tools.prove.stimulus import Fault, Stimulus

_LATER = 2 * 60 * 60
"""Seconds after which a session has expired."""
_RASAS_OWN = frozenset({"action_listen", "action_session_start", "action_extract_slots"})


@dataclass(frozen=True)
class Difference:
    """A conversation after which Rasa does not do what the search says."""

    stimuli: tuple[Stimulus, ...]
    searched: tuple[str, ...]
    rasa: tuple[str, ...]


async def replay(agent: Agent, setting: Setting, stimuli: Sequence[Stimulus]) -> Difference | None:
    """Hold one conversation both ways; the first turn that differs, if one does.

    The agent must have no action server, so that the note can never be written.
    """
    dialogue = Dialogue(setting)
    sender = secrets.token_hex(8)
    for number, stimulus in enumerate(stimuli, 1):
        if stimulus.said is None:
            await _let_expire(agent, sender)
            dialogue, _ = dialogue.after(stimulus)
            continue
        # Rasa's policy judges the words anew after what was said before; a verdict that a
        # stimulus is only raised to stands with the message here, so that both begin with it.
        as_is = replace(stimulus, said=stimulus.judged, raised=None, fault=Fault.NO_NOTE)
        dialogue, turn = dialogue.after(as_is)
        taken = await _say(agent, sender, as_is.judged)
        if taken != tuple(turn.actions):
            return Difference(tuple(stimuli[:number]), tuple(turn.actions), taken)
    return None


async def _say(agent: Agent, sender: str, said: Said) -> tuple[str, ...]:
    parsed: dict[str, Any] = {
        "text": said.text,
        "intent": {"name": said.intent, "confidence": 1.0},
        "entities": [],
        READING: said.reading.to_dict(),
        SAFETY: said.verdict.to_dict(),
    }
    output = CollectingOutputChannel()
    await agent.handle_message(UserMessage(said.text, output, sender, parse_data=parsed))
    tracker = await agent.tracker_store.retrieve_full_tracker(sender)
    events = list(tracker.events)
    said_at = max(i for i, event in enumerate(events) if isinstance(event, UserUttered))
    done = (event for event in events[said_at:] if isinstance(event, ActionExecuted))
    return tuple(str(e.action_name) for e in done if e.action_name not in _RASAS_OWN)


async def _let_expire(agent: Agent, sender: str) -> None:
    tracker = await agent.tracker_store.retrieve_full_tracker(sender)
    if tracker is None:
        return
    for event in tracker.events:
        event.timestamp -= _LATER
    await agent.tracker_store.save(tracker)
