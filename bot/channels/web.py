"""The chat page and the messages it sends: `/chat/`."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.guard import Replies, guarded, new_conversation_id
from bot.channels.pace import Limit

PAGE = Path(__file__).resolve().parents[1] / "widget"
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}
_TYPES = {".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css"}
_ID = re.compile(rf"[0-9a-f]{{{len(new_conversation_id())}}}")


class WholeMessages(CollectingOutputChannel):
    """Collects responses whole: text, sources and buttons of one response stay together."""

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        """Keep a text as it is; the parent cuts it at empty lines."""
        await self._persist_message(self._message(recipient_id, text=text))


class WebInput(InputChannel):
    """Serves the chat page and answers its messages."""

    def __init__(self, limit: Limit | None = None) -> None:
        """Let a conversation send at most so many messages."""
        self._limit = limit

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WebInput:
        """The channel with the limit that credentials.yml sets."""
        return cls(Limit.of(credentials))

    @classmethod
    def name(cls) -> str:
        """The channel's name in events."""
        return "web"

    def url_prefix(self) -> str:
        """The page lies at /chat/, beside Rasa's own routes."""
        return "/chat"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Routes: the page, its files, and the messages."""
        routes = Blueprint("web")
        handle = guarded(on_new_message, Replies.load(), self._limit)

        @routes.get("/")
        async def page(request: Request) -> HTTPResponse:
            # Without the slash at the end the page would look for its files beside /chat.
            if not request.path.endswith("/"):
                return response.redirect(f"{self.url_prefix()}/")
            return _file("index.html")

        @routes.get("/<name:(chat\\.js|chat\\.css)>")
        async def asset(_: Request, name: str) -> HTTPResponse:
            return _file(name)

        @routes.post("/messages")
        async def messages(request: Request) -> HTTPResponse:
            body = request.json if isinstance(request.json, dict) else {}
            conversation = _conversation(body.get("conversation"))
            collector = WholeMessages()
            text = body.get("text")
            text = text if isinstance(text, str) else ""
            await handle(UserMessage(text, collector, conversation, input_channel=self.name()))
            return response.json({"conversation": conversation, "messages": collector.messages})

        return routes


def _file(name: str) -> HTTPResponse:
    path = PAGE / name
    content = path.read_bytes()
    return response.raw(content, content_type=_TYPES[path.suffix], headers=_HEADERS)


def _conversation(given: object) -> str:
    """The id that this server gave out before, or a new one."""
    if isinstance(given, str) and _ID.fullmatch(given):
        return given
    return new_conversation_id()
