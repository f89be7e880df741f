"""What Messenger delivers, as deliveries, and a message as Messenger takes it; without a server.

Forms: https://developers.facebook.com/docs/messenger-platform/reference/webhook-events and
https://developers.facebook.com/docs/messenger-platform/reference/send-api.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from bot.channels.messaging.delivery import Delivery, understood
from bot.channels.messaging.shaping import Piece

ANSWERABLE_SECONDS = 24 * 3600.0
"""The standard messaging window: what is older may not be answered, and may be a replay."""

_CHANNEL = "messenger"

_PREVIEW = "fallback"
"""The attachment that Messenger itself adds to a text with a link."""


def deliveries(told: Mapping[str, Any], now: float) -> Iterator[Delivery]:
    """What a notification says to the assistant; `now` is in seconds since 1970.

    One notification may hold many events, and each is read on its own. Echoes, receipts and events
    of other products concern nobody here.
    """
    if told.get("object") != "page":
        return
    events = understood(_CHANNEL, told["entry"], lambda entry: entry.get("messaging", ()))
    yield from understood(_CHANNEL, events, lambda event: _delivered(event, now))


def _delivered(event: Mapping[str, Any], now: float) -> Iterator[Delivery]:
    sent_at = float(event.get("timestamp", 0)) / 1000
    person = event.get("sender", {}).get("id")
    if person and now - sent_at <= ANSWERABLE_SECONDS:
        yield from _said(event, person)


def _said(event: Mapping[str, Any], person: str) -> Iterator[Delivery]:
    """What one event says: written words, pressed buttons, or something that cannot be read."""
    at = event["timestamp"]
    if message := event.get("message"):
        if not message.get("is_echo") and not message.get("is_deleted"):
            kinds = {attachment["type"] for attachment in message.get("attachments", ())}
            text = message.get("quick_reply", {}).get("payload") or message.get("text") or ""
            unread = not text or not kinds <= {_PREVIEW}
            yield Delivery(message["mid"], person, person, text=text, unread=unread)
    elif postback := event.get("postback"):
        text = postback.get("payload") or postback["title"]
        yield Delivery(postback.get("mid") or f"{person}:{at}", person, person, text=text)
    elif edit := event.get("message_edit"):
        yield Delivery(f"{edit['mid']}:{edit['num_edit']}", person, person, unread=True)
    elif (reaction := event.get("reaction")) and reaction["action"] == "react":
        yield Delivery(f"{reaction['mid']}:{person}:{at}", person, person, unread=True)


def message_form(person: str, piece: Piece) -> dict[str, str]:
    """The fields of a message to a person: its text, and its choices as quick replies."""
    message: dict[str, Any] = {"text": piece.text}
    if piece.choices:
        message["quick_replies"] = [
            {"content_type": "text", "title": title, "payload": title} for title in piece.choices
        ]
    return {
        "recipient": json.dumps({"id": person}),
        "messaging_type": "RESPONSE",
        "message": json.dumps(message, ensure_ascii=False),
    }
