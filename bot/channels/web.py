"""The chat widget: its script, its words, its pages, and its messages over HTTP and socket.io."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.conversation_ids import ConversationIds, load_key
from bot.channels.desk import Desk, NotOurs
from bot.channels.guard import guarded
from bot.channels.origins import AllowedOrigins
from bot.channels.pace import Limit
from bot.channels.presentation import Presenter
from bot.channels.records import Records, RecordsError
from bot.channels.site import WidgetSite, asset, page
from bot.channels.sockets import socket_server
from bot.channels.transcript import Shelf
from bot.channels.widget_texts import widget_texts
from bot.dialogue.channel_replies import Replies
from bot.store.memory_store import OVER_AFTER

Answer = Callable[[Request, dict[str, Any]], Awaitable[dict[str, Any]]]


class WebInput(InputChannel):
    """Serves the widget and answers its messages."""

    def __init__(self, allowed_origins: AllowedOrigins, limit: Limit | None = None) -> None:
        """Let pages of these origins embed the widget, and a conversation keep this pace."""
        self._origins = allowed_origins
        self._limit = limit

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WebInput:
        """Read `allowed_origins` (or the environment's) and `at_most` from credentials.yml."""
        listed = (credentials or {}).get("allowed_origins") or ()
        return cls(AllowedOrigins.of(listed), Limit.of(credentials))

    @classmethod
    def name(cls) -> str:
        """The channel's name in events."""
        return "web"

    def url_prefix(self) -> str:
        """The widget lies at /chat/, beside Rasa's own routes."""
        return "/chat"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Routes: pages, files and words; sessions, messages, feedback and deletion."""
        desk = Desk(
            guarded(on_new_message, Replies.load(), self._limit),
            ConversationIds(load_key()),
            Presenter.load(),
            self.name(),
            # As long as the store in memory keeps a conversation, where no other time is set.
            Shelf(idle_seconds=OVER_AFTER),
        )
        widget_texts("en")
        routes = WidgetSite("web", socket_server(desk, self._origins))
        routes.add_route(page, "/")
        routes.add_route(asset, "/<name:[a-z]+\\.(?:js|css)>")
        self._add_words(routes)
        self._add_requests(routes, desk)
        return routes

    def _add_words(self, routes: Blueprint) -> None:
        @routes.get("/texts.json")
        async def texts(request: Request) -> HTTPResponse:
            language = request.args.get("lang", "").partition("-")[0].lower()
            headers = {**self._cors(request), "Cache-Control": "max-age=300"}
            return response.json(widget_texts(language), headers=headers)

    def _add_requests(self, routes: Blueprint, desk: Desk) -> None:
        async def session(_: Request, asked: dict[str, Any]) -> dict[str, Any]:
            return desk.open(asked)[1]

        async def messages(_: Request, asked: dict[str, Any]) -> dict[str, Any]:
            return await desk.say(asked)

        async def feedback(request: Request, asked: dict[str, Any]) -> dict[str, Any]:
            return {"kept": await desk.judge(asked, Records(request.app.ctx))}

        async def forget(request: Request, asked: dict[str, Any]) -> dict[str, Any]:
            return await desk.forget(asked, Records(request.app.ctx))

        for name, answer in (
            ("session", session),
            ("messages", messages),
            ("feedback", feedback),
            ("forget", forget),
        ):
            routes.add_route(self._checked(answer), f"/{name}", methods=["POST"], name=name)

    def _checked(self, answer: Answer) -> Callable[[Request], Coroutine[Any, Any, HTTPResponse]]:
        """Answer pages of allowed origins only, and tokens of this server only."""

        async def handle(request: Request) -> HTTPResponse:
            headers = {**self._cors(request), "Cache-Control": "no-store"}
            if not self._origins.allows(request.headers.get("origin"), _host(request)):
                return response.json({"refused": "origin"}, 403, headers=headers)
            body = request.json if isinstance(request.json, dict) else {}
            try:
                return response.json(await answer(request, body), headers=headers)
            except NotOurs:
                return response.json({"refused": True}, 401, headers=headers)
            except RecordsError:
                return response.json({"failed": True}, 500, headers=headers)

        return handle

    def _cors(self, request: Request) -> dict[str, str]:
        return self._origins.headers(request.headers.get("origin"), _host(request))


def _host(request: Request) -> str | None:
    return request.headers.get("x-forwarded-host") or request.headers.get("host")
