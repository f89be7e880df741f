"""Long random conversations through the whole trained assistant, checking the same promises."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tools.prove.assistant import NOT_CURATED, Assistant
from tools.prove.debt import debt_after
from tools.prove.promises import broken
from tools.prove.texts import texts

STEPS = 50
"""Turns of one conversation at most."""

PAYLOADS = (
    "/restart",
    "/back",
    "/session_start",
    "/report_symptom",
    '/inform{"symptom_duration": "x", "country": "ie"}',
    "/symptom_check_form",
    "start over",
    "stop",
    "never mind",
    "skip",
    "not sure",
    "goodbye",
)
_numbers = itertools.count(1)


class Walk:
    """What the random conversations share: the assistant, the texts, and how far they came."""

    def __init__(self, root: Path) -> None:
        """Load the assistant and the texts."""
        self.assistant = Assistant(root / "data")
        self.texts = texts(root)
        self.turns = 0

    def go(self, turns: int, first_seed: int = 1) -> None:
        """Hold conversations until so many turns were made.

        Raises:
            AssertionError: a promise was broken; the shortest conversation found is printed.
        """
        machine = self.machine()
        for number in itertools.count(first_seed):
            if self.turns >= turns:
                return
            # The first conversation that Hypothesis holds is the shortest one: never one alone.
            most = max(10, min(100, (turns - self.turns) // STEPS))
            # Hypothesis leaves this one function without types.
            hold: Any = run_state_machine_as_test
            hold(seed(number)(machine), settings=_settings(most))

    def machine(self) -> type[RuleBasedStateMachine]:
        """The rules of a conversation with this assistant."""
        return type("Conversation", (Conversation,), {"walk": self})


def _settings(most: int) -> Any:
    return settings(
        max_examples=most,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )


class Conversation(RuleBasedStateMachine):
    """One conversation: the person says, presses, waits; the action server comes and goes."""

    walk: Walk

    def __init__(self) -> None:
        """Begin with nothing said."""
        super().__init__()
        self.sender = f"walk-{next(_numbers)}"
        self.owed = False
        self.check_open = False
        self.choices: Sequence[str] = ()
        self.walk.assistant.actions.running = True

    @rule(position=st.integers(min_value=0, max_value=10**6))
    def says(self, position: int) -> None:
        """The person says something of the pool."""
        self._say(self.walk.texts[position % len(self.walk.texts)])

    @rule(typed=st.sampled_from(PAYLOADS))
    def types(self, typed: str) -> None:
        """The person types what is, or looks like, a command."""
        self._say(typed)

    @precondition(lambda self: self.choices)
    @rule(position=st.integers(min_value=0, max_value=2), by_number=st.booleans())
    def chooses(self, position: int, by_number: bool) -> None:
        """The person presses an offered button, or types its number."""
        position %= len(self.choices)
        self._say(str(position + 1) if by_number else self.choices[position])

    @rule()
    def waits(self) -> None:
        """The session grows old."""
        self.walk.assistant.expire(self.sender)
        self.check_open = False

    @rule(running=st.booleans())
    def action_server(self, running: bool) -> None:
        """The action server goes down or comes back."""
        self.walk.assistant.actions.running = running

    def _say(self, text: str) -> None:
        turn, self.choices = self.walk.assistant.say(text, self.sender, self.check_open)
        self.walk.turns += 1
        faults = list(broken(turn, self.owed))
        if NOT_CURATED in turn.uttered:
            faults.append("Curated only: a text that is no curated response was sent")
        assert not faults, f"{turn.stimulus}\n-> {turn.uttered}\n{faults}"
        self.owed = debt_after(self.owed, turn)
        self.check_open = turn.check_is_open
