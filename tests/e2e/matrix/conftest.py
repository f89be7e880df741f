"""The assistant as `make run` starts it, with an account on a real homeserver of this machine."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from bot.channels.matrix.position import DIRECTORY
from bot.launch.ports import ACTION_PORT_VARIABLE, PORT_VARIABLE, free_port
from bot.launch.project import ROOT
from tests.e2e.conftest import running
from tests.e2e.matrix.person import Person, logged_in
from tests.e2e.matrix.synapse import SERVER, Account, Synapse, running_synapse

PEOPLE = ("ann", "ben", "cleo", "dora", "another-bot")
"""Who may talk to the assistant; Eve has an account and may not."""

_numbers = itertools.count(1)


@dataclass(frozen=True)
class World:
    """A homeserver, those who have an account there, and the assistant's account."""

    homeserver: Synapse
    accounts: dict[str, Account]
    companion: Account


@pytest.fixture(scope="session")
def homeserver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Synapse]:
    """Synapse, with nobody there."""
    with running_synapse(tmp_path_factory.mktemp("synapse")) as synapse:
        yield synapse


@pytest.fixture(scope="session")
def accounts(homeserver: Synapse) -> dict[str, Account]:
    """The people of the tests, by name."""
    return {name: homeserver.register(name) for name in (*PEOPLE, "eve")}


@pytest.fixture(scope="session")
def world(homeserver: Synapse, accounts: dict[str, Account]) -> Iterator[World]:
    """Everybody, with the assistant running."""
    companion = homeserver.register("companion")
    with kept_nowhere(companion), assistant_of(homeserver, companion):
        yield World(homeserver, accounts, companion)


@pytest.fixture
async def ann(world: World) -> AsyncIterator[Person]:
    """Somebody who may talk to the assistant, at her client."""
    async with logged_in(world.homeserver.url, world.accounts["ann"]) as person:
        yield person


@pytest.fixture
async def room(ann: Person, world: World) -> str:
    """A new room of Ann with the assistant, which is a new conversation."""
    return await ann.opens_room_with(world.companion.user)


@contextmanager
def assistant_of(homeserver: Synapse, account: Account) -> Iterator[str]:
    """The assistant, started with the variables that the documentation names; its origin."""
    variables = {
        PORT_VARIABLE: str(free_port()),
        ACTION_PORT_VARIABLE: str(free_port()),
        "COMPANION_MATRIX_HOMESERVER": homeserver.url,
        "COMPANION_MATRIX_USER": account.user,
        "COMPANION_MATRIX_TOKEN": account.token,
        "COMPANION_MATRIX_ALLOWED": ", ".join(f"@{name}:{SERVER}" for name in PEOPLE),
    }
    with running(variables) as origin:
        yield origin


@contextmanager
def kept_nowhere(account: Account) -> Iterator[None]:
    """Without the mark that an earlier homeserver of the same name gave, and leaving none."""
    mark = ROOT / DIRECTORY / hashlib.sha256(account.user.encode()).hexdigest()[:16]
    mark.unlink(missing_ok=True)
    try:
        yield
    finally:
        mark.unlink(missing_ok=True)
