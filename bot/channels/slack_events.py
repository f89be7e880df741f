"""What Slack delivers, as deliveries, and a message as Slack takes it; without a server.

Forms: https://docs.slack.dev/apis/events-api, https://docs.slack.dev/reference/events/message and
https://docs.slack.dev/reference/interaction-payloads/block_actions-payload.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    PlainTextObject,
    SectionBlock,
)

from bot.channels.messaging.delivery import Delivery
from bot.channels.messaging.shaping import Piece

_SPOKEN = {None, "file_share", "me_message", "thread_broadcast"}
"""Kinds of messages that a person wrote; all others are notices of Slack."""

_MARKUP = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
"""A mention, a channel, a command or a link, with the label that people see."""


def event_delivery(payload: Mapping[str, Any]) -> Delivery | None:
    """What an event of the Events API says to the assistant; nothing where it is not meant."""
    if payload.get("type") != "event_callback":
        return None
    event, delivery_id = payload["event"], payload["event_id"]
    if event["type"] == "app_mention":
        return _spoken(delivery_id, event, event["channel"], direct=False)
    if event["type"] == "message" and event.get("channel_type") == "im":
        return _in_direct_conversation(delivery_id, event)
    if event["type"] == "reaction_added" and _is_direct(event["item"].get("channel", "")):
        return Delivery(delivery_id, event["item"]["channel"], event["user"], unread=True)
    return None


def _in_direct_conversation(delivery_id: str, event: Mapping[str, Any]) -> Delivery | None:
    if event.get("subtype") == "message_changed":
        now, before = event["message"], event.get("previous_message") or {}
        # Slack changes a message as well when it adds a preview to a link.
        if not now.get("edited") or now["edited"] == before.get("edited"):
            return None
        return _spoken(delivery_id, now, event["channel"], direct=True)
    if event.get("subtype") in _SPOKEN and not event.get("hidden"):
        return _spoken(delivery_id, event, event["channel"], direct=True)
    return None


def _spoken(
    delivery_id: str, said: Mapping[str, Any], channel: str, *, direct: bool
) -> Delivery | None:
    """A message of a person. Bots, and with them the assistant itself, are not answered."""
    if said.get("bot_id") or not said.get("user"):
        return None
    # In a channel the answer opens a thread; alone with a person it stays where the message is.
    thread = said.get("thread_ts") or ("" if direct else said["ts"])
    place = channel if direct else _address(channel, thread)
    who = {"address": _address(channel, thread), "person": said["user"], "place": place}
    if said.get("edited"):
        return Delivery(delivery_id, **who, unread=True)
    other = bool(said.get("files") or said.get("attachments"))
    return Delivery(delivery_id, **who, text=plain(said.get("text") or ""), unread=other)


def press_delivery(payload: Mapping[str, Any]) -> Delivery | None:
    """What a pressed button says: the words that it stands for."""
    pressed = [action for action in payload.get("actions") or () if action.get("type") == "button"]
    if payload.get("type") != "block_actions" or not pressed:
        return None
    [action] = pressed
    channel, person = payload["channel"]["id"], payload["user"]["id"]
    message = payload["message"]
    address = _address(channel, message.get("thread_ts") or "")
    delivery_id = ":".join((channel, message["ts"], person, action["action_ts"]))
    place = channel if _is_direct(channel) else address
    return Delivery(delivery_id, address, person, place=place, text=action["value"])


def plain(text: str) -> str:
    """The words of a message, without Slack's markup and without the names of those mentioned."""
    return html.unescape(_MARKUP.sub(_label, text)).strip()


def _label(found: re.Match[str]) -> str:
    kind, target, label = found.groups()
    if kind == "@":
        return ""
    return label or ("" if kind else target.removeprefix("mailto:"))


def message(address: str, piece: Piece) -> dict[str, Any]:
    """The arguments of chat.postMessage: plain text with buttons, and no previews of links.

    The text stands there twice: the blocks are shown, notifications and screen readers take the
    other. A section that is not told to expand hides a long text behind "see more".
    """
    channel, _, thread = address.partition("/")
    blocks: list[Block] = [SectionBlock(text=_plain_text(piece.text), expand=True)]
    if piece.choices:
        buttons = [_button(number, title) for number, title in enumerate(piece.choices, 1)]
        blocks.append(ActionsBlock(elements=buttons))
    return {
        "channel": channel,
        "thread_ts": thread or None,
        "text": html.escape(piece.text, quote=False),
        "blocks": blocks,
        "mrkdwn": False,
        "unfurl_links": False,
        "unfurl_media": False,
    }


def _button(number: int, title: str) -> ButtonElement:
    return ButtonElement(text=_plain_text(title), action_id=f"choice-{number}", value=title)


def _plain_text(text: str) -> PlainTextObject:
    return PlainTextObject(text=text, emoji=False)


def _address(channel: str, thread: str) -> str:
    return f"{channel}/{thread}" if thread else channel


def _is_direct(channel: str) -> bool:
    """Whether a conversation has one person in it: Slack says so in the first letter."""
    return channel.startswith("D")
