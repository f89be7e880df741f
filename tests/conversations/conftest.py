"""Conversations go through a trained model, which is loaded once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.launch.project import ROOT
from tests.conversations.chat import Chat, TrainedAgent
from tests.trained_model import trained_model


@pytest.fixture(scope="session")
def agent() -> Iterator[TrainedAgent]:
    """The trained assistant, loaded once for all conversations."""
    model = trained_model()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        trained = TrainedAgent(model)
        yield trained
        trained.close()


@pytest.fixture
def chat(agent: TrainedAgent) -> Chat:
    """A new conversation."""
    return Chat(agent)
