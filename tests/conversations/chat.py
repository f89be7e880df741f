"""A small language for conversations: `turn = chat.says("..."); assert turn.responses == [...]`.

A conversation runs in this process, through the guarded input that every channel is mounted
through, with the trained model, the real response generator and the real custom actions.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import logging
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import structlog
from aiohttp import ClientConnectionError
from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.lock_store import LockStore
from rasa.core.tracker_store import TrackerStore
from rasa.core.utils import AvailableEndpoints
from rasa.shared.core.events import ActionExecuted, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor

from bot.channels.guard import guarded
from bot.channels.pace import Limit
from bot.dialogue.channel_replies import Replies
from bot.dialogue.names import FOCUS_SLOTS, TROUBLE
from bot.launch.project import ROOT
from tests.trained_model import trained_model

NOT_CURATED = "a text that is no curated response"


@dataclass(frozen=True)
class Message:
    """One message as the person gets it; its buttons are the words that they send."""

    response: str
    text: str
    buttons: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """A curated answer that was given: its topic, and the clinical values of its wording."""

    topic: str
    focus: Mapping[str, str]


@dataclass(frozen=True)
class Turn:
    """All that came back for one message, and what the assistant keeps after it."""

    messages: tuple[Message, ...]
    answers: tuple[Answer, ...]
    slots: Mapping[str, object]
    check_open: bool

    @property
    def responses(self) -> list[str]:
        """The names of the responses, in order."""
        return [message.response for message in self.messages]

    @property
    def texts(self) -> list[str]:
        """The texts, in order."""
        return [message.text for message in self.messages]

    @property
    def buttons(self) -> list[str]:
        """The words that the offered buttons send, in order."""
        return [words for message in self.messages for words in message.buttons]

    @property
    def focus(self) -> Mapping[str, str]:
        """The clinical values of the last answer's wording."""
        return self.answers[-1].focus if self.answers else {}

    def text_of(self, response: str) -> str:
        """The text of one response, by its name."""
        return next(message.text for message in self.messages if message.response == response)


class ActionsHere(EndpointConfig):  # type: ignore[misc]
    """Runs the custom actions in this process, over JSON like the action server."""

    def __init__(self) -> None:
        super().__init__(url="http://action-server.invalid/webhook")
        self.running = True
        self._executor = ActionExecutor()
        self._executor.register_package("actions")

    async def request(self, *_: Any, json: dict[str, Any], **__: Any) -> Any:
        """Run an action; like a server that is down, refuse the connection if told so."""
        if not self.running:
            raise ClientConnectionError("The action server is down.")
        return _as_json(await self._executor.run(_as_json(json)))


def _as_json(value: Any) -> Any:
    return json.loads(json.dumps(value))


class Recorder(OutputChannel):  # type: ignore[misc]
    """Keeps what a person would be shown."""

    def __init__(self, trouble: str) -> None:
        self.messages: list[Message] = []
        self._trouble = trouble

    @classmethod
    def name(cls) -> str:
        return "recorder"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        buttons = tuple(str(button["payload"]) for button in message.get("buttons") or ())
        name = str(message["utter_action"])
        self.messages.append(Message(name, str(message["text"]), buttons))

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        """A bare text: only the guarded input sends one, when nothing else was said."""
        name = TROUBLE if text == self._trouble else NOT_CURATED
        self.messages.append(Message(name, text, ()))


@contextmanager
def trained_agent() -> Iterator[TrainedAgent]:
    """The trained assistant, in the project's directory, closed in the end."""
    model = trained_model()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        agent = TrainedAgent(model)
        yield agent
        agent.close()


class TrainedAgent:
    """The trained model, loaded once, with the action server's code beside it."""

    def __init__(self, model: Path) -> None:
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
        self.actions = ActionsHere()
        self._loop = asyncio.new_event_loop()
        endpoints = AvailableEndpoints.read_endpoints("endpoints.yml")
        self._agent = Agent.load(
            str(model),
            generator=endpoints.nlg,
            tracker_store=TrackerStore.create(endpoints.tracker_store),
            lock_store=LockStore.create(endpoints.lock_store),
            action_endpoint=self.actions,
        )
        replies = Replies.load()
        self._trouble = replies.trouble
        self._handle = guarded(self._agent.handle_message, replies, Limit(10**6, 1.0))

    def answer(self, text: str, conversation: str) -> Turn:
        """Send a message as a channel does, and gather what comes back."""
        output = Recorder(self._trouble)
        message = UserMessage(text, output, conversation, input_channel=Recorder.name())
        self._loop.run_until_complete(self._handle(message))
        store = self._agent.tracker_store
        tracker = self._loop.run_until_complete(store.get_or_create_tracker(conversation))
        return _turn(output, tracker)

    @property
    def rasa(self) -> Agent:
        """Rasa's agent, for what runs in an event loop of its own."""
        return self._agent

    @property
    def conversations(self) -> MutableMapping[str, Any]:
        """What the tracker store holds in memory, by conversation, each with its `events`."""
        conversations: MutableMapping[str, Any] = self._agent.tracker_store._tracker_store._kept
        return conversations

    async def handle(self, message: UserMessage) -> None:
        """Handle a message as Rasa does for a channel, without the guard."""
        await self._agent.handle_message(message)

    def heard_in_memory(self, conversation: str) -> int:
        """How many messages of the person a turn looks at."""
        tracker = self._loop.run_until_complete(self._agent.tracker_store.retrieve(conversation))
        return sum(isinstance(event, UserUttered) for event in tracker.events)

    def close(self) -> None:
        """Let go of the event loop."""
        self._loop.close()


class Chat:
    """One conversation, with a person of its own."""

    _ids = itertools.count(1)

    def __init__(self, agent: TrainedAgent) -> None:
        self.agent = agent
        self._conversation = f"conversation-{next(self._ids)}"

    def another(self) -> Chat:
        """A conversation of someone else with the same assistant."""
        return Chat(self.agent)

    def heard_in_memory(self) -> int:
        """How many of the person's messages a turn looks at."""
        return self.agent.heard_in_memory(self._conversation)

    def says(self, text: str) -> Turn:
        """Say something and return what comes back."""
        return self.agent.answer(text, self._conversation)


def _turn(output: Recorder, tracker: DialogueStateTracker) -> Turn:
    slots = tracker.current_slot_values()
    return Turn(
        messages=tuple(output.messages),
        answers=_answers(list(tracker.events)),
        slots={name: value for name, value in slots.items() if value is not None},
        check_open=tracker.active_loop_name is not None,
    )


def _answers(events: list[Event]) -> tuple[Answer, ...]:
    said_at = [i for i, event in enumerate(events) if isinstance(event, UserUttered)]
    focus: dict[str, str] = {}
    answers = []
    for event in events[said_at[-1] if said_at else len(events) :]:
        if isinstance(event, SlotSet) and event.key in FOCUS_SLOTS:
            focus[event.key] = event.value
        elif isinstance(event, ActionExecuted) and "/" in (event.action_name or ""):
            kept = {name: value for name, value in focus.items() if value}
            answers.append(Answer(event.action_name.removeprefix("utter_"), kept))
    return tuple(answers)
