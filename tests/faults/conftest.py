"""The trained assistant, loaded once for all faults."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conversations.chat import Chat, TrainedAgent, trained_agent


@pytest.fixture(scope="module")
def agent() -> Iterator[TrainedAgent]:
    """The trained assistant."""
    with trained_agent() as trained:
        yield trained


@pytest.fixture
def check(agent: TrainedAgent) -> Chat:
    """A conversation whose symptom check has asked its last question."""
    chat = Chat(agent)
    chat.says("my shoulder has been stiff and sore")
    chat.says("A few weeks")
    asked = chat.says("About the same")
    assert asked.responses == ["utter_ask_in_treatment"]
    return chat
