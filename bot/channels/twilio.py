"""SMS and WhatsApp through Twilio: two channels with one protocol and variables of their own."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs

from aiohttp import ClientError
from sanic.request import Request, RequestParameters
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from bot.channels.messaging.delivery import Delivery
from bot.channels.messaging.platform import Forged, MessagingInput
from bot.channels.messaging.sending import SendingError
from bot.channels.messaging.shaping import Piece
from bot.channels.pace import Limit

PATIENCE = 10.0
"""Seconds that a call of Twilio may take; its client would wait for ever."""

_TOO_MANY, _FAULT = 429, 500
_OPTED_OUT = "STOP"
_REACTION = re.compile(
    r"(?:Liked|Loved|Disliked|Laughed at|Emphasi[sz]ed|Questioned) “.*”", re.DOTALL
)
"""What a phone sends as an SMS when a person reacts to a message: it quotes the assistant."""


class TwilioInput(MessagingInput):
    """What both channels share."""

    PREFIX: str
    """How their variables begin."""

    def __init__(self, values: Mapping[str, str], limit: Limit | None = None) -> None:
        """Use these values of the channel's variables, by name."""
        super().__init__(values, limit)
        self._validator = RequestValidator(self._value("AUTH_TOKEN"))

    def _value(self, name: str) -> str:
        return self.values[f"{self.PREFIX}_{name}"]

    def check(self, request: Request) -> None:
        """Check Twilio's signature over the public address and every parameter.

        The address is the one that Twilio was given: behind a proxy, the request names another.
        """
        given = request.headers.get("x-twilio-signature", "")
        if not given:
            raise Forged("the signature is missing")
        if not self._validator.validate(self._value("URL"), _parameters(request), given):
            raise Forged("the signature is wrong")

    def deliveries(self, request: Request) -> Sequence[Delivery]:
        """One message, with what was attached to it."""
        given = {name: values[0] for name, values in _parameters(request).items()}
        # Twilio has answered it, and takes no message for this person from now on.
        if given.get("OptOutType") == _OPTED_OUT:
            return []
        text = "" if _tells_a_place(given) else given.get("Body", "").strip()
        reaction = _REACTION.fullmatch(text) is not None
        sender = given["From"]
        return [
            Delivery(
                id=given["MessageSid"],
                address=sender,
                person=sender,
                text="" if reaction else text,
                unread=reaction or not text or int(given.get("NumMedia", "0")) > 0,
            )
        ]

    async def send(self, address: str, piece: Piece) -> None:
        """Send one message with Twilio's own client."""
        try:
            await asyncio.wait_for(self._create(address, piece), PATIENCE)
        except TwilioRestException as error:
            again = error.status == _TOO_MANY or error.status >= _FAULT
            raise SendingError(f"Twilio: {error.status}, {error.code}", again=again) from None
        except (TwilioException, ClientError, OSError, asyncio.TimeoutError, ValueError) as error:
            raise SendingError(f"Twilio: {type(error).__name__}") from None

    async def _create(self, address: str, piece: Piece) -> None:
        async with AsyncTwilioHttpClient() as http:
            client = Client(
                self._value("ACCOUNT_SID"),
                self._value("AUTH_TOKEN"),
                http_client=http,
                environment={"": ""},
            )
            if base := self.values.get(f"{self.PREFIX}_API"):
                client.api.base_url = base
            await client.messages.create_async(
                to=address, body=piece.text, **self._sender(self._value("FROM"))
            )

    @staticmethod
    def _sender(value: str) -> dict[str, str]:
        """A number of one's own, or a messaging service that holds several."""
        return {"messaging_service_sid" if value.startswith("MG") else "from_": value}


class SmsInput(TwilioInput):
    """SMS."""

    CHANNEL = "sms"
    PREFIX = "COMPANION_SMS"


class WhatsAppInput(TwilioInput):
    """WhatsApp."""

    CHANNEL = "whatsapp"
    PREFIX = "COMPANION_WHATSAPP"


def _parameters(request: Request) -> RequestParameters:
    """The form with its empty fields, which Twilio signs and Sanic drops."""
    return RequestParameters(parse_qs(request.body.decode("utf-8"), keep_blank_values=True))


def _tells_a_place(given: Mapping[str, str]) -> bool:
    return bool(given.get("Latitude") and given.get("Longitude"))
