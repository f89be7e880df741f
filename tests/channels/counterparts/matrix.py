"""A Matrix homeserver with people in rooms of their own, and a room where several talk."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bot.channels.matrix import position
from tests.channels.counterpart import Counterpart, Shown
from tests.channels.homeserver import TOKEN, Homeserver
from tests.channels.rooms import BOT

SERVER = "companion.test"
GROUP = f"!group:{SERVER}"


class Matrix(Counterpart):
    """The assistant asks for what happened: nobody calls it, so there is nothing to sign."""

    channel = "matrix"
    SIGNED = False
    ADMITS = True
    GROUPS = True
    OTHER_KINDS = ("voice", "image", "sticker", "location", "file", "reaction", "edited")

    def __init__(self) -> None:
        super().__init__()
        self.homeserver = Homeserver(self._sent)
        self._people: dict[str, str] = {}
        self.kept = tempfile.TemporaryDirectory()
        self._elsewhere = patch.object(position, "DIRECTORY", Path(self.kept.name))

    async def __aenter__(self) -> Counterpart:
        self._elsewhere.start()
        await self.homeserver.start()
        self.violations = self.homeserver.violations
        return self

    async def __aexit__(self, *_: Any) -> None:
        await self.homeserver.stop()
        self._elsewhere.stop()
        self.kept.cleanup()

    @property
    def environment(self) -> dict[str, str]:
        return {
            "COMPANION_MATRIX_HOMESERVER": self.homeserver.url,
            "COMPANION_MATRIX_USER": BOT,
            "COMPANION_MATRIX_TOKEN": TOKEN,
        }

    async def handled(self) -> None:
        await self.homeserver.read()
        await super().handled()

    async def say(self, person: str, text: str, *, id: str | None = None) -> list[Shown]:
        given = {"event_id": id} if id else {}
        return await self.send(person, "m.room.message", _text(text), **given)

    async def send_other(self, person: str, kind: str) -> list[Shown]:
        if kind == "sticker":
            return await self.send(person, "m.sticker", {"body": "a smile", "url": "mxc://a/b"})
        if kind == "reaction":
            relation = {"rel_type": "m.annotation", "event_id": "$event-1", "key": "👍"}
            return await self.send(person, "m.reaction", {"m.relates_to": relation})
        if kind == "edited":
            relation = {"rel_type": "m.replace", "event_id": "$event-1"}
            edited = {**_text("* hello"), "m.new_content": _text("hello"), "m.relates_to": relation}
            return await self.send(person, "m.room.message", edited)
        types = {"voice": "m.audio", "location": "m.location"}
        content = {"msgtype": types.get(kind, f"m.{kind}"), "body": "a name", "url": "mxc://a/b"}
        return await self.send(person, "m.room.message", content)

    async def send_picture(self, person: str, caption: str) -> list[Shown]:
        named = {"filename": "a name", "body": caption, "url": "mxc://a/b"}
        return await self.send(person, "m.room.message", {"msgtype": "m.image", **named})

    async def say_in_group(self, person: str, text: str, *, addressed: bool) -> list[Shown]:
        user = self.user_of(person)
        if GROUP not in self.homeserver.members:
            await self.homeserver.create(GROUP, user, "@somebody-else:companion.test")
        mentions = {"m.mentions": {"user_ids": [BOT]}} if addressed else {}
        return await self.send(person, "m.room.message", _text(text) | mentions, room=GROUP)

    async def say_unadmitted(self, person: str, text: str) -> list[Shown]:
        room = await self.room_of(person)
        user = f"{self.user_of(person).partition(':')[0]}:elsewhere.test"
        return await self.send(person, "m.room.message", _text(text), room=room, user=user)

    async def deliver_twice(self, person: str, text: str) -> list[Shown]:
        shown = await self.say(person, text, id="$the-same")
        return shown + await self.say(person, text, id="$the-same")

    async def send(
        self,
        person: str,
        kind: str,
        content: dict[str, Any],
        room: str = "",
        user: str = "",
        **fields: Any,
    ) -> list[Shown]:
        """Send any event to a room; what the person is shown for it."""
        room = room or await self.room_of(person)
        before = len(self.seen_by(room))
        sender = user or self.user_of(person)
        await self.homeserver.happen(room, sender, kind, content=content, **fields)
        await self.handled()
        return self.seen_by(room)[before:]

    def fail(self, times: int) -> None:
        self.homeserver.failing = times

    def traces(self, person: str) -> list[str]:
        return [person, self.user_of(person), self._room(person)]

    def seen_by(self, person: str) -> list[Shown]:
        """What stands in a person's room, or in the room itself."""
        return super().seen_by(person if person.startswith("!") else self._room(person))

    def user_of(self, person: str) -> str:
        """The user id of a person."""
        return f"@{person.lower().replace(' ', '-')}:{SERVER}"

    async def room_of(self, person: str) -> str:
        """The room of a person with the assistant, opened when it is first needed."""
        room = self._room(person)
        if room not in self.homeserver.members:
            await self.homeserver.create(room, self.user_of(person))
        return room

    def _room(self, person: str) -> str:
        return f"!room-of-{person.lower().replace(' ', '-')}:{SERVER}"

    def _sent(self, room: str, content: dict[str, Any]) -> None:
        self.show(room, Shown(content["body"]))


def _text(text: str) -> dict[str, Any]:
    return {"msgtype": "m.text", "body": text}
