"""Rasa's REST channel, guarded: `/webhooks/rest/webhook`.

The body is `{"sender": ..., "message": ...}`; whatever else a client may put into it, or put
in the place of a text, is not taken over.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.channels.rest import RestInput
from sanic import Blueprint
from sanic.request import Request

from bot.channels.guard import guarded
from bot.channels.pace import Limit
from bot.dialogue.channel_replies import Replies


class GuardedRestInput(RestInput):
    """Speaks the protocol of Rasa's REST channel and keeps its name."""

    def __init__(self, limit: Limit | None = None) -> None:
        """Let a conversation send at most so many messages."""
        super().__init__()
        self._limit = limit

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> GuardedRestInput:
        """The channel with the limit that credentials.yml sets."""
        return cls(Limit.of(credentials))

    async def _extract_sender(self, req: Request) -> str | None:
        sender = _body(req).get("sender")
        return str(sender) if isinstance(sender, str | int) else None

    def _extract_message(self, req: Request) -> str:
        message = _body(req).get("message")
        return message if isinstance(message, str) else ""

    def _extract_input_channel(self, req: Request) -> str:
        return str(self.name())

    def get_metadata(self, request: Request) -> None:
        """Nothing: only the server may say what goes into the events."""

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes of Rasa's channel around the guarded handler."""
        return super().blueprint(guarded(on_new_message, Replies.load(), self._limit))


def _body(request: Request) -> dict[str, Any]:
    body = request.json
    return body if isinstance(body, dict) else {}
