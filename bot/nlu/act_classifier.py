"""Decides what a message asks: a network of one hidden layer, then the rules of `bot.dialogue`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_RESPONSE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.dialogue.choices import load_choices
from bot.dialogue.interpretation import Thresholds, read
from bot.dialogue.names import READING
from bot.dialogue.reading import Guess, Part, Reading
from bot.dialogue.typed_text import MOST_READ, has_words
from bot.intents.features import feature_rows
from bot.intents.network import Network
from bot.lexicon.ellipsis import has_anaphora, is_elliptical
from bot.lexicon.mention import Mention
from bot.nlu.clinical_extractor import ClinicalEntityExtractor
from bot.nlu.component import LearningComponent
from bot.nlu.keys import PART_VECTORS, PART_WORDS, PARTS
from bot.nlu.parse_data import named, set_intent, training_row
from bot.nlu.sentence_featurizer import SentenceEncoderFeaturizer

RANKED = 10


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ActClassifier(LearningComponent):
    """Reads a message: up to three acts, each a curated answer or an intent.

    One model covers the intents and the answers of the retrieval intents alike. Below the
    thresholds a message is not understood, and two close answers are offered as a choice.
    """

    FILE = "classifier.npz"

    @classmethod
    def required_components(cls) -> list[type]:
        """The parts must have been embedded and searched for clinical words."""
        return [SentenceEncoderFeaturizer, ClinicalEntityExtractor]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The component's settings."""
        return {
            # How many times training goes through all examples.
            "epochs": 6,
            # When a label is sure enough: see bot.dialogue.interpretation.Thresholds.
            "thresholds": {},
            # The directory whose knowledge/ names the choices that are offered as buttons.
            "data_dir": "data",
        }

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: Network | None = None,
    ) -> None:
        """Create the component, trained or not yet."""
        super().__init__(config, model_storage, resource, model)
        self._limits = Thresholds(**config["thresholds"])
        self._choices = load_choices(Path(config["data_dir"]))

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the classifier on the embedded examples and store it."""
        examples = [e for e in training_data.intent_examples if e.features_present(TEXT)]
        rows = np.vstack([training_row(example) for example in examples])
        labels = [example.get(INTENT_RESPONSE_KEY) or example.get(INTENT) for example in examples]
        self._model = Network.fit(rows, labels, int(self._config["epochs"]))
        return self._keep(self._model)

    def process(self, messages: list[Message]) -> list[Message]:
        """Read each message; the reading goes into the parse data, its first act is the intent."""
        for message in messages:
            parts = self._parts(message)
            reading = self._read(message.get(TEXT), parts)
            message.set(READING, reading.to_dict(), add_to_output=True)
            set_intent(message, reading, parts[0].guesses)
        return messages

    def _read(self, text: str, parts: list[Part]) -> Reading:
        if not has_words(text):
            return Reading.of("empty_message")
        if len(text) > MOST_READ:
            return Reading.of("too_long_message")
        chosen = self._choices.get(text.casefold())
        if chosen is not None:
            return Reading.of(chosen, parts[0].named, chosen=True)
        return read(parts[0], tuple(parts[1:]), self._limits)

    def _parts(self, message: Message) -> list[Part]:
        if self._model is None:
            raise RuntimeError("The classifier is not trained: run make train.")
        texts: list[str] = message.get(PARTS)
        words: list[tuple[Mention, ...]] = message.get(PART_WORDS)
        rows = self._model.probabilities(feature_rows(message.get(PART_VECTORS), words))
        return [
            Part(
                text=text,
                guesses=_ranked(self._model.labels, row),
                named=named(found),
                elliptical=is_elliptical(text, found),
                anaphoric=has_anaphora(text),
            )
            for text, found, row in zip(texts, words, rows, strict=True)
        ]


def _ranked(
    labels: tuple[str, ...], row: np.ndarray[Any, np.dtype[np.float32]]
) -> tuple[Guess, ...]:
    best = np.argsort(row)[::-1][:RANKED]
    return tuple(Guess(labels[index], float(row[index])) for index in best)
