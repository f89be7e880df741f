"""What the tests of the dialogue share: the real knowledge, loaded once, and a chat over it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
import yaml

from bot.dialogue.offers import Offers
from bot.dialogue.world import World
from tests.unit.dialogue.chat import Chat

DATA = Path(__file__).parents[3] / "data"


@pytest.fixture(scope="session")
def world() -> World:
    """All that the planner knows, over the real data."""
    return World.load(DATA)


@pytest.fixture(scope="session")
def offers() -> Offers:
    """The offered choices, over the real data."""
    return Offers.load(DATA)


@pytest.fixture(scope="session")
def buttons() -> Mapping[str, Sequence[str]]:
    """What the buttons of the symptom check's questions send."""
    path = DATA / "responses" / "symptom_check.yml"
    responses = yaml.safe_load(path.read_text(encoding="utf-8"))["responses"]
    return {
        name: [button["payload"] for button in variations[0].get("buttons", ())]
        for name, variations in responses.items()
    }


@pytest.fixture
def chat(world: World, offers: Offers, buttons: Mapping[str, Sequence[str]]) -> Chat:
    """A conversation that has just begun."""
    return Chat(world, offers, buttons)


@pytest.fixture
def check(chat: Chat) -> Chat:
    """A conversation whose symptom check has asked how long."""
    chat.say("my hip aches", "report_symptom", verdict="symptom")
    return chat
