"""Sending to a platform: in pieces, again where it failed, and never with words in the logs."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from rasa.core.channels.channel import OutputChannel

from bot.channels.messaging.shaping import Piece, Shaper

logger = logging.getLogger(__name__)

Send = Callable[[Piece], Awaitable[None]]

PAUSES = (0.5, 2.0, 5.0)
"""Seconds before each further try."""

LONGEST_PAUSE = 30.0
"""A platform that asks for more patience than these seconds has refused."""


class SendingError(RuntimeError):
    """The platform did not take a message. Its message names no person and quotes nothing."""

    def __init__(self, reason: str, *, again: bool = True, after: float | None = None) -> None:
        """Say why.

        Args:
            reason: what the platform said, such as its status; no text of a message.
            again: whether a further try makes sense.
            after: seconds that the platform asks to wait.
        """
        super().__init__(reason)
        self.again = again
        self.after = after


async def send_patiently(send: Send, piece: Piece) -> None:
    """Send one message, with further tries where the platform was busy or down.

    Raises:
        SendingError: it was not taken.
    """
    await patiently(lambda: send(piece), PAUSES)


async def patiently(call: Callable[[], Awaitable[None]], pauses: Sequence[float]) -> None:
    """Call the platform, and after each of these pauses again where it was busy or down.

    Raises:
        SendingError: it refused, or the last try failed as well.
    """
    for pause in (*pauses, None):
        try:
            return await call()
        except SendingError as error:
            wait = pause if error.after is None else error.after
            if pause is None or wait is None or not error.again or wait > LONGEST_PAUSE:
                raise
            logger.warning("The platform did not take it (%s); again in %.1f s.", error, wait)
            await asyncio.sleep(wait)


class ShapedOutput(OutputChannel):
    """Sends each response to one address, shaped for the platform."""

    def __init__(self, channel: str, shaper: Shaper, send: Send) -> None:
        """Send through `send` in the name of the channel."""
        self._channel = channel
        self._shaper = shaper
        self._send = send
        self.given: set[str] = set()
        """The names of the responses that were to be sent."""

    def name(self) -> str:
        """The channel's name in events."""
        return self._channel

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Send a curated response.

        Raises:
            SendingError: a part of it was not taken.
        """
        self.given.add(str(message.get("utter_action") or ""))
        for piece in self._shaper.pieces(message):
            await send_patiently(self._send, piece)

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        """Send what the channel says on its own."""
        await self.send_response(recipient_id, {"text": text})
