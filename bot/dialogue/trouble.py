"""What is done about a message that could not be planned for: a fixed order without a planner."""

from __future__ import annotations

from collections.abc import Collection

from bot.dialogue.names import LISTEN, TELL_PROVIDER, TROUBLE
from bot.dialogue.steps import Step

IN_TROUBLE = (TROUBLE, TELL_PROVIDER)
"""The calm reply with the emergency route, then the escalation."""


def step_in_trouble(done: Collection[str]) -> Step:
    """The next of the fixed steps, after those that were `done` for the message already."""
    return next((Step(name) for name in IN_TROUBLE if name not in done), Step(LISTEN))
