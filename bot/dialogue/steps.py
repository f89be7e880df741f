"""One step of a plan: an action to run and the slots to set with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Step:
    """An action by its name, and slot values that are set just before it runs."""

    action: str
    slots: Mapping[str, object] = field(default_factory=dict)


def steps(*actions: str) -> list[Step]:
    """Steps that set nothing."""
    return [Step(action) for action in actions]


RULES_DECIDE = Step("")
"""Stands for: nothing is planned, Rasa's own rules decide."""
