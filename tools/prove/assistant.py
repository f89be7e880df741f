"""The whole trained assistant in this process: a message in, and what came of it out."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from aiohttp import ClientConnectionError
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.shared.core.events import ActionExecuted, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa_sdk.executor import ActionExecutor

from bot.channels.guard import guarded
from bot.channels.pace import Limit
from bot.dialogue.channel_replies import Replies
from bot.dialogue.events import Said
from bot.dialogue.memory import Judge, judged_in_context
from bot.dialogue.names import COUNTRY, LISTEN, REQUESTED_SLOT, TROUBLE
from bot.dialogue.steps import Step
from bot.dialogue.world import World
from bot.safety.assess import SafetyCore
from bot.store.plain_events import plain_events
from tools.evaluation.runner import chosen_model, load_agent
from tools.prove.simulation import Turn
from tools.prove.stimulus import Fault, Stimulus

_LATER = 2 * 60 * 60
"""Seconds after which a session has expired."""
_NO_STEPS = frozenset({LISTEN, "action_extract_slots", "action_session_start"})
NOT_CURATED = "a text that is no curated response"


class ActionsHere:
    """Runs the custom actions in this process; a server that is down refuses."""

    def __init__(self) -> None:
        """Register the project's actions."""
        self.running = True
        self.url = "http://action-server.invalid/webhook"
        self._executor = ActionExecutor()
        self._executor.register_package("actions")

    async def request(self, *_: Any, json: Mapping[str, Any], **__: Any) -> Any:
        """Answer as the action server would."""
        if not self.running:
            raise ClientConnectionError("The action server is down.")
        return _as_json(await self._executor.run(_as_json(json)))


def _as_json(value: Any) -> Any:
    return json.loads(json.dumps(value))


class Sent(OutputChannel):  # type: ignore[misc]
    """Keeps the names of the responses that a person is sent, and the words of their buttons."""

    def __init__(self, trouble: str) -> None:
        """Know the calm reply by its text: the guarded input sends it without a name."""
        self.names: list[str] = []
        self.choices: tuple[str, ...] = ()
        self._trouble = trouble

    @classmethod
    def name(cls) -> str:
        """The channel's name."""
        return "prove"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep a response."""
        self.names.append(str(message.get("utter_action") or NOT_CURATED))
        buttons = message.get("buttons") or ()
        self.choices = tuple(str(button["payload"]) for button in buttons) or self.choices

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        """Keep a bare text."""
        self.names.append(TROUBLE if text == self._trouble else NOT_CURATED)


class Assistant:
    """The trained assistant; each conversation is told apart by its sender."""

    def __init__(self, data_dir: Path = Path("data")) -> None:
        """Load the model that the environment names."""
        self._loop = asyncio.new_event_loop()
        self.actions = ActionsHere()
        self.agent = load_agent(chosen_model())
        self.agent.processor.action_endpoint = self.actions
        replies = Replies.load(data_dir / "responses" / "small_talk.yml")
        self._trouble = replies.trouble
        self._handle = guarded(self.agent.handle_message, replies, Limit(10**6, 1.0))
        world = World.load(data_dir)
        assess = SafetyCore.load(data_dir / "knowledge" / "safety").assess
        self._judge = Judge(assess, world.cues.treatment_statement, world.choices)

    def say(self, text: str, sender: str, check_was_open: bool) -> tuple[Turn, tuple[str, ...]]:
        """Send a message; the turn that it made, and the choices that it offered."""
        output = Sent(self._trouble)
        message = UserMessage(text, output, sender, input_channel=Sent.name())
        self._loop.run_until_complete(self._handle(message))
        tracker = self._loop.run_until_complete(
            self.agent.tracker_store.retrieve_full_tracker(sender)
        )
        turn = self._turn(list(tracker.events), check_was_open)
        turn.uttered = output.names
        turn.check_is_open = tracker.active_loop_name is not None
        return turn, output.choices

    def expire(self, sender: str) -> None:
        """Let the session of a conversation grow old."""
        store = self.agent.tracker_store
        tracker = self._loop.run_until_complete(store.retrieve_full_tracker(sender))
        if tracker is not None:
            for event in tracker.events:
                event.timestamp -= _LATER
            self._loop.run_until_complete(store.save(tracker))

    def _turn(self, events: Sequence[Event], check_was_open: bool) -> Turn:
        said_at = max(i for i, event in enumerate(events) if isinstance(event, UserUttered))
        steps, kept = _steps(events[said_at:])
        fault = Fault.NONE if self.actions.running else Fault.NO_NOTE
        stimulus = replace(self._stimulus(events[: said_at + 1]), fault=fault)
        before = DialogueStateTracker.from_events("", events[:said_at], self.agent.domain.slots)
        country = before.get_slot(COUNTRY)
        return Turn(stimulus, steps, [], kept, country, check_was_open)

    def _stimulus(self, events: Sequence[Event]) -> Stimulus:
        plain = list(plain_events(events))
        judged = judged_in_context(plain, self._judge)
        said, as_judged = plain[-1], judged[-1]
        assert isinstance(said, Said) and isinstance(as_judged, Said)
        raised = as_judged.verdict
        return Stimulus(said, raised if raised != said.verdict else None)


def _steps(events: Sequence[Event]) -> tuple[list[Step], dict[str, object]]:
    """The steps of a turn, each with the slots that were set for it."""
    steps: list[Step] = []
    kept: dict[str, object] = {}
    slots: dict[str, object] = {}
    for event in events:
        if isinstance(event, SlotSet) and event.key != REQUESTED_SLOT:
            slots[event.key] = event.value
        elif isinstance(event, ActionExecuted) and event.action_name not in _NO_STEPS:
            steps.append(Step(str(event.action_name), slots))
            kept |= slots
            slots = {}
    return steps, kept
