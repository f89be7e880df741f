"""Takes in what a platform delivers: once each, in order, and without keeping it waiting."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from rasa.core.channels.channel import UserMessage

from bot.channels.guard import Handler
from bot.channels.messaging.delivery import Delivery, Seen
from bot.channels.messaging.sending import SendingError, ShapedOutput
from bot.channels.messaging.shaping import Piece, Shaper
from bot.channels.pace import Pace
from bot.dialogue.conversation import ANSWERS_CRISIS
from bot.dialogue.names import EMERGENCY

logger = logging.getLogger(__name__)

PRESSING = ANSWERS_CRISIS | {EMERGENCY}
"""The responses that nothing of the channel's own may distract from."""

SendTo = Callable[[str, Piece], Awaitable[None]]


@dataclass
class Reception:
    """The way of each delivery to the assistant, and of the answers back."""

    channel: str
    handle: Handler
    """The guarded handler."""
    shaper: Shaper
    send: SendTo
    """Sends one message to an address; raises `SendingError`."""
    key: bytes
    """With it, an address becomes the id of a conversation that tells nothing about the person."""
    text_only: str
    """What is said to whatever is not text."""
    pace: Pace
    """Of the replies to what is not text; text has a pace of its own."""
    _seen: Seen = field(default_factory=Seen)
    _order: dict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))
    _waiting: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    _turns: set[asyncio.Task[None]] = field(default_factory=set)

    def take(self, deliveries: Sequence[Delivery]) -> list[asyncio.Task[None]]:
        """Begin to handle what is new and return at once: the platform wants its receipt.

        What is returned ends when it is handled, and never fails.
        """
        new = [delivery for delivery in deliveries if self._seen.first_time(delivery.id)]
        turns = [asyncio.create_task(self._turn(delivery)) for delivery in new]
        for turn in turns:
            self._turns.add(turn)
            turn.add_done_callback(self._turns.discard)
        return turns

    async def finish(self) -> None:
        """Wait until everything that was taken in is handled."""
        while self._turns:
            await asyncio.wait(self._turns)

    def conversation_of(self, delivery: Delivery) -> str:
        """The id under which the conversation is stored: the same each time, and irreversible."""
        place = delivery.place or delivery.address
        named = "\0".join((self.channel, place, delivery.person))
        return hmac.new(self.key, named.encode(), hashlib.sha256).hexdigest()[:32]

    async def _turn(self, delivery: Delivery) -> None:
        conversation = self.conversation_of(delivery)
        self._waiting[conversation] += 1
        try:
            async with self._order[conversation]:
                await self._answer(conversation, delivery)
        except SendingError as refusal:
            logger.error("%s: an answer was not sent (%s).", self.channel, refusal)
        except Exception as error:
            # Its words might quote the person; the kind of error does not.
            logger.error("%s: an answer was not sent (%s).", self.channel, type(error).__name__)
        finally:
            self._waiting[conversation] -= 1
            if not self._waiting[conversation]:
                del self._waiting[conversation], self._order[conversation]

    async def _answer(self, conversation: str, delivery: Delivery) -> None:
        async def send(piece: Piece) -> None:
            await self.send(delivery.address, piece)

        output = ShapedOutput(self.channel, self.shaper, send)
        if delivery.text or not delivery.unread:
            # First of all: the words under a picture may be those of an emergency.
            await self.handle(
                UserMessage(delivery.text, output, conversation, input_channel=self.channel)
            )
        if delivery.unread and not output.given & PRESSING and self.pace.allows(conversation):
            await self._say_text_only(output, conversation)

    async def _say_text_only(self, output: ShapedOutput, conversation: str) -> None:
        try:
            await output.send_text_message(conversation, self.text_only)
        except SendingError as refusal:
            kind = type(refusal).__name__
            logger.error("%s: that text only is read was not said (%s).", self.channel, kind)
