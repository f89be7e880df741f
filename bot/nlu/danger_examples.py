"""What the statistical detector learns from: dangers, and what is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rasa.shared.nlu.constants import INTENT, INTENT_RESPONSE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.dialogue.replies import REFUSALS
from bot.lexicon.normalizer import TextNormalizer
from bot.lexicon.parts import parts_of
from bot.nlu.keys import PARTS
from bot.safety.assess import SafetyCore
from bot.safety.detector import DANGER_LABELS, NO_DANGER, label_of
from bot.safety.run_ons import run_ons
from bot.safety.verdicts import Category

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


def foreseen(core: SafetyCore) -> Iterator[tuple[str, str]]:
    """What the rules must find, each with the detector's label for it.

    A rule that stands alone may be outvoted, and must not be on what was written down for it.
    """
    for rule in core.data.rules:
        for text in rule.must_match:
            found = core.assess(text)
            if found.category is not Category.NONE:
                yield text, label_of(found)


def examples_of_danger(
    examples: Iterable[tuple[str, str]],
    normalizer: TextNormalizer,
    asked: Sequence[str],
    most_run_ons: int,
) -> tuple[list[str], list[str]]:
    """Texts to embed and their labels.

    They are the `examples`, the parts of what is no danger, and run-ons with the ordinary
    questions `asked`. A message is judged part by part, so each part of a harmless one must be
    learnt as harmless; which part of a danger is the dangerous one is not known. Several messages,
    a line each, are learnt as a whole: a danger may be told in the first and be over in the last.
    """
    pairs: list[tuple[str, str]] = []
    for text, label in examples:
        parts = parts_of(text, normalizer)
        each_alone = label == NO_DANGER and "\n" not in text
        pairs += [(part, label) for part in (parts if each_alone else parts[:1])]
    told = [(text, label) for text, label in pairs if label in DANGER_LABELS]
    pairs += run_ons(told, asked, NO_DANGER, most_run_ons)
    texts, labels = zip(*pairs, strict=True)
    return list(texts), list(labels)
