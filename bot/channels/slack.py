"""Slack: events and pressed buttons come in on one webhook, answers leave over the Web API.

Rasa's connector does all of it inside one function, so that no part of it can be mended from a
subclass: a bad signature gets 400, retries are dropped by their reason and not by their id, text
leaves with markup and in pieces at blank lines, files are not noticed. Slack's own library, which
Rasa brings, checks the signature and sends here.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping, Sequence

from aiohttp import ClientError
from sanic import response
from sanic.request import Request
from sanic.response import HTTPResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.messaging.delivery import Delivery
from bot.channels.messaging.platform import Forged, MessagingInput
from bot.channels.messaging.sending import SendingError
from bot.channels.messaging.shaping import Piece
from bot.channels.pace import Limit
from bot.channels.slack_events import event_delivery, message, press_delivery

TOKEN, SECRET = "COMPANION_SLACK_BOT_TOKEN", "COMPANION_SLACK_SIGNING_SECRET"
API = "COMPANION_SLACK_API"

SECONDS = 10
"""How long one call of the Web API may take."""

PASSING = frozenset(
    {"fatal_error", "internal_error", "ratelimited", "request_timeout", "service_unavailable"}
)
"""Errors of chat.postMessage after which a further try makes sense."""


class SlackInput(MessagingInput):
    """An app in a workspace: alone with a person, and in channels where it is mentioned."""

    CHANNEL = "slack"

    def __init__(self, values: Mapping[str, str], limit: Limit | None = None) -> None:
        """Use these values of the channel's variables, by name."""
        super().__init__(values, limit)
        self._verifier = SignatureVerifier(values[SECRET])
        # At the level DEBUG the library would write down every message that it sends.
        discreet = logging.getLogger(f"{__name__}.client")
        discreet.setLevel(logging.INFO)
        self._client = AsyncWebClient(
            values[TOKEN],
            base_url=values.get(API, AsyncWebClient.BASE_URL),
            timeout=SECONDS,
            logger=discreet,
            # Further tries are made in one place for all channels.
            retry_handlers=[],
        )

    def check(self, request: Request) -> None:
        """Check the signature, which holds for five minutes.

        Raises:
            Forged: it is missing, wrong or old.
        """
        sent_at = request.headers.get("X-Slack-Request-Timestamp")
        signature = request.headers.get("X-Slack-Signature")
        if not self._verifier.is_valid(request.body, sent_at, signature):
            raise Forged("its signature is missing, wrong or older than five minutes")

    def deliveries(self, request: Request) -> Sequence[Delivery]:
        """What an event or a pressed button says; buttons come as a form."""
        pressed = request.form.get("payload")
        if pressed:
            found = press_delivery(json.loads(pressed))
        else:
            payload = json.loads(request.body)
            request.ctx.challenge = payload.get("challenge")
            found = event_delivery(payload)
        return [found] if found else []

    def acknowledge(self, request: Request) -> HTTPResponse:
        """An empty answer, which Slack awaits within three seconds; or what proves the address."""
        return response.text(getattr(request.ctx, "challenge", None) or "")

    async def send(self, address: str, piece: Piece) -> None:
        """Send one message to a conversation or to a thread in it.

        Raises:
            SendingError: Slack did not take it.
        """
        try:
            await self._client.chat_postMessage(**message(address, piece))
        except SlackApiError as error:
            raise _refusal(error) from None
        except (ClientError, asyncio.TimeoutError) as error:
            raise SendingError(type(error).__name__) from None


def _refusal(error: SlackApiError) -> SendingError:
    """Slack's own reason, which is a fixed word, and how long it asks to wait."""
    answer = error.response
    status = getattr(answer, "status_code", 0)
    told = getattr(answer, "data", None)
    reason = told.get("error") if isinstance(told, dict) else None
    after = answer.headers.get("Retry-After", "")
    return SendingError(
        f"status {status}, {reason or 'no reason'}",
        again=reason is None or reason in PASSING or status == 429 or status >= 500,
        after=float(after) if after.isdigit() else None,
    )
