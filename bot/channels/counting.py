"""What leaves for a person in one turn: what arrived, what was refused, what is still owed."""

from __future__ import annotations

import logging
from typing import Any

from rasa.core.channels.channel import OutputChannel

from bot.dialogue.conversation import ANSWERS_CRISIS, ANSWERS_SYMPTOM
from bot.dialogue.names import CHECK_QUESTIONS, TELL_PROVIDER

logger = logging.getLogger(__name__)

MOST_OWED = 10_000
"""Conversations of which it is known that something is owed; the oldest is forgotten first."""

_CHECK_ASKS = frozenset(f"utter_ask_{slot}" for slot in CHECK_QUESTIONS)


class CountingOutput(OutputChannel):
    """Passes everything on to a channel and counts what was sent."""

    def __init__(self, channel: OutputChannel) -> None:
        """Wrap the channel that a message came with."""
        self._channel = channel
        self.sent = 0
        self.refused = False
        """Whether a response could not be sent; nothing of the turn is sent after it."""
        self.owes_escalation = False
        """Whether a symptom was met and the escalation has not arrived since."""
        self.meets_symptom = False
        self.meets_crisis = False

    def name(self) -> str:
        """The name of the wrapped channel."""
        return str(self._channel.name())

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Send a whole response; the last look at it before it leaves.

        Rasa names the response that a message came from, and names none for free text.
        """
        name = message.get("utter_action")
        if not name:
            logger.error("A message that is no curated response was held back.")
            return
        arrives = await self._arrives(recipient_id, message)
        self.meets_crisis |= name in ANSWERS_CRISIS
        if name == TELL_PROVIDER:
            self.meets_symptom, self.owes_escalation = True, not arrives
        elif name in ANSWERS_SYMPTOM or name in _CHECK_ASKS:
            self.meets_symptom = self.owes_escalation = True

    async def _arrives(self, recipient_id: str, message: dict[str, Any]) -> bool:
        """Send a response, unless one before it was refused: it might make no sense alone.

        Rasa must not hear of a failure. It would leave the turn before it is saved, and with it
        all that the person has told.
        """
        if self.refused:
            return False
        try:
            await self._channel.send_response(recipient_id, message)
        except Exception as error:
            logger.error("A response was not sent (%s).", type(error).__name__)
            self.refused = True
        else:
            self.sent += 1
        return not self.refused

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        """Send plain text."""
        await self._channel.send_text_message(recipient_id, text, **kwargs)
        self.sent += 1

    def __getattr__(self, name: str) -> Any:
        """Whatever else a channel has (a collector's messages)."""
        return getattr(self._channel, name)


class Unheard:
    """The conversations in which an escalation was said to nobody.

    Their events tell that it was said, so that the planner does not say it again.
    """

    def __init__(self) -> None:
        """Start with none."""
        self._conversations: dict[str, None] = {}

    def owed_after(self, turn: CountingOutput, failed: bool, conversation: str) -> bool:
        """Whether the calm reply, which holds it, must follow a turn; `failed` if Rasa left it."""
        if turn.owes_escalation and (failed or turn.refused):
            self._add(conversation)
        elif turn.meets_symptom:
            # It has arrived, or the check has asked its next question and ends with it.
            self.discard(conversation)
        # Nothing may distract from what is said in a crisis: there it waits for the next turn.
        return conversation in self._conversations and not turn.meets_crisis

    def discard(self, conversation: str) -> None:
        """It was heard there."""
        self._conversations.pop(conversation, None)

    def _add(self, conversation: str) -> None:
        self._conversations[conversation] = None
        if len(self._conversations) > MOST_OWED:
            del self._conversations[next(iter(self._conversations))]
