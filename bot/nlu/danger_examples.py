"""What the statistical detector learns from: dangers, and what is none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rasa.shared.nlu.constants import INTENT, INTENT_RESPONSE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.dialogue.replies import REFUSALS
from bot.lexicon.normalizer import TextNormalizer
from bot.lexicon.parts import parts_of
from bot.nlu.keys import PARTS
from bot.safety.detector import DANGER_LABELS, NO_DANGER, load_examples
from bot.safety.run_ons import run_ons

# What is said with these intents may well be a danger.
_MAY_BE_DANGER = {"report_symptom", "inform_symptom_detail", "express_distress", "request_dose"}

_REFUSED = {intent: category.value for category, intent in REFUSALS.items()}
"""The intents whose examples ask for what is declined, and the detector's label for it."""


def is_harmless(label: str) -> bool:
    """Whether what is done in a message of this label holds no danger by itself."""
    return label not in _MAY_BE_DANGER


def danger_of(label: str) -> str | None:
    """What the detector learns from an ordinary example of this label; nothing from some."""
    return _REFUSED.get(label) or (NO_DANGER if is_harmless(label) else None)


def ordinary_messages(training_data: TrainingData) -> list[tuple[Message, str]]:
    """The examples of data/nlu that the detector learns from, each with its label for it."""
    return [
        (example, danger)
        for example in training_data.intent_examples
        if example.features_present(TEXT)
        and example.get(PARTS)
        and (danger := danger_of(example.get(INTENT_RESPONSE_KEY) or example.get(INTENT)))
    ]


def examples_of_danger(
    directory: Path, normalizer: TextNormalizer, asked: Sequence[str], most_run_ons: int
) -> tuple[list[str], list[str]]:
    """Texts to embed and their labels.

    They are the detector's own examples, the parts of what is no danger, and run-ons with the
    ordinary questions `asked`. A message is judged part by part, so each part of a harmless
    story must be learnt as harmless; which part of a danger is the dangerous one is not known.
    """
    pairs: list[tuple[str, str]] = []
    for text, label in load_examples(directory):
        parts = parts_of(text, normalizer)
        pairs += [(part, label) for part in (parts if label == NO_DANGER else parts[:1])]
    told = [(text, label) for text, label in pairs if label in DANGER_LABELS]
    pairs += run_ons(told, asked, NO_DANGER, most_run_ons)
    texts, labels = zip(*pairs, strict=True)
    return list(texts), list(labels)
