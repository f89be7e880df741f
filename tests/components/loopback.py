"""A channel served on this machine alone, as Rasa mounts it, in front of a made-up handler."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from itertools import count

import aiohttp
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Sanic

Handler = Callable[[UserMessage], Awaitable[None]]
_NUMBER = count()


@asynccontextmanager
async def served(channel: InputChannel, handler: Handler) -> AsyncIterator[aiohttp.ClientSession]:
    """A client of the channel; its paths are relative to the channel's prefix."""
    app = Sanic(f"loopback_{next(_NUMBER)}", configure_logging=False)
    prefix = channel.url_prefix()
    path = prefix if prefix.startswith("/") else f"/webhooks/{prefix}"
    app.blueprint(channel.blueprint(handler), url_prefix=path)
    listening = socket.create_server(("127.0.0.1", 0))
    server = await app.create_server(
        sock=listening, return_asyncio_server=True, access_log=False, asyncio_server_kwargs={}
    )
    await server.startup()
    await server.start_serving()
    address = f"http://127.0.0.1:{listening.getsockname()[1]}{path}/"
    try:
        async with aiohttp.ClientSession(address.partition(path)[0]) as client:
            yield client
    finally:
        server.close()
        await server.wait_closed()
