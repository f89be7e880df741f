"""Messenger: notifications in the documented form, signed as Meta signs, and its Send API.

Forms and limits: https://developers.facebook.com/docs/messenger-platform, under "Webhook events",
"Send API" and "Quick replies".
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from itertools import count
from typing import Any

from aiohttp import web

from bot.channels.messaging.shaping import width
from tests.channels.counterpart import BehindSendingApi, Shown, Signature
from tests.channels.stub import SendingApi

TOKEN, SECRET, WORD = "EAAG-a-page-token", "0123456789abcdef0123456789abcdef", "the agreed word"
PAGE = "682498302938465"
FIELDS = {"recipient", "messaging_type", "message", "access_token", "appsecret_proof"}
_numbers = count(1)


class MessengerCounterpart(BehindSendingApi):
    """A Page and the people who write to it."""

    channel = "messenger"
    OTHER_KINDS = ("voice", "image", "video", "file", "sticker", "location", "reaction", "edited")
    BUTTONS = True

    def __init__(self) -> None:
        super().__init__()
        self._api = SendingApi({"/v25.0/me/messages": self._message})
        self._people: dict[str, str] = {}

    @property
    def environment(self) -> dict[str, str]:
        return {
            "COMPANION_MESSENGER_PAGE_TOKEN": TOKEN,
            "COMPANION_MESSENGER_APP_SECRET": SECRET,
            "COMPANION_MESSENGER_VERIFY_TOKEN": WORD,
            "COMPANION_MESSENGER_API": f"{self._api.url}/v25.0",
        }

    async def say(self, person: str, text: str, *, id: str | None = None) -> list[Shown]:
        return await self.deliver(person, self.said(text, id))

    async def press(self, person: str, title: str) -> list[Shown]:
        assert title in self.seen_by(person)[-1].buttons
        said = self.said(title)
        said["message"]["quick_reply"] = {"payload": title}
        return await self.deliver(person, said)

    async def send_other(self, person: str, kind: str) -> list[Shown]:
        return await self.deliver(person, self.other(kind))

    async def send_picture(self, person: str, caption: str) -> list[Shown]:
        picture = self.other("image")
        picture["message"]["text"] = caption
        return await self.deliver(person, picture)

    async def deliver_twice(self, person: str, text: str) -> list[Shown]:
        before, said = len(self.seen_by(person)), self.said(text)
        await self.deliver(person, said)
        await self.deliver(person, said)
        return self.seen_by(person)[before:]

    async def post(self, person: str, text: str, *, signature: Signature) -> int:
        body = self.notification(person, self.said(text))
        if signature == "missing":
            return await self.post_with(body, {})
        return await self.post_with(body, proof(body, SECRET if signature == "right" else "other"))

    async def post_raw(self, body: bytes) -> int:
        return await self.post_with(body, proof(body, SECRET))

    def fail(self, times: int) -> None:
        self._api.failing = times

    def traces(self, person: str) -> list[str]:
        return [person, self._id(person)]

    async def deliver(self, person: str, *events: Mapping[str, Any]) -> list[Shown]:
        """Deliver events in one notification; what the person then sees."""
        before = len(self.seen_by(person))
        assert await self.post_raw(self.notification(person, *events)) == 200
        await self.handled()
        return self.seen_by(person)[before:]

    def said(self, text: str, id: str | None = None) -> dict[str, Any]:
        """The part of an event that a written message makes."""
        return {"message": {"mid": id or f"m_{next(_numbers):016}", "text": text}}

    def other(self, kind: str) -> dict[str, Any]:
        """The part of an event that something else than text makes."""
        mid = f"m_{next(_numbers):016}"
        if kind == "reaction":
            told = {"reaction": "love", "emoji": "\N{HEAVY BLACK HEART}", "action": "react"}
            return {"reaction": {**told, "mid": mid}}
        if kind == "edited":
            return {"message_edit": {"mid": mid, "text": "I can't breathe", "num_edit": 1}}
        payload: dict[str, Any] = {"url": "https://cdn.example.com/attachment"}
        if kind == "sticker":
            payload["sticker_id"] = 369239263222822
        if kind == "location":
            payload = {"coordinates": {"lat": 51.5, "long": -0.1}}
        named = {"voice": "audio", "sticker": "image"}.get(kind, kind)
        return {"message": {"mid": mid, "attachments": [{"type": named, "payload": payload}]}}

    def notification(self, person: str, *events: Mapping[str, Any]) -> bytes:
        """The body of a notification; like Meta's, it holds ASCII letters alone."""
        now = int(time.time() * 1000)
        between = {"sender": {"id": self._id(person)}, "recipient": {"id": PAGE}}
        messaging = [{**between, "timestamp": now, **event} for event in events]
        entry = {"id": PAGE, "time": now, "messaging": messaging}
        return json.dumps({"object": "page", "entry": [entry]}).encode("ascii")

    async def post_with(self, body: bytes, headers: Mapping[str, str]) -> int:
        """Post a body with these proofs; the HTTP status."""
        headers = {"Content-Type": "application/json", **headers}
        path = "/webhooks/messenger/webhook"
        async with self.client.post(path, data=body, headers=headers) as answer:
            return answer.status

    def _id(self, person: str) -> str:
        return self._people.setdefault(person, f"{10**15 + next(_numbers)}")

    async def _message(self, request: web.Request) -> web.Response:
        sent = {name: str(value) for name, value in (await request.post()).items()}
        receiver = json.loads(sent.get("recipient", "{}")).get("id")
        person = next((name for name, id in self._people.items() if id == receiver), None)
        message = json.loads(sent.get("message", "{}"))
        if found := faults(request, sent, message):
            self.violations += found
            error = {"message": found[0], "type": "OAuthException", "code": 100}
            return web.json_response({"error": error}, status=400)
        if person is None:
            error = {"message": "(#100) No matching user found", "code": 100}
            return web.json_response({"error": {**error, "error_subcode": 2018001}}, status=400)
        buttons = tuple(reply["title"] for reply in message.get("quick_replies", ()))
        self.show(person, Shown(message["text"], buttons))
        return web.json_response({"recipient_id": receiver, "message_id": f"m_{next(_numbers)}"})


