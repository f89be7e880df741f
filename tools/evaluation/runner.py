"""Sends every message of a set through the trained assistant, as a channel would."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog
from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.utils import AvailableEndpoints
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.names import FOCUS_SLOTS
from tools.evaluation.sets import Dialogue

MODEL = Path("models/companion.tar.gz")


@dataclass(frozen=True)
class Answered:
    """One answer that was given: its topic, and the clinical values of its wording."""

    topic: str
    focus: dict[str, str]


@dataclass(frozen=True)
class Reply:
    """What a message led to: how it was read, and what was done, in order."""

    label: str
    labels: tuple[str, ...]
    confidence: float
    actions: tuple[str, ...]
    answers: tuple[Answered, ...]
    safety: str


def load_agent(model: Path = MODEL) -> Agent:
    """The trained assistant with its own response generator, quiet."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    endpoints = AvailableEndpoints.read_endpoints("endpoints.yml")
    # The action server is not needed to see how a message is answered.
    return Agent.load(str(model), generator=endpoints.nlg, action_endpoint=None)


async def run_dialogue(agent: Agent, dialogue: Dialogue, sender: str) -> list[Reply]:
    """The reply to each turn of a dialogue, in a conversation of its own."""
    replies = []
    for turn in dialogue.turns:
        channel = CollectingOutputChannel()
        await agent.handle_message(UserMessage(turn.text, channel, sender))
        tracker = await agent.tracker_store.retrieve(sender)
        replies.append(_reply(tracker))
    return replies


def _reply(tracker: DialogueStateTracker) -> Reply:
    events = list(tracker.events)
    said_at = [i for i, event in enumerate(events) if isinstance(event, UserUttered)]
    if not said_at:  # a restart leaves nothing of the conversation behind
        return Reply("restart", ("restart",), 1.0, ("action_restart",), (), "none")
    start = said_at[-1]
    said: UserUttered = events[start]
    data: dict[str, Any] = dict(said.parse_data)
    actions, answers = [], []
    focus: dict[str, str] = {}
    for event in events[start:]:
        if isinstance(event, SlotSet) and event.key in FOCUS_SLOTS:
            focus = {**focus, event.key: event.value}
        elif isinstance(event, ActionExecuted) and event.action_name:
            actions.append(event.action_name)
            if "/" in event.action_name:
                kept = {name: value for name, value in focus.items() if value}
                answers.append(Answered(event.action_name.removeprefix("utter_"), kept))
    acts = data.get("reading", {}).get("acts", [])
    label = acts[0]["label"] if acts else "nlu_fallback"
    return Reply(
        label=label,
        labels=tuple(act["label"] for act in acts),
        confidence=float(acts[0]["confidence"]) if acts else 0.0,
        actions=tuple(actions),
        answers=tuple(answers),
        safety=str(data.get("safety", {}).get("category", "none")),
    )
