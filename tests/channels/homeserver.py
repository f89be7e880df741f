"""A stub of a Matrix homeserver, with the assistant's account.

It answers what https://spec.matrix.org/v1.15/client-server-api/ documents of the requests that the
assistant makes. A real one is in tests/e2e/matrix.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from typing import Any

from aiohttp import web

from tests.channels.rooms import BOT, Event, Rooms

TOKEN = "the-access-token"
LARGEST_EVENT = 65_536
ALLOWED_FIELDS = {"msgtype", "body", "m.mentions", "m.relates_to"}
API = "/_matrix/client/v3"


class Homeserver(Rooms):
    """Speaks the protocol of clients on a port of this machine."""

    def __init__(self, shown: Callable[[str, Event], None]) -> None:
        """Tell `shown` the room and the content of what the assistant sends."""
        super().__init__()
        self.failing = 0
        """How many of the next messages are not taken."""
        self.losing = 0
        """How many of the next messages are taken without a receipt."""
        self.refusals: list[tuple[str, int, Event]] = []
        """What the next requests get instead of an answer: code, status, other fields."""
        self.violations: list[str] = []
        self.url = ""
        self._shown = shown
        self._taken: dict[str, tuple[Event, str]] = {}
        room = f"{API}/rooms/{{room}}"
        app = web.Application(middlewares=[self._authorised])
        app.add_routes(
            [
                web.get(f"{API}/account/whoami", self._whoami),
                web.get(f"{API}/profile/{{user}}/displayname", self._name),
                web.get(f"{API}/sync", self._sync),
                web.post(f"{API}/join/{{room}}", self._join),
                web.post(f"{room}/leave", self._leave),
                web.post(f"{room}/forget", self._forget),
                web.get(f"{room}/joined_members", self._joined),
                web.get(f"{room}/event/{{event}}", self._event),
                web.put(f"{room}/send/m.room.message/{{key}}", self._send),
            ]
        )
        self._runner = web.AppRunner(app, access_log=None)

    async def start(self, port: int = 0) -> None:
        """Listen on a port, or on a free one."""
        await self._runner.setup()
        listening = socket.create_server(("127.0.0.1", port))
        await web.SockSite(self._runner, listening).start()
        self.url = f"http://127.0.0.1:{listening.getsockname()[1]}"

    async def stop(self) -> None:
        """Stop listening."""
        await self.let_go()
        await self._runner.cleanup()

    @web.middleware
    async def _authorised(self, request: web.Request, handler: Any) -> web.StreamResponse:
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return _error("M_UNKNOWN_TOKEN", 401)
        if self.refusals and not request.path.endswith("/sync"):
            return _error(*self.refusals.pop(0))
        answer: web.StreamResponse = await handler(request)
        return answer

    async def _whoami(self, _: web.Request) -> web.Response:
        return web.json_response({"user_id": BOT, "device_id": "DEVICE"})

    async def _name(self, _: web.Request) -> web.Response:
        return web.json_response({"displayname": "Cancer Companion"})

    async def _joined(self, request: web.Request) -> web.Response:
        joined: dict[str, Event] = {user: {} for user in self.members[request.match_info["room"]]}
        return web.json_response({"joined": joined})

    async def _event(self, request: web.Request) -> web.Response:
        wanted = request.match_info["event"]
        found = [event for _, event in self.stream if event["event_id"] == wanted]
        return web.json_response(found[0]) if found else _error("M_NOT_FOUND", 404)

    async def _join(self, request: web.Request) -> web.Response:
        await self.put(request.match_info["room"], BOT, BOT, "join")
        return web.json_response({"room_id": request.match_info["room"]})

    async def _leave(self, request: web.Request) -> web.Response:
        await self.put(request.match_info["room"], BOT, BOT, "leave")
        return web.json_response({})

    async def _forget(self, _: web.Request) -> web.Response:
        return web.json_response({})

    async def _sync(self, request: web.Request) -> web.Response:
        since = request.query.get("since", f"s{len(self.stream)}")
        if not since.removeprefix("s").isdigit():
            return _error("M_UNKNOWN", 400)
        start = int(since.removeprefix("s"))
        return web.json_response(await self.news_after(start, wait="since" in request.query))

    async def _send(self, request: web.Request) -> web.Response:
        if self.failing:
            self.failing -= 1
            return _error("M_UNKNOWN", 503)
        room, key = request.match_info["room"], request.match_info["key"]
        content: Event = json.loads(await request.text())
        known = self._taken.get(key)
        if found := self._faults(room, content, known[0] if known else content):
            self.violations += found
            return _error("M_FORBIDDEN", 403)
        if known is None:
            event_id = await self.add(room, BOT, "m.room.message", content=content)
            self._taken[key] = (content, event_id)
            self._shown(room, content)
        if self.losing:
            self.losing -= 1
            return _error("M_UNKNOWN", 504)
        return web.json_response({"event_id": self._taken[key][1]})

    def _faults(self, room: str, content: Event, same_key: Event) -> list[str]:
        event = {"type": "m.room.message", "sender": BOT, "room_id": room, "content": content}
        size = len(json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode())
        faults = {
            "a room that it has not joined": BOT not in self.members.get(room, ()),
            "unknown fields": set(content) - ALLOWED_FIELDS,
            "no notice": content.get("msgtype") != "m.notice",
            "no text": not str(content.get("body", "")).strip(),
            "an event that is too large": size > LARGEST_EVENT,
            "another message with the same key": content != same_key,
        }
        return [fault for fault, is_so in faults.items() if is_so]


def _error(code: str, status: int, more: Event | None = None) -> web.Response:
    body = {"errcode": code, "error": "an explanation", **(more or {})}
    return web.json_response(body, status=status)
