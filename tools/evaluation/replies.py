"""What a message led to: how it was read and what was done."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Answered:
    """One answer that was given: its topic, and the clinical values of its wording."""

    topic: str
    focus: dict[str, str]


@dataclass(frozen=True)
class Reply:
    """How a message was read, and what was done, in order.

    label, confidence: of the weightiest thing that was read in it.
    labels: of everything that was read in it.
    best, best_confidence: the classifier's first guess for the whole message, however unsure.
    safety: the guard's category.
    """

    label: str
    labels: tuple[str, ...]
    confidence: float
    actions: tuple[str, ...]
    answers: tuple[Answered, ...]
    safety: str
    best: str = "nlu_fallback"
    best_confidence: float = 0.0
