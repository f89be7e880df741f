"""Telegram: a bot of the Bot API, called through a webhook that Telegram proves with a secret.

Rasa's connector is not used: it checks no secret, asks Telegram who it is on every message, and
takes the server down where Telegram cannot be reached at start. docs/channels/telegram.md tells
why its library is not used either.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import re
from collections.abc import Mapping, Sequence
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import yaml
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.messaging.delivery import Delivery
from bot.channels.messaging.platform import Forged, MessagingInput
from bot.channels.messaging.reception import Reception
from bot.channels.messaging.sending import SendingError
from bot.channels.messaging.settings import ChannelError
from bot.channels.messaging.shaping import Piece
from bot.channels.pace import Limit
from bot.channels.telegram_api import API, BotApi
from bot.channels.telegram_updates import KINDS, Bot, query_id, read

logger = logging.getLogger(__name__)

TOKEN, SECRET = "COMPANION_TELEGRAM_TOKEN", "COMPANION_TELEGRAM_SECRET"
WEBHOOK, API_BASE = "COMPANION_TELEGRAM_URL", "COMPANION_TELEGRAM_API"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
COMMANDS = Path("data/channels/telegram.yml")

REGISTRATION_PAUSES = (1.0, 5.0, 30.0, 300.0)
"""Seconds before each further try to register the webhook; the last one goes on."""

_TOKEN_FORM = re.compile(r"\d+:[\w-]+")
_SECRET_FORM = re.compile(r"[A-Za-z0-9_-]{16,256}")


class TelegramInput(MessagingInput):
    """A Telegram bot."""

    CHANNEL = "telegram"

    def __init__(self, values: Mapping[str, str], limit: Limit | None = None) -> None:
        """Use these values of the channel's variables, by name.

        Raises:
            ChannelError: a value has a form that Telegram does not take.
        """
        super().__init__(values, limit)
        _check_forms(values)
        self._api = BotApi(values[TOKEN], values.get(API_BASE, API))
        # The number before the colon is the bot's id; its name is asked for at start.
        self._bot = Bot(int(values[TOKEN].partition(":")[0]))
        self._commands = load_commands()
        self._registration: asyncio.Task[None] | None = None

    def check(self, request: Request) -> None:
        """Check the secret that only Telegram was told.

        Raises:
            Forged: it is not there, or another.
        """
        given = request.headers.get(HEADER, "")
        expected = self.values[SECRET].encode()
        if not hmac.compare_digest(given.encode("utf-8", "surrogateescape"), expected):
            raise Forged("its secret is wrong" if given else "it brings no secret")

    def deliveries(self, request: Request) -> Sequence[Delivery]:
        """What an update delivers.

        Raises:
            KeyError, TypeError, AttributeError: it is no update.
        """
        return read(request.json, self._bot, self._commands)

    def acknowledge(self, request: Request) -> HTTPResponse:
        """Ends the sign of waiting on a pressed button; the receipt can carry one call."""
        pressed = query_id(request.json)
        if pressed is None:
            return response.empty()
        return response.json({"method": "answerCallbackQuery", "callback_query_id": pressed})

    async def send(self, address: str, piece: Piece) -> None:
        """Send one message, as plain text and without a preview of its links.

        Raises:
            SendingError: Telegram did not take it.
        """
        chat, _, topic = address.partition("/")
        message: dict[str, Any] = {"chat_id": int(chat), "text": piece.text}
        message["link_preview_options"] = {"is_disabled": True}
        if topic:
            message["message_thread_id"] = int(topic)
        if piece.choices:
            rows = [[{"text": title, "callback_data": title}] for title in piece.choices]
            message["reply_markup"] = {"inline_keyboard": rows}
        await self._api.call("sendMessage", **message)

    def add_routes(self, routes: Blueprint, reception: Reception) -> None:
        """Register the webhook beside the running server, and stop trying when it stops."""

        async def start(*_: Any) -> None:
            self._registration = asyncio.create_task(self._register())

        async def stop(*_: Any) -> None:
            if self._registration is not None:
                self._registration.cancel()
            await self.close()

        routes.listener("after_server_start")(start)
        routes.listener("after_server_stop")(stop)

    async def close(self) -> None:
        """Let go of the connections to Telegram."""
        await self._api.close()

    async def _register(self) -> None:
        """Register the webhook, whenever Telegram takes it; a reason is logged once."""
        told = ""
        for pause in chain(REGISTRATION_PAUSES, repeat(REGISTRATION_PAUSES[-1])):
            try:
                await self._introduce()
            except SendingError as error:
                if str(error) != told:
                    told = str(error)
                    logger.warning("Telegram: no webhook yet (%s); trying again meanwhile.", told)
                await asyncio.sleep(error.after or pause)
            else:
                logger.info("Telegram: the webhook is registered.")
                return

    async def _introduce(self) -> None:
        """Ask who the bot is, and tell Telegram where to deliver and with which secret."""
        me = await self._api.call("getMe")
        try:
            self._bot = Bot(int(me["id"]), str(me["username"]))
        except (KeyError, TypeError, ValueError):
            raise SendingError("getMe: another form than the documented one") from None
        await self._api.call(
            "setWebhook",
            url=self.values[WEBHOOK],
            secret_token=self.values[SECRET],
            allowed_updates=list(KINDS),
        )


def load_commands(path: Path = COMMANDS) -> dict[str, str]:
    """The plain words for each command, by its name.

    Raises:
        ChannelError: the file is missing or broken.
    """
    try:
        commands = yaml.safe_load(path.read_text(encoding="utf-8"))["commands"]
        return {str(name): str(words) for name, words in commands.items()}
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise ChannelError(f"{path} cannot be read as commands: {error!r}") from error


def _check_forms(values: Mapping[str, str]) -> None:
    if not _TOKEN_FORM.fullmatch(values[TOKEN]):
        raise ChannelError(f"{TOKEN} must be a number, a colon and more, as @BotFather gives it.")
    if not _SECRET_FORM.fullmatch(values[SECRET]):
        raise ChannelError(f"{SECRET} must be 16 to 256 letters (A to z), digits, _ and -.")
    # Another server of the Bot API, on the same machine, takes plain http as well.
    if not values[WEBHOOK].startswith("https://") and API_BASE not in values:
        raise ChannelError(f"{WEBHOOK} must begin with https://: Telegram calls nothing else.")
