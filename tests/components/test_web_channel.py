"""The chat page and its messages, asked over HTTP."""
from __future__ import annotations

import pytest
from rasa.core.channels.channel import UserMessage

from bot.channels.web import PAGE, WebInput
from tests.components.loopback import served


async def echo(message: UserMessage) -> None:
    await message.output_channel.send_response(message.sender_id, {"text": f"You said {message.text}", "utter_action": "utter_x"})

async def test_x():
    async with served(WebInput(), echo) as client:
        async with client.get("/chat/") as r:
            print(r.status, dict(r.headers))
        async with client.post("/chat/messages", json={"text": "/hi"}) as r:
            print(await r.json())
