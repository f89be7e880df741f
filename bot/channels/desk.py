"""What the widget can ask for, whichever way it comes: socket.io and HTTP ask the same desk."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from functools import partial
from typing import Any

from rasa.core.channels.channel import OutputChannel, UserMessage

from bot.channels.conversation_ids import ConversationIds
from bot.channels.feedback import FeedbackGiven
from bot.channels.guard import Handler
from bot.channels.presentation import Presenter
from bot.channels.records import Records
from bot.channels.transcript import Shelf, Transcript
from bot.safety.length import LONGEST

Asked = Mapping[str, Any]
Listener = Callable[[str, dict[str, Any]], Awaitable[None]]
_MESSAGE_ID = re.compile(r"[0-9A-Za-z-]{8,64}")
_MOST_REASONS = 8
_REASON = re.compile(r"[a-z_]{1,40}")


class NotOurs(PermissionError):  # noqa: N818 - a refusal, not a fault
    """The token was not issued by this server, or for nothing that it knows."""


async def _nobody(_: str, __: dict[str, Any]) -> None:
    """Nobody listens."""


@dataclass
class Desk:
    """Opens conversations, takes messages once each, and hands out what was said."""

    handle: Handler
    ids: ConversationIds
    presenter: Presenter
    channel: str
    shelf: Shelf = field(default_factory=Shelf)
    tell: Listener = _nobody
    """Called with each new packet of a conversation, so that open pages see it at once."""

    def open(self, asked: Asked) -> tuple[str, dict[str, Any]]:
        """Continue the conversation of a token, or begin one; return it and what was missed."""
        conversation = self.ids.conversation_of(asked.get("token"))
        token = str(asked["token"]) if conversation else self.ids.issue()
        conversation = conversation or token.partition(".")[0]
        missed = self.shelf.of(conversation).since(asked.get("epoch"), asked.get("since"))
        return conversation, {"token": token, **missed}

    async def say(self, asked: Asked) -> dict[str, Any]:
        """Handle a message, unless it was before; return what the page has not seen.

        Whoever asks may vanish meanwhile: the turn goes on, and asking again finds its end.

        Raises:
            NotOurs: the token or the form of the message id is not ours, or the conversation was
                deleted meanwhile.
        """
        conversation = self._conversation(asked)
        message_id = asked.get("id")
        if not isinstance(message_id, str) or not _MESSAGE_ID.fullmatch(message_id):
            raise NotOurs("The message has no id.")
        transcript = self.shelf.of(conversation)
        turn = transcript.turns.get(message_id)
        if turn is None:
            turn = asyncio.create_task(self._turn(conversation, transcript, message_id, asked))
            transcript.remember(message_id, turn)
        try:
            await asyncio.shield(turn)
        except Exception:  # whoever asks again shall get another try, not the same failure
            transcript.turns.pop(message_id, None)
            raise
        _require_kept(transcript)
        return transcript.since(asked.get("epoch"), asked.get("since"))

    async def forget(self, asked: Asked, records: Records) -> dict[str, Any]:
        """Delete a conversation everywhere on this server; return the receipt.

        Raises:
            NotOurs: the token is not ours.
            RecordsError: it could not be deleted.
        """
        conversation = self._conversation(asked)
        transcript = self.shelf.of(conversation)
        async with transcript.order:
            receipt = await records.erase(conversation)
            transcript.deleted = True
            # Whoever still holds it finds nothing in it.
            transcript.entries.clear()
            self.shelf.remove(conversation)
        return receipt

    async def judge(self, asked: Asked, records: Records) -> bool:
        """Keep what the person thought of an answer; false where the answer is not known.

        Raises:
            NotOurs: the token is not ours.
        """
        conversation = self._conversation(asked)
        entry = self.shelf.of(conversation).find(asked.get("seq"))
        if entry is None or not entry.get("response"):
            return False
        reasons = [r for r in _strings(asked.get("reasons")) if _REASON.fullmatch(r)]
        helpful = asked.get("helpful") is True
        feedback = FeedbackGiven(entry["response"], helpful, reasons[:_MOST_REASONS])
        return await records.add_feedback(conversation, feedback)

    def _conversation(self, asked: Asked) -> str:
        conversation = self.ids.conversation_of(asked.get("token"))
        if conversation is None:
            raise NotOurs("The token was not issued by this server.")
        return conversation

    async def _turn(
        self, conversation: str, transcript: Transcript, message_id: str, asked: Asked
    ) -> None:
        text = asked.get("text")
        text = text if isinstance(text, str) else ""
        async with transcript.order:
            _require_kept(transcript)
            note = partial(self._note, conversation, transcript)
            said = await note({"from": "you", "id": message_id, "text": text[:LONGEST]})
            output = TranscriptOutput(self.channel, self.presenter, note)
            await self.handle(
                UserMessage(
                    text, output, conversation, input_channel=self.channel, message_id=message_id
                )
            )
            if asked.get("again") is True:
                transcript.forget_before(said["seq"])

    async def _note(
        self, conversation: str, transcript: Transcript, entry: dict[str, Any]
    ) -> dict[str, Any]:
        now = datetime.now(timezone.utc).isoformat(timespec="seconds")
        noted = transcript.add({**entry, "at": now})
        await self.tell(conversation, transcript.packet([noted]))
        return noted


class TranscriptOutput(OutputChannel):
    """Writes each response into the transcript, whole: text, sources, buttons, card."""

    def __init__(
        self,
        channel: str,
        presenter: Presenter,
        note: Callable[[dict[str, Any]], Awaitable[dict[str, Any]]],
    ) -> None:
        """Write through `note`, in the name of the channel."""
        self._channel = channel
        self._presenter = presenter
        self._note = note

    def name(self) -> str:
        """The name of the channel that the message came through."""
        return self._channel

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Write a curated response."""
        await self._note(self._presenter.entry(message))

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        """Write what the guard says on its own."""
        await self._note(self._presenter.entry({"text": text}))


def _require_kept(transcript: Transcript) -> None:
    """A page that is refused begins a new conversation and sends its message there."""
    if transcript.deleted:
        raise NotOurs("The conversation was deleted.")


def _strings(value: object) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []
