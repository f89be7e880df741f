"""Sends every message of a set through the trained assistant, as a channel would."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import structlog
from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.utils import AvailableEndpoints
from rasa.engine.exceptions import GraphComponentException
from rasa.shared.core.events import ActionExecuted, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import RasaException

from bot.dialogue.names import FOCUS_SLOTS, READING, SAFETY
from bot.launch.project import MODEL
from tools.evaluation.replies import Answered, Reply
from tools.evaluation.sets import Dialogue

MODEL_VARIABLE = "COMPANION_MODEL"
_REMEDY = f"Run `make train`, or set {MODEL_VARIABLE}=<path>."


def chosen_model() -> Path:
    """The model that the environment names, else the one that `make train` writes."""
    return Path(os.environ.get(MODEL_VARIABLE) or MODEL)


class ModelError(RuntimeError):
    """The model is missing or was trained from other code; the message says what to do."""


def load_agent(model: Path) -> Agent:
    """The trained assistant with its own response generator, quiet.

    Raises:
        ModelError: if there is no such model, or it cannot be loaded.
    """
    if not model.is_file():
        raise ModelError(f"There is no model {model}. {_REMEDY}")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    endpoints = AvailableEndpoints.read_endpoints("endpoints.yml")
    try:
        # The action server is not needed to see how a message is answered.
        return Agent.load(str(model), generator=endpoints.nlg, action_endpoint=None)
    except (RasaException, GraphComponentException) as error:
        raise ModelError(f"{model} does not fit the code ({error}). {_REMEDY}") from error


async def run_dialogue(agent: Agent, dialogue: Dialogue, sender: str) -> list[Reply]:
    """The reply to each turn of a dialogue, in a conversation of its own."""
    return await run_messages(agent, [turn.text for turn in dialogue.turns], sender)


async def run_messages(agent: Agent, texts: Sequence[str], sender: str) -> list[Reply]:
    """The reply to each of some messages, said one after the other in one conversation."""
    replies = []
    for text in texts:
        await agent.handle_message(UserMessage(text, CollectingOutputChannel(), sender))
        tracker = await agent.tracker_store.retrieve(sender)
        replies.append(_reply(tracker))
    return replies


def _reply(tracker: DialogueStateTracker) -> Reply:
    events = list(tracker.events)
    said_at = [i for i, event in enumerate(events) if isinstance(event, UserUttered)]
    if not said_at:  # a restart leaves nothing of the conversation behind
        return Reply("restart", ("restart",), 1.0, ("action_restart",), (), "none")
    since = events[said_at[-1] :]
    data: dict[str, Any] = dict(since[0].parse_data)
    reading = data.get(READING, {})
    acts = reading.get("acts", [])
    whole = reading.get("whole", {})
    return Reply(
        label=acts[0]["label"] if acts else "nlu_fallback",
        labels=tuple(act["label"] for act in acts),
        confidence=float(acts[0]["confidence"]) if acts else 0.0,
        actions=_actions(since),
        answers=_answers(since),
        safety=str(data.get(SAFETY, {}).get("category", "none")),
        best=str(whole.get("label", "nlu_fallback")),
        best_confidence=float(whole.get("confidence", 0.0)),
    )


def _actions(events: Sequence[Event]) -> tuple[str, ...]:
    executed = (event for event in events if isinstance(event, ActionExecuted))
    return tuple(str(event.action_name) for event in executed if event.action_name)


def _answers(events: Sequence[Event]) -> tuple[Answered, ...]:
    """The curated answers, each with the focus slots as they stood when it was given."""
    answers = []
    focus: dict[str, str] = {}
    for event in events:
        if isinstance(event, SlotSet) and event.key in FOCUS_SLOTS:
            focus = {**focus, event.key: event.value}
        elif isinstance(event, ActionExecuted) and "/" in (event.action_name or ""):
            kept = {name: value for name, value in focus.items() if value}
            answers.append(Answered(event.action_name.removeprefix("utter_"), kept))
    return tuple(answers)
