"""A page with the chat widget, which asks over HTTP; what a browser shows has tests of its own."""

from __future__ import annotations

from itertools import count
from typing import Any

from rasa.core.channels.channel import InputChannel

from bot.channels.origins import AllowedOrigins
from bot.channels.web import WebInput
from tests.channels.counterpart import Counterpart, Shown

_ids = count(1)


class Web(Counterpart):
    """Each person is known by a token that the assistant has signed."""

    channel = "web"
    SIGNED = False
    BUTTONS = True
    NUMBERED = False
    SENDS = False

    def __init__(self) -> None:
        super().__init__()
        self._tokens: dict[str, str] = {}

    def make(self) -> InputChannel:
        return WebInput(AllowedOrigins(frozenset()))

    async def say(self, person: str, text: str, *, id: str | None = None) -> list[Shown]:
        token = self._tokens.get(person) or (await self._ask("session", {}))["token"]
        self._tokens[person] = token
        message = {"token": token, "id": id or f"message-{next(_ids)}", "text": text}
        entries = (await self._ask("messages", message))["entries"]
        every = [_shown(entry) for entry in entries if entry["from"] == "assistant"]
        new = every[len(self.seen_by(person)) :]
        for shown in new:
            self.show(person, shown)
        return new

    async def press(self, person: str, title: str) -> list[Shown]:
        assert title in self.seen_by(person)[-1].buttons
        return await self.say(person, title)

    async def deliver_twice(self, person: str, text: str) -> list[Shown]:
        await self.say(person, text, id="the-same")
        await self.say(person, text, id="the-same")
        return self.seen_by(person)

    async def post_raw(self, body: bytes) -> int:
        async with self.client.post("/chat/messages", data=body) as answer:
            return answer.status

    def traces(self, person: str) -> list[str]:
        """The token, which opens the conversation to whoever has it."""
        return [person, self._tokens[person]]

    async def _ask(self, route: str, body: dict[str, Any]) -> dict[str, Any]:
        async with self.client.post(f"/chat/{route}", json=body) as answer:
            assert answer.status == 200
            found: dict[str, Any] = await answer.json()
        return found


def _shown(entry: dict[str, Any]) -> Shown:
    # The widget shows the crisis contacts as links between the two parts of the text.
    parts = (entry["text"], "-" if "after" in entry else "", entry.get("after", ""))
    text = "\n".join(filter(None, (*parts, entry.get("sources", ""))))
    return Shown(text, tuple(entry.get("buttons", ())))
