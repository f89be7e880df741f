"""What every messaging channel is built on: a way in that checks, takes in and acknowledges."""

from __future__ import annotations

import logging
import os
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.conversation_ids import load_key
from bot.channels.guard import guarded
from bot.channels.messaging.delivery import UNREADABLE, Delivery
from bot.channels.messaging.reception import Reception
from bot.channels.messaging.settings import Channel, load_channels
from bot.channels.messaging.shaping import Piece, Shaper
from bot.channels.pace import Limit, Pace
from bot.dialogue.channel_replies import Replies

logger = logging.getLogger(__name__)


class Forged(PermissionError):  # noqa: N818 - a refusal, not a fault
    """A request does not prove that the platform sent it, or is too old."""


class MessagingInput(InputChannel):
    """A platform: subclasses know how it signs, what it delivers and how to send.

    Subclasses set `CHANNEL`, the name in `data/channels/channels.yml`, and define `send`, and
    `check` and `deliveries` where the platform calls a webhook.
    """

    CHANNEL: str

    def __init__(self, values: Mapping[str, str], limit: Limit | None = None) -> None:
        """Use these values of the channel's variables, by name."""
        self.values = values
        self._limit = limit or Limit()

    @classmethod
    def settings(cls) -> Channel:
        """The channel's entry in the list of channels."""
        return load_channels()[cls.CHANNEL]

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> MessagingInput:
        """The channel with the environment's variables and the limit of its entry.

        Raises:
            ChannelError: a variable is missing.
        """
        return cls(cls.settings().values(os.environ), Limit.of(credentials))

    @classmethod
    def name(cls) -> str:
        """The channel's name in events and in its path."""
        return cls.CHANNEL

    def check(self, request: Request) -> None:
        """Check that the platform sent a request, just now.

        Raises:
            Forged: it did not.
        """
        raise NotImplementedError

    def deliveries(self, request: Request) -> Sequence[Delivery]:
        """What a checked request delivers; nothing where it concerns nobody.

        Raises:
            ValueError, KeyError, TypeError: the request as a whole has not the documented form.
        """
        raise NotImplementedError

    async def send(self, address: str, piece: Piece) -> None:
        """Send one message.

        Raises:
            SendingError: the platform did not take it.
        """
        raise NotImplementedError

    def acknowledge(self, request: Request) -> HTTPResponse:
        """What the platform expects to hear at once."""
        return response.empty()

    def reception(self, handle: Callable[[UserMessage], Awaitable[Any]]) -> Reception:
        """The way in, around the handler that Rasa gives."""
        replies = Replies.load()
        shaper = Shaper.load(self.settings().limits)
        return Reception(
            self.name(),
            guarded(handle, replies, self._limit),
            shaper,
            self.send,
            load_key(),
            replies.text_only,
            Pace(Limit(3, 60.0)),
        )

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The webhook, where the platform calls one, and what `add_routes` adds."""
        routes = Blueprint(f"{self.name()}_webhook")
        reception = self.reception(on_new_message)
        if self.settings().webhook is not None:
            self._add_webhook(routes, reception)

        async def finish(*_: Any) -> None:
            await reception.finish()

        routes.listener("before_server_stop")(finish)
        self.add_routes(routes, reception)
        return routes

    def add_routes(self, routes: Blueprint, reception: Reception) -> None:
        """Add what a platform asks for beside the webhook; nothing unless it does."""

    def _add_webhook(self, routes: Blueprint, reception: Reception) -> None:
        @routes.post("/webhook")
        async def webhook(request: Request) -> HTTPResponse:
            if not self._is_proven(request):
                return response.json({"refused": True}, 403)
            try:
                reception.take(self.deliveries(request))
            except UNREADABLE as error:
                # Asking for it again would not mend it: it is acknowledged like any other.
                logger.warning("%s: not understood (%s).", self.name(), type(error).__name__)
            return self.acknowledge(request)

    def _is_proven(self, request: Request) -> bool:
        try:
            self.check(request)
        except Forged as reason:
            logger.warning("%s: a request was refused: %s", self.name(), reason)
            return False
        except UNREADABLE as error:
            # What cannot even be read proves nothing. The words of the error may quote it.
            logger.warning("%s: a request was refused (%s).", self.name(), type(error).__name__)
            return False
        return True
