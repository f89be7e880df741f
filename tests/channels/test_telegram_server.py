"""A conversation through a Telegram server that others wrote: the npm package telegram-test-api."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import shutil
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.channels.conversation_ids import KEY_VARIABLE
from bot.channels.messaging.reception import Reception
from bot.channels.telegram import TelegramInput
from bot.launch.ports import HOST, free_port
from tests.channels.counterpart import Shown
from tests.channels.telegram_stub import values
from tests.channels.test_promises import ANSWERS, QUESTION, SYMPTOM
from tests.channels.wordings import EMERGENCY, ESCALATION, GREETING, everything, is_response
from tests.components.loopback import served
from tests.conversations.chat import TrainedAgent

pytestmark = pytest.mark.model

SERVER = Path(__file__).parent / "telegram_test_server"
TOKEN = f"666:{'A' * 35}"
PATIENCE = 20.0
"""Seconds for whatever the server is asked."""


class WatchedInput(TelegramInput):  # type: ignore[misc]
    """The channel, with its way in kept: the test knows when everything is answered."""

    way_in: Reception

    def reception(self, handle: Any) -> Reception:
        self.way_in = super().reception(handle)
        return self.way_in


class Person:
    """Someone who chats with the bot through that server."""

    def __init__(self, process: asyncio.subprocess.Process, channel: WatchedInput) -> None:
        self._process = process
        self._channel = channel

    async def does(self, what: str, words: str = "") -> list[Shown]:
        """Write, send a command or press a button; what the person then sees."""
        await self.ask(what, words)
        await self._channel.way_in.finish()
        return [Shown(seen["text"], _titles(seen)) for seen in await self.ask("sees")]

    async def ask(self, what: str, words: str = "") -> Any:
        """Tell the server's program what to do, and return what that brought."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{json.dumps([what, words])}\n".encode())
        return await _line(self._process)

    async def waits_for_the_webhook(self) -> None:
        """Nothing can be delivered before the channel has said where to."""
        while await self.ask("webhook") is None:
            await asyncio.sleep(0.02)


def _titles(seen: dict[str, Any]) -> tuple[str, ...]:
    rows = seen.get("reply_markup", {}).get("inline_keyboard", [])
    return tuple(button["callback_data"] for row in rows for button in row)


async def _line(process: asyncio.subprocess.Process) -> Any:
    assert process.stdout is not None
    line = await asyncio.wait_for(process.stdout.readline(), PATIENCE)
    assert line, "The server's program has ended."
    return json.loads(line)


@asynccontextmanager
async def _telegram_server(port: int) -> AsyncIterator[asyncio.subprocess.Process]:
    arguments = ("node", "person.cjs", str(port), TOKEN)
    process = await asyncio.create_subprocess_exec(*arguments, cwd=SERVER, stdin=PIPE, stdout=PIPE)
    try:
        assert await _line(process) == "ready"
        yield process
    finally:
        process.kill()
        await process.wait()


@pytest.fixture
async def person(agent: TrainedAgent, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Person]:
    """Someone who has not written yet; the webhook is registered."""
    missing = ""
    if shutil.which("node") is None:
        missing = "Node is missing (on Debian: apt-get install npm)."
    elif not (SERVER / "node_modules").is_dir():
        missing = "The Telegram server is not installed: run scripts/telegram_test_server.sh."
    if missing:
        pytest.fail(missing, pytrace=False) if os.environ.get("CI") else pytest.skip(missing)
    # The person has the same number each time; with a new key the conversation is a new one.
    monkeypatch.setenv(KEY_VARIABLE, secrets.token_hex(32))
    api, own = free_port(), free_port()
    own_url = f"http://{HOST}:{own}/webhooks/telegram/webhook"
    channel = WatchedInput(values(f"http://{HOST}:{api}", TOKEN=TOKEN, URL=own_url))
    async with _telegram_server(api) as process, served(channel, agent.handle, agent.rasa, own):
        someone = Person(process, channel)
        await someone.waits_for_the_webhook()
        yield someone


async def test_a_whole_conversation_with_a_symptom_check_by_buttons(person: Person) -> None:
    [greeting] = await person.does("commands", "/start")
    assert is_response(greeting, GREETING)
    assert "National Cancer Institute" in everything(await person.does("says", QUESTION))
    shown = await person.does("says", SYMPTOM)
    for title in ANSWERS:
        assert title in shown[-1].buttons
        shown = await person.does("presses", title)
    assert is_response(shown[-1], ESCALATION)
    assert SYMPTOM in everything(shown)


async def test_an_emergency_in_the_middle_of_the_check_comes_first(person: Person) -> None:
    await person.does("says", SYMPTOM)
    shown = await person.does("says", "i can't breathe")
    assert is_response(shown[0], EMERGENCY)
    assert is_response(shown[-1], ESCALATION)
