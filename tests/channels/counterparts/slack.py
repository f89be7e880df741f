"""Slack: a workspace whose events are signed by Slack's own library, and its Web API.

Limits: https://docs.slack.dev/reference/methods/chat.postMessage and
https://docs.slack.dev/reference/block-kit.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from tests.channels.counterpart import BehindSendingApi, Shown, Signature
from tests.channels.payloads import slack as payloads
from tests.channels.stub import SendingApi

TOKEN, SECRET = "xoxb-a-bot-token", "8f742231b10e8888abcd99yyyzzz85a5"
JSON, FORM = "application/json", "application/x-www-form-urlencoded"
SECONDS_OLD = 301
FIELDS = {"channel", "text", "blocks", "thread_ts", "mrkdwn", "unfurl_links", "unfurl_media"}

BLOCKS = (["section"], ["section", "actions"])


class SlackCounterpart(BehindSendingApi):
    """A workspace with direct messages and one channel in which the app is a member."""

    channel = "slack"
    OTHER_KINDS = ("voice", "image", "file", "forwarded", "reaction", "edited")
    DATED = True
    GROUPS = True
    BUTTONS = True

    def __init__(self) -> None:
        super().__init__()
        self._api = SendingApi({"/api/chat.postMessage": self._message})
        self._members: dict[str, str] = {}
        self.threads: dict[str, str] = {}
        """Who opened which thread in the channel."""
        self._posted: dict[str, dict[str, Any]] = {}
        self.refusal = ""
        """Why the Web API refuses every call."""

    @property
    def environment(self) -> dict[str, str]:
        return {
            "COMPANION_SLACK_BOT_TOKEN": TOKEN,
            "COMPANION_SLACK_SIGNING_SECRET": SECRET,
            "COMPANION_SLACK_API": f"{self._api.url}/api",
        }

    async def say(self, person: str, text: str, *, id: str | None = None) -> list[Shown]:
        return await self.deliver(person, payloads.message(*self.ids(person), text), id)

    async def press(self, person: str, title: str) -> list[Shown]:
        user, _ = self.ids(person)
        pressed = payloads.press(user, person, title, self._posted[person])
        return await self._delivered(person, pressed, FORM)

    async def send_other(self, person: str, kind: str) -> list[Shown]:
        user, direct = self.ids(person)
        others = {
            "voice": payloads.file(user, direct, "audio/webm", subtype="slack_audio"),
            "image": payloads.file(user, direct, "image/png"),
            "file": payloads.file(user, direct, "application/pdf"),
            "forwarded": payloads.message(user, direct, "", attachments=[{"is_share": True}]),
            "reaction": payloads.reaction(user, direct),
            "edited": payloads.edit(user, direct, "I can't breathe"),
        }
        return await self.deliver(person, others[kind])

    async def send_picture(self, person: str, caption: str) -> list[Shown]:
        shared = payloads.file(*self.ids(person), "image/png", caption)
        return await self.deliver(person, shared)

    async def say_in_group(self, person: str, text: str, *, addressed: bool) -> list[Shown]:
        user, _ = self.ids(person)
        event = payloads.mention(user, text)
        if not addressed:
            event = payloads.message(user, payloads.GROUP, text, channel_type="channel")
        self.threads[event["ts"]] = person
        return await self.deliver(person, event)

    async def deliver_twice(self, person: str, text: str) -> list[Shown]:
        before = len(self.seen_by(person))
        body = payloads.envelope(payloads.message(*self.ids(person), text))
        await self._delivered(person, body)
        again = {"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"}
        await self._delivered(person, body, **again)
        return self.seen_by(person)[before:]

    async def post(self, person: str, text: str, *, signature: Signature) -> int:
        body = payloads.envelope(payloads.message(*self.ids(person), text)).encode()
        secret = SECRET if signature in ("right", "old") else "another secret"
        headers = payloads.proof(body, secret, SECONDS_OLD if signature == "old" else 0)
        if signature == "missing":
            del headers["X-Slack-Signature"]
        return await self._post(body, headers)

    async def post_raw(self, body: bytes) -> int:
        return await self._post(body, payloads.proof(body, SECRET))

    def fail(self, times: int) -> None:
        self._api.failing = times

    def traces(self, person: str) -> list[str]:
        return [person, *self.ids(person)]

    def ids(self, person: str) -> tuple[str, str]:
        """A person's id in the workspace, and that of the conversation with the assistant."""
        number = self._members.setdefault(person, f"{len(self._members) + 1:08}")
        return f"U{number}", f"D{number}"

    def posted_to(self, person: str) -> dict[str, Any]:
        """The arguments of the last message to a person."""
        return self._posted[person]

    async def deliver(
        self, person: str, event: Mapping[str, Any], event_id: str | None = None
    ) -> list[Shown]:
        """Deliver an event; what the person then sees."""
        return await self._delivered(person, payloads.envelope(event, event_id))

    async def _delivered(
        self, person: str, body: str, kind: str = JSON, **headers: str
    ) -> list[Shown]:
        before = len(self.seen_by(person))
        signed = payloads.proof(body.encode(), SECRET)
        assert await self._post(body.encode(), {**signed, **headers}, kind) == 200
        await self.handled()
        return self.seen_by(person)[before:]

    async def _post(self, body: bytes, headers: Mapping[str, str], kind: str = JSON) -> int:
        headers = {**headers, "Content-Type": kind}
        path = "/webhooks/slack/webhook"
        async with self.client.post(path, data=body, headers=headers) as answer:
            return answer.status

    async def _message(self, request: web.Request) -> web.Response:
        if self.refusal:
            return web.json_response({"ok": False, "error": self.refusal})
        sent = await request.json()
        person = self._receiver(sent)
        if found := faults(request, sent, person):
            self.violations += found
            return web.json_response({"ok": False, "error": "invalid_arguments"})
        posted = {**sent, "ts": payloads.timestamp()}
        self._posted[person] = posted
        section, *actions = sent["blocks"]
        buttons = [element["text"]["text"] for of in actions for element in of["elements"]]
        self.show(person, Shown(section["text"]["text"], tuple(buttons)))
        return web.json_response({"ok": True, "channel": sent["channel"], "ts": posted["ts"]})

    def _receiver(self, sent: Mapping[str, Any]) -> str:
        """Whom a message reaches: who opened the thread in the channel, or the one person."""
        if sent.get("channel") == payloads.GROUP:
            return self.threads.get(sent.get("thread_ts", ""), "")
        return next((who for who in self._members if sent.get("channel") in self.ids(who)), "")


