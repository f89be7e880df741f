"""One message of a person at a time, in order, and nobody polls."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from rasa.core.lock_store import LockError, LockStore
from rasa.core.utils import AvailableEndpoints
from rasa.shared.exceptions import RasaException

from bot.store.lock_store import PromptLockStore
from tests.components.conftest import ROOT


@pytest.fixture
def store() -> PromptLockStore:
    """A store with nobody in it."""
    return PromptLockStore()


async def test_messages_of_one_person_are_handled_in_order(store: PromptLockStore) -> None:
    handled: list[str] = []

    async def handle(name: str) -> None:
        async with store.lock("ann"):
            handled.append(f"{name} begins")
            await asyncio.sleep(0)
            handled.append(f"{name} ends")

    await asyncio.gather(*map(handle, "abc"))
    assert handled == [f"{name} {what}" for name in "abc" for what in ("begins", "ends")]


async def test_the_next_message_is_woken_and_does_not_sleep(
    store: PromptLockStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    monkeypatch.setattr(asyncio, "sleep", slept.append)

    async def handle() -> None:
        async with store.lock("ann"):
            await asyncio.get_running_loop().run_in_executor(None, int)

    await asyncio.gather(handle(), handle())
    assert slept == []


async def test_another_person_does_not_wait(store: PromptLockStore) -> None:
    async with store.lock("ann"), store.lock("bob"):
        pass


async def test_whoever_waits_too_long_is_told(store: PromptLockStore) -> None:
    async with store.lock("ann"):
        with pytest.raises(LockError):
            async with store.lock("ann", lock_lifetime=0.01):
                pass
    async with store.lock("ann", lock_lifetime=0.01):
        pass


async def test_a_message_that_fails_does_not_lock_the_person_out(store: PromptLockStore) -> None:
    with pytest.raises(ZeroDivisionError):
        async with store.lock("ann"):
            raise ZeroDivisionError
    async with store.lock("ann", lock_lifetime=0.01):
        pass


async def test_nothing_is_kept_of_who_is_served(store: PromptLockStore) -> None:
    async with store.lock("ann"):
        pass
    assert store._queues == {}


def test_the_endpoints_of_the_project_name_it() -> None:
    endpoints = AvailableEndpoints.read_endpoints(str(Path(ROOT) / "endpoints.yml"))
    assert isinstance(LockStore.create(endpoints.lock_store), PromptLockStore)


def test_several_processes_that_could_not_keep_order_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SANIC_WORKERS", "2")
    with pytest.raises(RasaException, match="SANIC_WORKERS must be 1"):
        PromptLockStore()
