"""A stub of Telegram's Bot API on loopback, which keeps to its documented limits.

https://core.telegram.org/bots/api: `setWebhook`, `sendMessage`, `InlineKeyboardButton`.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from typing import Any

from aiohttp import web

from bot.channels.messaging.shaping import width
from tests.channels.stub import Handler, SendingApi

BOT = {"id": 7654321, "is_bot": True, "first_name": "Companion", "username": "CompanionTestBot"}
TOKEN = f"{BOT['id']}:{'A' * 35}"
SECRET = "a-secret-of-at-least-sixteen-letters"
PUBLIC_URL = "https://assistant.example.org/webhooks/telegram/webhook"

LONGEST, MOST_BUTTONS, MOST_DATA, MOST_IN_A_ROW = 4096, 100, 64, 8
KNOWN_UPDATES = {"message", "edited_message", "callback_query", "message_reaction"}
FIELDS = {"chat_id", "text", "link_preview_options", "message_thread_id", "reply_markup"}

Json = dict[str, Any]


class BotApiStub:
    """Knows one bot; keeps what it registers and sends, and what Telegram would refuse of it."""

    def __init__(self, show: Callable[[Json], None] = lambda _: None) -> None:
        """Tell `show` each message that is taken."""
        self.answers: dict[str, Handler] = {
            "getMe": self._me,
            "setWebhook": self._webhook,
            "sendMessage": self._message,
        }
        self.server = SendingApi({f"/bot{TOKEN}/{name}": self._answer for name in self.answers})
        self.refusals: list[web.Response] = []
        """What the next messages are answered with, instead of being taken."""
        self.webhook: Json = {}
        self.registered = asyncio.Event()
        self.sent: list[Json] = []
        self.violations: list[str] = []
        self._show = show

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        return await self.answers[request.path.rpartition("/")[2]](request)

    async def _me(self, _: web.Request) -> web.Response:
        return _result(BOT)

    async def _webhook(self, request: web.Request) -> web.Response:
        asked = await request.json()
        if not asked["url"].startswith("https://"):
            return self._refuse("bad webhook: An HTTPS URL must be provided for webhook")
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", asked["secret_token"]):
            return self._refuse("secret token contains unallowed characters")
        if not set(asked["allowed_updates"]) <= KNOWN_UPDATES:
            return self._refuse("unknown updates")
        self.webhook = asked
        self.registered.set()
        return _result(True)

    async def _message(self, request: web.Request) -> web.Response:
        if self.refusals:
            return self.refusals.pop()
        message = await request.json()
        if wrong := _wrong(message):
            return self._refuse(wrong)
        self.sent.append(message)
        self._show(message)
        return _result({"message_id": len(self.sent), "date": 1, "text": message["text"]})

    def _refuse(self, what: str) -> web.Response:
        self.violations.append(what)
        return refusal(400, f"Bad Request: {what}")


def values(api: str, **changed: str) -> dict[str, str]:
    """The channel's variables, with the stub's address and what is changed."""
    given = {"TOKEN": TOKEN, "SECRET": SECRET, "URL": PUBLIC_URL, "API": api, **changed}
    return {f"COMPANION_TELEGRAM_{name}": value for name, value in given.items()}


def refusal(status: int, description: str, **parameters: Any) -> web.Response:
    """What Telegram answers where it does not do what it is asked."""
    told = {"ok": False, "error_code": status, "description": description}
    return web.json_response({**told, "parameters": parameters}, status=status)


def buttons(message: Json) -> list[Json]:
    """The buttons under a message, in order."""
    return [button for row in _rows(message) for button in row]


def _result(result: object) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def _rows(message: Json) -> list[list[Json]]:
    return list(message.get("reply_markup", {}).get("inline_keyboard", []))


def _wrong(message: Json) -> str | None:
    """What Telegram, or this assistant's own rule of plain text, would not let pass."""
    data = [button["callback_data"] for button in buttons(message)]
    rules = {
        "another field": set(message) <= FIELDS,
        "chat not found": isinstance(message["chat_id"], int),
        "message text is empty": bool(message["text"].strip()),
        "message is too long": width(message["text"]) <= LONGEST,
        "previews are on": message.get("link_preview_options") == {"is_disabled": True},
        "too many buttons": len(data) <= MOST_BUTTONS,
        "too many in a row": all(len(row) <= MOST_IN_A_ROW for row in _rows(message)),
        "a button without words": all(button["text"].strip() for button in buttons(message)),
        "BUTTON_DATA_INVALID": all(0 < len(each.encode()) <= MOST_DATA for each in data),
    }
    return next((what for what, kept in rules.items() if not kept), None)