def proof(body: bytes, secret: str) -> dict[str, str]:
    """The headers by which Meta proves who it is; the first one is deprecated."""
    sha1, sha256 = (
        hmac.new(secret.encode(), body, algorithm).hexdigest() for algorithm in ("sha1", "sha256")
    )
    return {"X-Hub-Signature": f"sha1={sha1}", "X-Hub-Signature-256": f"sha256={sha256}"}


def faults(request: web.Request, sent: Mapping[str, str], message: Mapping[str, Any]) -> list[str]:
    """What the Send API refuses, and the access token in an address."""
    replies = message.get("quick_replies", [])
    proven = hmac.new(SECRET.encode(), TOKEN.encode(), hashlib.sha256).hexdigest()
    checks = {
        "a token in the address": request.query,
        "190: an invalid token": sent.get("access_token") != TOKEN,
        "100: an invalid appsecret_proof": sent.get("appsecret_proof") != proven,
        "100: unknown fields": set(sent) - FIELDS or set(message) - {"text", "quick_replies"},
        "100: no messaging_type": sent.get("messaging_type") != "RESPONSE",
        "100: no text": not message.get("text", "").strip(),
        "100: a text over 2000": width(message.get("text", "")) > 2000,
        "100: more than 13 quick replies": len(replies) > 13,
        "more than three quick replies": len(replies) > 3,
        "100: a quick reply over 20 or 1000": any(
            not 1 <= width(reply["title"]) <= 20 or len(reply["payload"]) > 1000
            for reply in replies
        ),
        "100: a quick reply of another kind": any(
            set(reply) != {"content_type", "title", "payload"} or reply["content_type"] != "text"
            for reply in replies
        ),
    }
    return [fault for fault, is_so in checks.items() if is_so]
