"""A program that speaks Rasa's REST protocol."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import InputChannel

from bot.channels.rest import GuardedRestInput
from tests.channels.counterpart import Counterpart, Shown


class Rest(Counterpart):
    """Answers come back with the request; who may ask is for the proxy in front to say."""

    channel = "rest"
    SIGNED = False
    DELIVERS_AGAIN = False
    BUTTONS = True
    NUMBERED = False
    SENDS = False

    def make(self) -> InputChannel:
        return GuardedRestInput.from_credentials({})

    async def say(self, person: str, text: str, *, id: str | None = None) -> list[Shown]:
        shown = await self._post(self._conversation(person), text)
        for message in shown:
            self.show(person, message)
        return shown

    async def press(self, person: str, title: str) -> list[Shown]:
        assert title in self.seen_by(person)[-1].buttons
        return await self.say(person, title)

    async def post_raw(self, body: bytes) -> int:
        async with self.client.post("/webhooks/rest/webhook", data=body) as answer:
            return answer.status

    def traces(self, person: str) -> list[str]:
        """None: a client gives the conversation its name."""
        return []

    def _conversation(self, person: str) -> str:
        return f"{person} {id(self)}"

    async def _post(self, sender: str, text: str) -> list[Shown]:
        body = {"sender": sender, "message": text}
        async with self.client.post("/webhooks/rest/webhook", json=body) as answer:
            assert answer.status == 200
            messages: list[dict[str, Any]] = await answer.json()
        return [Shown(message["text"], _titles(message)) for message in messages]


def _titles(message: dict[str, Any]) -> tuple[str, ...]:
    return tuple(button["title"] for button in message.get("buttons", ()))
