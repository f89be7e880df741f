"""The files of the widget and its two pages, served with headers that let nothing else in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse
from socketio import AsyncServer

from bot.channels.sockets import PATH

FOLDER = Path(__file__).resolve().parents[1] / "widget"
PAGE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}
# The script is what other origins embed: it may cross them, and it says nothing secret.
_ASSET_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_ASSETS = {"widget.js": "text/javascript; charset=utf-8", "page.css": "text/css; charset=utf-8"}


class WidgetSite(Blueprint):
    """Routes that bring the socket.io server and the page at `/` with them when mounted."""

    def __init__(self, name: str, sockets: AsyncServer) -> None:
        """Mount this socket.io server beside the routes."""
        super().__init__(name)
        self.ctx.sockets = sockets

    def register(self, app: Sanic, options: dict[str, Any]) -> None:
        """Mount everything. Rasa holds the route `/`, so the page is put in front of it."""
        self.ctx.sockets.attach(app, PATH)
        app.register_middleware(_home_for_browsers, "request")
        super().register(app, options)  # type: ignore[no-untyped-call]


async def page(request: Request) -> HTTPResponse:
    """The chat on a page of its own."""
    # Without the slash at the end the page would look for its files beside /chat.
    if not request.path.endswith("/"):
        return response.redirect(f"{request.path}/")
    return _file("chat.html", "text/html; charset=utf-8", PAGE_HEADERS)


async def asset(_: Request, name: str) -> HTTPResponse:
    """The built widget or the style of the pages."""
    if name not in _ASSETS:
        return response.empty(404)
    return _file(name, _ASSETS[name], _ASSET_HEADERS)


async def _home_for_browsers(request: Request) -> HTTPResponse | None:
    """The demo page at `/`; whoever does not ask for a page gets Rasa's own answer there."""
    wants_page = "text/html" in request.headers.get("accept", "")
    if request.path != "/" or request.method not in {"GET", "HEAD"} or not wants_page:
        return None
    return _file("index.html", "text/html; charset=utf-8", PAGE_HEADERS)


def _file(name: str, kind: str, headers: dict[str, str]) -> HTTPResponse:
    return response.raw((FOLDER / name).read_bytes(), content_type=kind, headers=headers)
