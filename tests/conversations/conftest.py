"""Conversations go through a trained model, which is loaded once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.launch.project import MODEL, ROOT
from tests.conversations.chat import Chat, TrainedAgent

MODEL_VARIABLE = "COMPANION_MODEL"


@pytest.fixture(scope="session")
def model() -> Path:
    """The trained model: what `make train` writes, or the one that COMPANION_MODEL names."""
    path = ROOT / os.environ.get(MODEL_VARIABLE, MODEL)
    if not path.is_file():
        pytest.fail(
            f"There is no trained model at {path}: run `make train`, "
            f"or set {MODEL_VARIABLE} to another model.",
            pytrace=False,
        )
    return path


@pytest.fixture(scope="session")
def agent(model: Path) -> Iterator[TrainedAgent]:
    """The trained assistant, loaded once for all conversations."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        trained = TrainedAgent(model)
        yield trained
        trained.close()


@pytest.fixture
def chat(agent: TrainedAgent) -> Chat:
    """A new conversation."""
    return Chat(agent)
