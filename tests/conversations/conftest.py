"""Conversations go through a trained model, which is loaded once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conversations.chat import Chat, TrainedAgent, trained_agent


@pytest.fixture(scope="session")
def agent() -> Iterator[TrainedAgent]:
    """The trained assistant, loaded once for all conversations."""
    with trained_agent() as trained:
        yield trained


@pytest.fixture
def chat(agent: TrainedAgent) -> Chat:
    """A new conversation."""
    return Chat(agent)
