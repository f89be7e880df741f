"""Every channel served on this machine alone, in front of the trained assistant."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from bot.channels.conversation_ids import KEY_VARIABLE
from bot.channels.messaging import sending
from bot.channels.messaging.reception import Reception
from bot.launch.programs import SERVER_LIMITS
from tests.channels.counterpart import Counterpart
from tests.channels.registry import COUNTERPARTS
from tests.components.loopback import served
from tests.conversations.chat import TrainedAgent, trained_agent

BODY_LIMIT = "SANIC_REQUEST_MAX_SIZE"


@pytest.fixture(scope="session")
def agent() -> Iterator[TrainedAgent]:
    """The trained assistant, loaded once for all channels."""
    with trained_agent() as trained:
        yield trained


@pytest.fixture
async def platform(
    request: pytest.FixtureRequest, agent: TrainedAgent, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Counterpart]:
    """A platform whose channel is mounted; nobody has written yet."""
    monkeypatch.setattr(sending, "PAUSES", (0.0, 0.0, 0.0))
    # With a new key every conversation is a new one.
    monkeypatch.setenv(KEY_VARIABLE, secrets.token_hex(32))
    monkeypatch.setenv(BODY_LIMIT, SERVER_LIMITS[BODY_LIMIT])
    agent.conversations.clear()
    async with COUNTERPARTS[request.param]() as counterpart:
        for name, value in counterpart.environment.items():
            monkeypatch.setenv(name, value)
        channel = counterpart.make()
        receptions = _receptions_of(channel, monkeypatch)
        async with served(channel, agent.handle, agent.rasa) as client:
            counterpart.mounted(client, receptions[0] if receptions else None)
            yield counterpart
    assert counterpart.violations == []


def _receptions_of(channel: Any, monkeypatch: pytest.MonkeyPatch) -> list[Reception]:
    """The receptions that a channel is going to make."""
    made: list[Reception] = []
    if hasattr(channel, "reception"):
        make = channel.reception

        def remembered(handle: Any) -> Reception:
            made.append(make(handle))
            return made[-1]

        monkeypatch.setattr(channel, "reception", remembered)
    return made
