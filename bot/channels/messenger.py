"""Facebook Messenger: Meta calls a webhook, answers leave over the Send API.

Rasa's connector trusts the SHA-1 header that Meta has deprecated, compares it in a time that tells
how much of it is right, and answers one event of a notification and drops the others. Its client
(fbmessenger) blocks the whole server while it sends, puts the access token into the address, asks
for version 2.12 of the Graph API and raises no error. One call of aiohttp takes its place.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import logging
import time
from collections.abc import Mapping, Sequence
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.messaging.delivery import Delivery
from bot.channels.messaging.platform import Forged, MessagingInput
from bot.channels.messaging.reception import Reception
from bot.channels.messaging.sending import SendingError
from bot.channels.messaging.shaping import Piece
from bot.channels.messenger_events import deliveries, message_form
from bot.channels.pace import Limit

logger = logging.getLogger(__name__)

TOKEN, SECRET = "COMPANION_MESSENGER_PAGE_TOKEN", "COMPANION_MESSENGER_APP_SECRET"
VERIFY_TOKEN, API = "COMPANION_MESSENGER_VERIFY_TOKEN", "COMPANION_MESSENGER_API"
GRAPH = "https://graph.facebook.com/v25.0"

SECONDS = 10.0
"""How long one call of the Send API may take."""

PASSING = frozenset({1, 2, 4, 32, 613, 1200, 80006})
"""Errors after which a further try makes sense: of Meta's own, and too many calls.

https://developers.facebook.com/docs/messenger-platform/error-codes
"""


class MessengerInput(MessagingInput):
    """A Page that people write to."""

    CHANNEL = "messenger"

    def __init__(self, values: Mapping[str, str], limit: Limit | None = None) -> None:
        """Use these values of the channel's variables, by name."""
        super().__init__(values, limit)
        token = values[TOKEN]
        self._secret = values[SECRET].encode()
        self._address = f"{values.get(API, GRAPH).rstrip('/')}/me/messages"
        # As documented these may go in the body, where no log of addresses writes them down.
        self._access = {"access_token": token, "appsecret_proof": self._signed(token.encode())}

    def _signed(self, content: bytes) -> str:
        return hmac.new(self._secret, content, hashlib.sha256).hexdigest()

    def check(self, request: Request) -> None:
        """Check the SHA-256 signature of the body as it came; a SHA-1 signature proves nothing.

        Raises:
            Forged: it is missing or wrong.
        """
        given = request.headers.get("X-Hub-Signature-256", "")
        if not _same(given, f"sha256={self._signed(request.body)}"):
            raise Forged("its SHA-256 signature is missing or wrong")

    def deliveries(self, request: Request) -> Sequence[Delivery]:
        """All that a notification says to the assistant."""
        return [*deliveries(json.loads(request.body), time.time())]

    def acknowledge(self, request: Request) -> HTTPResponse:
        """The receipt that Meta awaits within seconds, or it delivers again."""
        return response.text("EVENT_RECEIVED")

    def add_routes(self, routes: Blueprint, reception: Reception) -> None:
        """Let Meta prove once, with the agreed word, that the address is ours."""

        @routes.get("/webhook")
        async def verification(request: Request) -> HTTPResponse:
            given = request.args.get("hub.verify_token", "")
            subscribes = request.args.get("hub.mode") == "subscribe"
            if subscribes and _same(given, self.values[VERIFY_TOKEN]):
                return response.text(request.args.get("hub.challenge", ""))
            logger.warning("%s: the address was not confirmed: wrong word.", self.name())
            return response.json({"refused": True}, 403)

    async def send(self, address: str, piece: Piece) -> None:
        """Send one message to a person.

        Raises:
            SendingError: Messenger did not take it.
        """
        form = {**message_form(address, piece), **self._access}
        try:
            async with (
                ClientSession(timeout=ClientTimeout(total=SECONDS)) as session,
                session.post(self._address, data=form, allow_redirects=False) as answer,
            ):
                if answer.status != 200:
                    raise _refusal(answer.status, await answer.text(errors="replace"))
        except (ClientError, asyncio.TimeoutError) as error:
            raise SendingError(type(error).__name__) from None


def _same(given: str, right: str) -> bool:
    """Compare in a time that tells nothing."""
    return hmac.compare_digest(given.encode(), right.encode())


def _refusal(status: int, body: str) -> SendingError:
    """The number of Meta's error; its words are not repeated."""
    error = _error(body)
    code = error.get("code")
    code = code if isinstance(code, int) else None
    busy = status == 429 or (code is None and status >= 500)
    again = busy or code in PASSING or error.get("is_transient") is True
    return SendingError(f"status {status}, error {code}", again=again)


def _error(body: str) -> dict[str, Any]:
    try:
        error = json.loads(body)["error"]
    except (ValueError, KeyError, TypeError):
        return {}
    return error if isinstance(error, dict) else {}
