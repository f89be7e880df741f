"""A messaging channel mounted before a handler of the test's own, with its platform on loopback."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import pytest

from bot.channels.conversation_ids import KEY_VARIABLE
from bot.channels.messaging import sending
from bot.channels.messaging.reception import Reception
from tests.channels.counterpart import Counterpart
from tests.components.loopback import Handler, served

Platform = TypeVar("Platform", bound=Counterpart)


@asynccontextmanager
async def mounted(
    platform: Platform, handler: Handler, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Platform]:
    """The platform, delivering to its channel before a handler; nothing pauses."""
    monkeypatch.setattr(sending, "PAUSES", (0.0, 0.0, 0.0))
    monkeypatch.setenv(KEY_VARIABLE, secrets.token_hex(32))
    async with platform:
        for name, value in platform.environment.items():
            monkeypatch.setenv(name, value)
        channel: Any = platform.make()
        make, made = channel.reception, list[Reception]()

        def remembered(handle: Handler) -> Reception:
            made.append(make(handle))
            return made[-1]

        channel.reception = remembered
        async with served(channel, handler) as client:
            platform.mounted(client, made[0])
            yield platform
    assert platform.violations == []
