"""The stub of a platform's sending API: a small server on loopback that can be down."""

from __future__ import annotations

import socket
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class SendingApi:
    """Serves handlers; for the next calls it may answer that it is down."""

    def __init__(self, routes: dict[str, Handler]) -> None:
        """Serve these handlers of POST by path."""
        self.failing = 0
        self.url = ""
        app = web.Application(middlewares=[self._down])
        app.add_routes([web.post(path, handler) for path, handler in routes.items()])
        self._runner = web.AppRunner(app)

    async def __aenter__(self) -> SendingApi:
        """Listen on a free port."""
        await self._runner.setup()
        listening = socket.create_server(("127.0.0.1", 0))
        await web.SockSite(self._runner, listening).start()
        self.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        return self

    async def __aexit__(self, *_: Any) -> None:
        """Stop listening."""
        await self._runner.cleanup()

    @web.middleware
    async def _down(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if self.failing:
            self.failing -= 1
            return web.json_response({"message": "down"}, status=503)
        return await handler(request)
