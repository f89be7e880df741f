"""The Matrix channel before a made-up handler, with a stub of a homeserver."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from bot.channels.matrix import listener
from bot.channels.matrix.channel import MatrixInput
from bot.channels.messaging import sending
from tests.channels.counterparts.matrix import SERVER, Matrix
from tests.channels.mounting import mounted
from tests.components.loopback import Recorder

ANN = f"@ann:{SERVER}"


@pytest.fixture(autouse=True)
def without_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMPANION_CONVERSATION_KEY", "k" * 32)
    monkeypatch.setattr(sending, "PAUSES", (0.0, 0.0, 0.0))
    monkeypatch.setattr(listener, "PAUSES", (0.01,))


@pytest.fixture
async def platform() -> AsyncIterator[Matrix]:
    """A homeserver where nobody has written yet."""
    async with Matrix() as matrix:
        assert isinstance(matrix, Matrix)
        yield matrix
    assert matrix.violations == []


@asynccontextmanager
async def running(platform: Matrix, **changed: str) -> AsyncIterator[Recorder]:
    """The channel before a made-up handler, with some variables changed."""
    recorder = Recorder()
    async with mounted(platform, MatrixInput({**platform.environment, **changed}), recorder):
        yield recorder


def heard(recorder: Recorder) -> list[str]:
    """The texts that reached the assistant."""
    return [str(message.text) for message in recorder.messages]


async def until(condition: Callable[[], object]) -> None:
    """Wait until something is so."""

    async def is_so() -> None:
        while not condition():
            await asyncio.sleep(0.01)

    await asyncio.wait_for(is_so(), 10)


async def is_up(platform: Matrix) -> bool:
    """Whether the server that the channel is mounted on answers."""
    async with platform.client.get("/up") as answer:
        return answer.status == 200
