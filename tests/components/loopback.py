"""A channel served on this machine alone, as Rasa mounts it, in front of a made-up handler."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from itertools import count
from typing import Any

import aiohttp
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

Handler = Callable[[UserMessage], Awaitable[None]]
EMERGENCY_ROUTE, ESCALATION = "local emergency number", "tell your healthcare provider"
"""What whoever is failed must still be told."""
_NUMBER = count()

# Sanic rewrites its own methods when it starts; only so can it start twice in one process.
Sanic.test_mode = True


async def _is_up(_: Request) -> HTTPResponse:
    return response.text("up")


@asynccontextmanager
async def served(
    channel: InputChannel, handler: Handler, agent: object = None, port: int = 0
) -> AsyncIterator[aiohttp.ClientSession]:
    """A client of the server that the channel is mounted on, with Rasa's agent in its context.

    The port is a free one unless it is given.
    """
    app = Sanic(f"loopback_{next(_NUMBER)}", configure_logging=False)
    app.ctx.agent = agent
    # Rasa has routes of its own; a server without any cannot even say that something is missing.
    app.add_route(_is_up, "/up")
    prefix = channel.url_prefix()
    path = prefix if prefix.startswith("/") else f"/webhooks/{prefix}"
    app.blueprint(channel.blueprint(handler), url_prefix=path)
    listening = socket.create_server(("127.0.0.1", port))
    server: Any = await app.create_server(
        sock=listening, return_asyncio_server=True, access_log=False
    )
    await server.startup()
    await server.before_start()
    await server.start_serving()
    await server.after_start()
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    try:
        async with aiohttp.ClientSession(address) as client:
            yield client
    finally:
        await server.before_stop()
        server.close()
        await server.wait_closed()
        await server.after_stop()


class Recorder:
    """A handler that keeps the messages it gets and answers each with a curated response."""

    def __init__(self, text: str = "An answer.") -> None:
        self.messages: list[UserMessage] = []
        self._text = text

    async def __call__(self, message: UserMessage) -> None:
        self.messages.append(message)
        response = {"text": self._text, "utter_action": "utter_greet"}
        await message.output_channel.send_response(message.sender_id, response)


async def fail(_: UserMessage) -> None:
    """A handler that raises."""
    raise ZeroDivisionError("what the person typed")


async def stay_silent(_: UserMessage) -> None:
    """A handler that answers nothing."""


async def send_free_text(message: UserMessage) -> None:
    """A handler that answers with what is no curated response."""
    await message.output_channel.send_response(message.sender_id, {"text": "free text"})
