"""A counterexample as a conversation that people can read."""

from __future__ import annotations

from tools.prove.replay import Difference
from tools.prove.search import Counterexample


def conversation(found: Counterexample) -> str:
    """The conversation, what the assistant did in it, and what is wrong with its last turn."""
    lines = []
    for turn in found.turns:
        lines.append(f"  person     {turn.stimulus}")
        if turn.stimulus.said is not None:
            lines.append(f"  assistant  {', '.join(turn.uttered) or '(nothing)'}")
    return "\n".join([*lines, *(f"  BROKEN     {fault}" for fault in found.faults)])


def difference(found: Difference) -> str:
    """A conversation after which Rasa does something else than the search."""
    lines = [f"  person     {stimulus}" for stimulus in found.stimuli]
    lines.append(f"  searched   {', '.join(found.searched)}")
    lines.append(f"  RASA       {', '.join(found.rasa)}")
    return "\n".join(lines)
