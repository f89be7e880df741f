"""A detector whose verdicts a test can foresee, and rows that look like what the test wants."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bot.intents.network import SCALE, Network
from bot.safety.detector import Detector, Levels

Matrix = NDArray[np.float32]

LABELS = (
    "crisis_explicit",
    "crisis_other_person",
    "emergency",
    "crisis_ambiguous",
    "urgent",
    "symptom",
    "refuse_dose",
    "none",
)
LEVELS = {
    "danger": 0.4,
    "mild": 0.7,
    "refusal": 0.6,
    "part": 0.97,
    "despite_answer": 0.8,
    "no_symptom": 0.05,
    "no_danger": 0.02,
    "nothing": 0.0001,
    "evidence": 0.05,
    "no_request": 0.05,
    "story": 0.4,
}
"""Written down here, so that tuning the levels does not break what the tests say of them."""


def network(columns: int = len(LABELS)) -> Network:
    """The probability of a label is the softmax of ten times its column; others do not count."""
    same = np.eye(columns, len(LABELS), dtype=np.float32)
    zeros = np.zeros(len(LABELS), dtype=np.float32)
    output = 10 * np.eye(len(LABELS), dtype=np.float32)
    return Network(LABELS, np.zeros(columns, np.float32), same / SCALE, zeros, output, zeros)


def detector(**levels: float) -> Detector:
    """The detector over that network, with some levels changed."""
    return Detector(network(), Levels(**{**LEVELS, **levels}))


def looks_like(*labels: str) -> Matrix:
    """A row for each label, which it surely has."""
    return np.array([[float(each == label) for each in LABELS] for label in labels], np.float32)


def probable(label: str, share: float) -> Matrix:
    """A row whose label has that probability, and "none" the rest."""
    odds = np.log([share, 1 - share]) / 10
    row = np.full((1, len(LABELS)), -9.0, np.float32)
    row[0, LABELS.index(label)], row[0, -1] = odds
    return row - row.max() + 1
