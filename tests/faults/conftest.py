"""The trained assistant, loaded once for all faults."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.launch.project import ROOT
from tests.conversations.chat import Chat, TrainedAgent
from tests.trained_model import trained_model


@pytest.fixture(scope="module")
def agent() -> Iterator[TrainedAgent]:
    """The trained assistant."""
    model = trained_model()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        trained = TrainedAgent(model)
        yield trained
        trained.close()


@pytest.fixture
def check(agent: TrainedAgent) -> Chat:
    """A conversation whose symptom check has asked its last question."""
    chat = Chat(agent)
    chat.says("my shoulder has been stiff and sore")
    chat.says("A few weeks")
    asked = chat.says("About the same")
    assert asked.responses == ["utter_ask_in_treatment"]
    return chat
