"""A messaging channel as an owner opens it: variables set, `python -m bot.launch run`."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from bot.launch.ports import ACTION_PORT_VARIABLE, PORT_VARIABLE, free_port
from tests.channels.counterparts.sms import Sms
from tests.channels.wordings import EMERGENCY, ESCALATION, is_response
from tests.e2e.conftest import running

pytestmark = pytest.mark.model

PATIENCE = 30.0
"""Seconds until an answer must have come."""


async def test_a_channel_whose_variables_are_set_is_open_and_answers() -> None:
    ports = {PORT_VARIABLE: str(free_port()), ACTION_PORT_VARIABLE: str(free_port())}
    async with Sms() as platform:
        with running({**ports, **platform.environment}) as origin:
            async with aiohttp.ClientSession(origin) as client:
                platform.mounted(client, None)
                assert await platform.post("Ann", "i can't breathe", signature="wrong") == 403
                assert await platform.post("Ann", "i can't breathe", signature="right") == 204
                await asyncio.wait_for(_shown(platform, 2), PATIENCE)
    first, last = platform.seen_by("Ann")
    assert is_response(first, EMERGENCY)
    assert is_response(last, ESCALATION)
    assert platform.violations == []


async def _shown(platform: Sms, messages: int) -> None:
    while len(platform.seen_by("Ann")) < messages:
        await asyncio.sleep(0.05)
