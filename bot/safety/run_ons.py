"""Examples of a danger that is told in one breath with a question: no full stop parts them.

"What is hospice i cant breathe" sounds like a question about hospices to a classifier that has
only seen one thing at a time. Such messages are made from the examples themselves; people in
distress write them in endless variety.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

SHARE_BEFORE = 2 / 3
"""How often the question comes first."""

LONGEST_TOLD, LONGEST_ASKED = 20, 60
"""Words; a longer danger holds more than one thing already, a question may be put at length."""

_ENDS = ".?!,; "


def run_ons(
    told: Sequence[tuple[str, str]], asked: Sequence[str], harmless: str, most: int, seed: int = 0
) -> list[tuple[str, str]]:
    """Texts and labels: a danger beside a question, and half as often two questions.

    Args:
        told: texts of dangers with their labels.
        asked: ordinary questions.
        harmless: the label of two questions.
        most: how many dangers to take, drawn at random.
        seed: the same one draws the same.
    """
    chance = random.Random(seed)
    dangers = [pair for pair in told if len(pair[0].split()) <= LONGEST_TOLD]
    questions = [text for text in asked if len(text.split()) <= LONGEST_ASKED]
    if not questions:
        return []
    made = []
    for danger, label in chance.sample(dangers, min(most, len(dangers))):
        pair = [chance.choice(questions), danger]
        if chance.random() >= SHARE_BEFORE:
            pair.reverse()
        made.append((_joined(pair), label))
    for _ in range(len(made) // 2):
        made.append((_joined([chance.choice(questions), chance.choice(questions)]), harmless))
    return made


def _joined(texts: Sequence[str]) -> str:
    return " ".join(text.strip(_ENDS).lower() for text in texts)
