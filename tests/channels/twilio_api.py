"""Twilio: webhooks in its documented form, signed with its own library, and its messages API."""

from __future__ import annotations

from base64 import b64encode
from itertools import count
from typing import ClassVar
from urllib.parse import urlencode

from aiohttp import web
from twilio.request_validator import RequestValidator

from bot.channels.messaging.shaping import width
from tests.channels.counterpart import BehindSendingApi, Shown, Signature
from tests.channels.stub import SendingApi

ACCOUNT, TOKEN = "AC" + "0" * 32, "the-auth-token"
AUTHORISATION = f"Basic {b64encode(f'{ACCOUNT}:{TOKEN}'.encode()).decode()}"
LONGEST = 1600
_numbers = count(1)


class TwilioCounterpart(BehindSendingApi):
    """What SMS and WhatsApp share."""

    SCHEME: ClassVar[str]
    """What stands before a number."""

    def __init__(self) -> None:
        super().__init__()
        self._api = SendingApi({f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json": self._message})
        self._addresses: dict[str, str] = {}
        self.number = f"{self.SCHEME}+15005550006"
        self.sender = {"From": self.number}
        """What names the sender of an answer: a number or a messaging service."""
        self.url = f"https://assistant.example.org/webhooks/{self.channel}/webhook"

    @property
    def environment(self) -> dict[str, str]:
        prefix = f"COMPANION_{self.channel.upper()}"
        return {
            f"{prefix}_ACCOUNT_SID": ACCOUNT,
            f"{prefix}_AUTH_TOKEN": TOKEN,
            f"{prefix}_FROM": next(iter(self.sender.values())),
            f"{prefix}_URL": self.url,
            f"{prefix}_API": self._api.url,
        }

    async def say(self, person: str, text: str, *, id: str | None = None) -> list[Shown]:
        return await self.deliver(person, self.form(person, Body=text, MessageSid=id))

    async def send_other(self, person: str, kind: str) -> list[Shown]:
        return await self.deliver(person, self.form(person, **self.other(kind)))

    async def send_picture(self, person: str, caption: str) -> list[Shown]:
        return await self.deliver(person, self.form(person, Body=caption, **self.other("image")))

    async def deliver_twice(self, person: str, text: str) -> list[Shown]:
        form = self.form(person, Body=text)
        await self.deliver(person, form)
        await self.deliver(person, form)
        return self.seen_by(person)

    async def post(self, person: str, text: str, *, signature: Signature) -> int:
        form = self.form(person, Body=text)
        token = TOKEN if signature == "right" else "another token"
        signed = RequestValidator(token).compute_signature(self.url, form)
        return await self._post(urlencode(form).encode(), "" if signature == "missing" else signed)

    async def post_raw(self, body: bytes) -> int:
        return await self._post(body, RequestValidator(TOKEN).compute_signature(self.url, {}))

    def fail(self, times: int) -> None:
        self._api.failing = times

    def traces(self, person: str) -> list[str]:
        return [person, self.address_of(person).removeprefix(self.SCHEME)]

    def form(self, person: str, **given: str | None) -> dict[str, str]:
        """The parameters of a webhook. Some are empty, as in Twilio's own, and signed as well."""
        sid = given.pop("MessageSid", None) or f"SM{next(_numbers):032x}"
        fields = {
            "ToCountry": "US",
            "ToState": "",
            "SmsMessageSid": sid,
            "NumMedia": "0",
            "ToCity": "",
            "FromZip": "",
            "SmsSid": sid,
            "FromState": "NY",
            "SmsStatus": "received",
            "FromCity": "",
            "Body": "",
            "FromCountry": "US",
            "To": self.number,
            "ToZip": "",
            "NumSegments": "1",
            "MessageSid": sid,
            "AccountSid": ACCOUNT,
            "From": self.address_of(person),
            "ApiVersion": "2010-04-01",
        }
        return fields | {name: value for name, value in given.items() if value is not None}

    def other(self, kind: str) -> dict[str, str]:
        """The parameters by which a kind of message differs from text."""
        type_ = {"voice": "audio/amr", "image": "image/jpeg", "file": "application/pdf"}[kind]
        media = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Messages/MM0/Media/ME0"
        return {"NumMedia": "1", "MediaContentType0": type_, "MediaUrl0": media}

    async def deliver(self, person: str, form: dict[str, str]) -> list[Shown]:
        """Deliver a webhook with these parameters; what the person then sees."""
        before = len(self.seen_by(person))
        signed = RequestValidator(TOKEN).compute_signature(self.url, form)
        assert await self._post(urlencode(form).encode(), signed) in (200, 204)
        await self.handled()
        return self.seen_by(person)[before:]

    async def _post(self, body: bytes, signature: str) -> int:
        headers = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
        if signature:
            headers["X-Twilio-Signature"] = signature
        path = f"/webhooks/{self.channel}/webhook"
        async with self.client.post(path, data=body, headers=headers) as answer:
            # Twilio reads what comes back as instructions unless it is empty.
            assert answer.status >= 400 or not await answer.read()
            return answer.status

    def address_of(self, person: str) -> str:
        """The number of a person."""
        known = self._addresses
        return known.setdefault(person, f"{self.SCHEME}+1202555{next(_numbers):04}")

    async def _message(self, request: web.Request) -> web.Response:
        sent = {name: str(value) for name, value in (await request.post()).items()}
        person = next((name for name, to in self._addresses.items() if to == sent.get("To")), None)
        shown = self.read(sent)
        faults = {
            "no authorisation": request.headers.get("Authorization") != AUTHORISATION,
            "an unknown receiver (21211)": person is None,
            "another sender (21606)": not self.sender.items() <= sent.items(),
            "no text (21602)": not shown.text.strip(),
            "a text that is too long (21617)": width(shown.text) > LONGEST,
            **self.faults(sent, shown),
        }
        if found := [fault for fault, is_so in faults.items() if is_so]:
            self.violations += found
            return web.json_response({"code": 20001, "message": found[0]}, status=400)
        self.show(str(person), shown)
        return web.json_response({"sid": "SM" + "0" * 32, "status": "queued"}, status=201)

    def read(self, sent: dict[str, str]) -> Shown:
        """What a person is shown of what was sent."""
        return Shown(sent.get("Body", ""))

    def faults(self, sent: dict[str, str], shown: Shown) -> dict[str, bool]:
        """What else Twilio would not take."""
        return {"unknown fields": set(sent) != {"To", *self.sender, "Body"}}