def faults(request: web.Request, sent: Mapping[str, Any], person: str) -> list[str]:
    """What chat.postMessage refuses, or would show in another way than it is meant."""
    blocks = sent.get("blocks", [])
    sections = [block for block in blocks if block["type"] == "section"]
    actions = [block for block in blocks if block["type"] == "actions"]
    buttons = [button for block in actions for button in block["elements"]]
    texts = [block["text"] for block in (*sections, *buttons)]
    checks = {
        "not_authed": request.headers.get("Authorization") != f"Bearer {TOKEN}",
        "invalid_post_type": request.content_type != JSON,
        "unknown fields": set(sent) - FIELDS,
        "channel_not_found, or not in its thread": not person,
        "no_text": not sent.get("text", "").strip(),
        "msg_too_long": len(sent.get("text", "")) > 40_000,
        "other blocks": len(sections) != 1
        or len(actions) > 1
        or len(blocks) > len(sections + actions),
        "a long text would be folded": not all(block.get("expand") for block in sections),
        "markup": sent.get("mrkdwn", True) or any(of["type"] != "plain_text" for of in texts),
        "previews": sent.get("unfurl_links", True) or sent.get("unfurl_media", True),
        "a section of 0 or over 3000": not all(
            1 <= len(block["text"]["text"]) <= 3000 for block in sections
        ),
        "no button or over 25": not all(1 <= len(of["elements"]) <= 25 for of in actions),
        "a button over 75": any(len(button["text"]["text"]) > 75 for button in buttons),
        "a value over 2000": any(len(button["value"]) > 2000 for button in buttons),
        "two buttons of one id": len({of["action_id"] for of in buttons}) < len(buttons),
    }
    return [fault for fault, is_so in checks.items() if is_so]
