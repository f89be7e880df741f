"""Telegram: updates in the documented form of its Bot API, and a stub of that API."""

from __future__ import annotations

import asyncio
import json
import re
from itertools import count
from typing import Any

from aiohttp import web

from bot.channels.telegram import HEADER
from tests.channels.counterpart import BehindSendingApi, Shown, Signature
from tests.channels.telegram_stub import BOT, SECRET, BotApiStub, buttons, values

PATH = "/webhooks/telegram/webhook"
GROUP = {"id": -1001234567890, "type": "supergroup", "title": "A group"}

_FILE = {"file_id": "f", "file_unique_id": "u"}
_OTHER: dict[str, dict[str, Any]] = {
    "voice": {"voice": {**_FILE, "duration": 3}},
    "image": {"photo": [{**_FILE, "width": 90, "height": 90}]},
    "sticker": {"sticker": {**_FILE, "type": "regular", "width": 512, "height": 512}},
    "location": {"location": {"latitude": 51.5, "longitude": -0.1}},
    "file": {"document": {**_FILE, "file_name": "scan.pdf"}},
    "video": {"video": {**_FILE, "width": 90, "height": 90, "duration": 3}},
    "contact": {"contact": {"phone_number": "+15005550006", "first_name": "Ben"}},
}
_numbers = count(1)


class TelegramCounterpart(BehindSendingApi):
    """Chats of one bot with one person each, and a group."""

    channel = "telegram"
    OTHER_KINDS = (*_OTHER, "edited", "reaction")
    GROUPS = True
    BUTTONS = True

    def __init__(self) -> None:
        super().__init__()
        self.api = BotApiStub(self._keep)
        self._api = self.api.server
        self.violations = self.api.violations
        self._ids: dict[str, int] = {}

    @property
    def environment(self) -> dict[str, str]:
        return values(self.api.server.url)

    async def say(self, person: str, text: str, *, id: str | None = None) -> list[Shown]:
        update = self._update(message=self._message(person, text=text))
        return await self._deliver(person, {**update, **({"update_id": int(id)} if id else {})})

    async def press(self, person: str, title: str) -> list[Shown]:
        assert title in self.seen_by(person)[-1].buttons
        query = {
            "id": str(next(_numbers)),
            "from": self._user(person),
            "chat_instance": "1",
            "message": {**self._message(person, text="Which?"), "from": BOT},
            "data": title,
        }
        return await self._deliver(person, self._update(callback_query=query))

    async def send_other(self, person: str, kind: str) -> list[Shown]:
        if kind == "edited":
            edited = {**self._message(person, text="not hello"), "edit_date": 2}
            return await self._deliver(person, self._update(edited_message=edited))
        if kind == "reaction":
            of = {"chat": self._chat(person), "message_id": 1, "user": self._user(person)}
            thumb = [{"type": "emoji", "emoji": "👍"}]
            reaction = {**of, "date": 1, "old_reaction": [], "new_reaction": thumb}
            return await self._deliver(person, self._update(message_reaction=reaction))
        return await self._deliver(
            person, self._update(message=self._message(person, **_OTHER[kind]))
        )

    async def send_picture(self, person: str, caption: str) -> list[Shown]:
        message = self._message(person, **_OTHER["image"], caption=caption)
        return await self._deliver(person, self._update(message=message))

    async def say_in_group(self, person: str, text: str, *, addressed: bool) -> list[Shown]:
        written = self._message(person, text=text) | {"chat": GROUP}
        if addressed:
            name = f"@{BOT['username']}"
            mention = {"type": "mention", "offset": 0, "length": len(name)}
            written |= {"text": f"{name} {text}", "entities": [mention]}
        return await self._deliver(str(GROUP["title"]), self._update(message=written))

    async def deliver_twice(self, person: str, text: str) -> list[Shown]:
        update = self._update(message=self._message(person, text=text))
        await self._deliver(person, update)
        await self._deliver(person, update)
        return self.seen_by(person)

    async def post(self, person: str, text: str, *, signature: Signature) -> int:
        secret = {"right": SECRET, "wrong": f"{SECRET}x"}.get(signature)
        body = json.dumps(self._update(message=self._message(person, text=text))).encode()
        return (await self._post(body, secret))[0]

    async def post_raw(self, body: bytes) -> int:
        return (await self._post(body, SECRET))[0]

    def fail(self, times: int) -> None:
        page = "<html>Bad Gateway</html>"
        self.api.refusals = [web.Response(status=502, text=page) for _ in range(times)]

    def traces(self, person: str) -> list[str]:
        return [person, str(self._user(person)["id"]), str(self._user(person)["username"])]

    def _user(self, person: str) -> dict[str, Any]:
        """A person as Telegram tells of one."""
        number = self._ids.setdefault(person, 5_700_000_001 + len(self._ids))
        username = f"user_of_{re.sub(r'[^a-z]', '_', person.casefold())}"
        return {"id": number, "is_bot": False, "first_name": person, "username": username}

    def _chat(self, person: str) -> dict[str, Any]:
        """The chat of a person with the bot has the person's number."""
        return {"id": self._user(person)["id"], "type": "private", "first_name": person}

    def _message(self, person: str, **content: Any) -> dict[str, Any]:
        common = {"message_id": next(_numbers), "date": 1, "chat": self._chat(person)}
        return {**common, "from": self._user(person), **content}

    def _update(self, **content: Any) -> dict[str, Any]:
        return {"update_id": next(_numbers), **content}

    async def _deliver(self, person: str, update: dict[str, Any]) -> list[Shown]:
        before = len(self.seen_by(person))
        # Telegram delivers once it was told where to.
        await asyncio.wait_for(self.api.registered.wait(), 10)
        status, answer = await self._post(
            json.dumps(update).encode(), self.api.webhook["secret_token"]
        )
        assert status in (200, 204)
        if query := update.get("callback_query"):
            expected = {"method": "answerCallbackQuery", "callback_query_id": query["id"]}
            if json.loads(answer or "null") != expected:
                self.violations.append("a pressed button goes on waiting")
        await self.handled()
        return self.seen_by(person)[before:]

    async def _post(self, body: bytes, secret: str | None) -> tuple[int, str]:
        headers = {"Content-Type": "application/json", **({HEADER: secret} if secret else {})}
        async with self.client.post(PATH, data=body, headers=headers) as answer:
            return answer.status, await answer.text()

    def _keep(self, message: dict[str, Any]) -> None:
        people = {number: person for person, number in self._ids.items()}
        person = people.get(message["chat_id"]) or str(GROUP["title"])
        self.show(person, Shown(message["text"], tuple(b["text"] for b in buttons(message))))
