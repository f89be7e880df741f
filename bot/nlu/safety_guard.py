"""The last word on a message: the safety core reads it on its own, after everything else."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.dialogue.names import READING, SAFETY
from bot.dialogue.reading import Reading, is_topic
from bot.dialogue.replies import REFUSALS
from bot.dialogue.typed_text import MOST_READ
from bot.dialogue.verdict_intents import INTENTS
from bot.encoder import DEFAULT_SHA256, SentenceEncoder
from bot.encoder.adapter import ADAPTER_SHA256
from bot.intents.features import text_rows
from bot.intents.network import Network
from bot.nlu.component import LearningComponent
from bot.nlu.danger_examples import (
    examples_of_danger,
    foreseen,
    is_harmless,
    ordinary_messages,
)
from bot.nlu.directories import directories_fingerprint
from bot.nlu.keys import PART_VECTORS, PARTS
from bot.nlu.parse_data import training_row, write_intent
from bot.nlu.sentence_featurizer import SentenceEncoderFeaturizer
from bot.nlu.shared import normalizer, safety_core, sentence_encoder
from bot.nlu.told import told_before
from bot.safety.detector import NO_DANGER, Detector, Levels, load_examples
from bot.safety.jury import Certainty, Jury, Opinion
from bot.safety.verdicts import Assessment, Category

logger = logging.getLogger(__name__)

SYMPTOM_DETAIL = "inform_symptom_detail"

_JUDGED = frozenset({"report_symptom", *REFUSALS.values()})
"""What the classifier reads into a message and the safety core judges."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SafetyGuard(LearningComponent):
    """Puts the safety core's assessment into the parse data and overrides the intent.

    It stands last, so that nothing can take its verdict back. Two detectors look at a
    message, the rules and a statistical one: see `bot.safety.jury`. The classifier's reading
    stays beside the verdict.
    """

    FILE = "detector.npz"

    @classmethod
    def required_components(cls) -> list[type]:
        """The detector judges by the embeddings."""
        return [SentenceEncoderFeaturizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The component's settings."""
        return {
            # The directories with the safety rules, the detector's examples and the lexicon.
            "safety_dir": "data/knowledge/safety",
            "examples_dir": "data/safety_examples",
            "lexicon_dir": "data/lexicon",
            # The model directory and hash, as for the sentence featurizer.
            "model_dir": None,
            "model_sha256": DEFAULT_SHA256,
            # See bot.safety.detector.Levels.
            "levels": {},
            # See bot.safety.jury.Certainty.
            "certainty": {},
            # How many times training goes through all examples.
            "epochs": 8,
            # How many dangers are told in one breath with a question as well.
            "run_ons": 3000,
        }

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """What the training cache must know of the data files."""
        names = ("examples_dir", "lexicon_dir", "safety_dir")
        return directories_fingerprint(*(config[name] for name in names)) + ADAPTER_SHA256

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: Network | None = None,
    ) -> None:
        """Load the rules; broken rules stop the start, they are never passed over."""
        super().__init__(config, model_storage, resource, model)
        self._core = safety_core(Path(config["safety_dir"]))
        self._normalizer = normalizer(Path(config["lexicon_dir"]))
        self._jury = self._called(model) if model else None

    def _called(self, model: Network) -> Jury:
        detector = Detector(model, Levels(**self._config["levels"]))
        certainty = Certainty(**self._config["certainty"])
        return Jury(self._core, detector, self._features, certainty)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the detector on its own examples, on the rules' and on the ordinary ones."""
        ordinary = ordinary_messages(training_data)
        texts, labels = examples_of_danger(
            [*load_examples(Path(self._config["examples_dir"])), *foreseen(self._core)],
            self._normalizer,
            [example.get(PARTS)[0] for example, danger in ordinary if danger == NO_DANGER],
            int(self._config["run_ons"]),
        )
        encoder = self._encoder()
        logger.info("Embedding %d examples of the safety detector.", len(texts))
        rows = text_rows(encoder.encode_corpus(texts), texts)
        asked = [training_row(example)[:, : rows.shape[1]] for example, _ in ordinary]
        names = [*labels, *(danger for _, danger in ordinary)]
        return self._keep(
            Network.fit(np.vstack([rows, *asked]), names, int(self._config["epochs"]))
        )

    def process(
        self, messages: list[Message], tracker: DialogueStateTracker | None = None
    ) -> list[Message]:
        """Assess each message; a verdict becomes its intent with full confidence.

        Args:
            messages: the messages, read and embedded.
            tracker: the conversation before them, where there is one.
        """
        for message in messages:
            reading = Reading.from_dict(message.get(READING) or {})
            assessment = self._assess(message, reading, tracker)
            message.set(SAFETY, assessment.to_dict(), add_to_output=True)
            if assessment.category is Category.NONE:
                self._check_reading(message, reading)
            intent = INTENTS.get(assessment.category)
            if intent is not None:
                write_intent(message, intent, 1.0)
                ranking = message.get(INTENT_RANKING_KEY, [])
                top = {"name": intent, "confidence": 1.0}
                message.set(INTENT_RANKING_KEY, [top, *ranking], add_to_output=True)
        return messages

    def _assess(
        self, message: Message, reading: Reading, tracker: DialogueStateTracker | None
    ) -> Assessment:
        text = message.get(TEXT) or ""
        vectors = message.get(PART_VECTORS)
        if self._jury is None or vectors is None:
            return self._core.assess(text)
        opinion = _opinion(reading)
        found = self._jury.assess(text, vectors, opinion)
        if tracker is None:
            return found
        told = partial(told_before, tracker, self._tells)
        return self._jury.assess_after(told, text, found, opinion)

    def _check_reading(self, message: Message, reading: Reading) -> None:
        """Drop a symptom or a request that the classifier alone has read into a message.

        It knows how such messages sound ("had chest pain last year, all sorted"); where neither
        the rules nor the detector hear one, there is none.
        """
        vectors = message.get(PART_VECTORS)
        checked = reading.without(lambda label: label in _JUDGED)
        if checked == reading or vectors is None or self._jury is None:
            return
        if self._jury.sees_nothing(vectors):
            message.set(READING, checked.to_dict(), add_to_output=True)
            write_intent(message, checked.label, checked.confidence)

    def _tells(self, reading: Reading) -> bool:
        return self._jury is None or self._jury.tells(_opinion(reading))

    def _features(self, texts: Sequence[str]) -> NDArray[np.float32]:
        plain = [self._normalizer.normalize(text[-MOST_READ:]) for text in texts]
        return text_rows(self._encoder().encode_twofold(plain), plain)

    def _encoder(self) -> SentenceEncoder:
        return sentence_encoder(self._config["model_dir"], self._config["model_sha256"])


def _opinion(reading: Reading) -> Opinion:
    """What the classifier thinks of a message, from how it was read."""
    return Opinion(
        answer=reading.sureness(is_topic),
        harmless=reading.sureness(is_harmless),
        detail=reading.sureness(lambda label: label == SYMPTOM_DETAIL),
    )
