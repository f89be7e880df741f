"""Rasa's REST channel, guarded: `/webhooks/rest/webhook`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.channels.rest import RestInput
from sanic import Blueprint

from bot.channels.guard import guarded, load_trouble_text


class GuardedRestInput(RestInput):
    """Speaks the protocol of Rasa's REST channel and keeps its name."""

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes of Rasa's channel around the guarded handler."""
        return super().blueprint(guarded(on_new_message, load_trouble_text()))
