"""How every symptom check begins and ends."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conversations.chat import Chat, TrainedAgent

SYMPTOM = "My elbow has been aching"
END = [
    "utter_appointment_note",
    "utter_symptom_not_proof",
    "utter_contact_routine",
    "utter_tell_healthcare_provider",
]
"""The end of a check in which no urgent sign was told."""


@pytest.fixture
def open_check(chat: Chat) -> Chat:
    """A conversation in which a symptom was just reported."""
    assert chat.says(SYMPTOM).responses == ["utter_symptom_heard", "utter_ask_symptom_duration"]
    return chat


@pytest.fixture
def action_server_down(agent: TrainedAgent) -> Iterator[None]:
    """For one test, no connection to the action server."""
    agent.actions.running = False
    yield
    agent.actions.running = True
