"""What Slack delivers, in the form of its documentation, and how it proves that it is Slack.

Forms: https://docs.slack.dev/apis/events-api, the reference pages of its events, and
https://docs.slack.dev/reference/interaction-payloads/block_actions-payload.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from itertools import count
from typing import Any
from urllib.parse import urlencode

from slack_sdk.signature import SignatureVerifier

WORKSPACE, APP, BOT = "T123ABC456", "A123ABC456", "U0LAN0Z89"
GROUP = "C123ABC456"
_numbers = count(1)


def timestamp() -> str:
    """A time that no other message has."""
    return f"{int(time.time())}.{next(_numbers):06}"


def proof(body: bytes, secret: str, seconds_ago: int = 0) -> dict[str, str]:
    """The headers by which Slack proves who it is."""
    sent_at = str(int(time.time()) - seconds_ago)
    try:
        signature = SignatureVerifier(secret).generate_signature(timestamp=sent_at, body=body)
    except UnicodeDecodeError:
        signature = "v0=none"
    return {"X-Slack-Request-Timestamp": sent_at, "X-Slack-Signature": str(signature)}


def envelope(event: Mapping[str, Any], event_id: str | None = None) -> str:
    """The body of a request of the Events API."""
    bot = {"team_id": WORKSPACE, "user_id": BOT, "is_bot": True}
    return json.dumps(
        {
            "token": "XXYYZZ",
            "team_id": WORKSPACE,
            "api_app_id": APP,
            "event": event,
            "type": "event_callback",
            "event_id": event_id or f"Ev{next(_numbers):08}",
            "event_time": int(time.time()),
            "authorizations": [{**bot, "is_enterprise_install": False}],
        }
    )


def message(user: str, channel: str, text: str, **more: Any) -> dict[str, Any]:
    """The event of a message, alone with the assistant unless told otherwise."""
    now = timestamp()
    return {
        "type": "message",
        "channel": channel,
        "channel_type": "im",
        "user": user,
        "text": text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"),
        "ts": now,
        "event_ts": now,
        "team": WORKSPACE,
        "client_msg_id": f"00000000-0000-0000-0000-{next(_numbers):012}",
        **more,
    }


def mention(user: str, text: str, **more: Any) -> dict[str, Any]:
    """The event of a message in a channel that speaks to the assistant."""
    said = message(user, GROUP, text, **more)
    del said["channel_type"]
    return {**said, "type": "app_mention", "text": f"<@{BOT}> {said['text']}"}


def reaction(user: str, channel: str) -> dict[str, Any]:
    """The event of a reaction to a message of the assistant."""
    item = {"type": "message", "channel": channel, "ts": timestamp()}
    told = {"type": "reaction_added", "user": user, "reaction": "+1", "item": item}
    return {**told, "item_user": BOT, "event_ts": timestamp()}


def edit(user: str, channel: str, text: str) -> dict[str, Any]:
    """The event of a message that was changed."""
    before = message(user, channel, "hello")
    now = {**before, "text": text, "edited": {"user": user, "ts": timestamp()}}
    changed = {"type": "message", "subtype": "message_changed", "hidden": True}
    where = {"channel": channel, "channel_type": "im", "ts": timestamp(), "event_ts": timestamp()}
    return {**changed, **where, "message": now, "previous_message": before}


def file(user: str, channel: str, mimetype: str, text: str = "", **more: Any) -> dict[str, Any]:
    """The event of a file, with or without words."""
    shared = {"id": "F0S43PZDF", "name": "a file", "mimetype": mimetype, **more}
    return message(user, channel, text, subtype="file_share", files=[shared])


def press(user: str, name: str, title: str, posted: Mapping[str, Any]) -> str:
    """The form that a pressed button sends; `posted` is the message that it stands under."""
    elements = next(block["elements"] for block in posted["blocks"] if block["type"] == "actions")
    button = next(element for element in elements if element["text"]["text"] == title)
    where = {"message_ts": posted["ts"], "channel_id": posted["channel"], "is_ephemeral": False}
    payload = {
        "type": "block_actions",
        "user": {"id": user, "username": name, "name": name, "team_id": WORKSPACE},
        "api_app_id": APP,
        "container": {"type": "message", **where},
        "trigger_id": f"{next(_numbers)}.338",
        "team": {"id": WORKSPACE, "domain": "patients"},
        "channel": {"id": posted["channel"], "name": "directmessage"},
        "message": {"type": "message", "bot_id": "B123ABC456", "user": BOT, **posted},
        "response_url": "https://hooks.slack.com/actions/T123ABC456/1/1",
        "actions": [{**button, "block_id": "0+1", "action_ts": timestamp()}],
    }
    return urlencode({"payload": json.dumps(payload)})
