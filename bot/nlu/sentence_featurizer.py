"""Sentence embeddings and word forms as Rasa features."""

from __future__ import annotations

import logging
from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.encoder import DEFAULT_SHA256
from bot.encoder.adapter import ADAPTER_SHA256
from bot.intents.features import text_rows
from bot.nlu.component import PlainComponent
from bot.nlu.keys import PART_VECTORS, PARTS
from bot.nlu.message_splitter import MessageSplitter
from bot.nlu.shared import sentence_encoder

logger = logging.getLogger(__name__)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoderFeaturizer(PlainComponent):
    """Adds embeddings and word forms of the whole message as one dense sentence feature.

    Those of its parts travel beside it, for the act classifier.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """The parts must have been set."""
        return [MessageSplitter]

    @staticmethod
    def required_packages() -> list[str]:
        """What the encoder runs on."""
        return ["onnxruntime", "tokenizers"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The component's settings."""
        return {
            # A BERT-style model directory; null for the one that is installed.
            "model_dir": None,
            # SHA-256 of its model.safetensors; null to accept any weights.
            "model_sha256": DEFAULT_SHA256,
            # The name under which Rasa keeps the features apart.
            "alias": "sentence_encoder",
        }

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """What the training cache must know beside the settings."""
        return ADAPTER_SHA256

    def __init__(self, config: dict[str, Any]) -> None:
        """Load the encoder; its weights are checked against their hash."""
        super().__init__(config)
        self._alias = str(config["alias"])
        self._encoder = sentence_encoder(config["model_dir"], config["model_sha256"])

    def process(self, messages: list[Message]) -> list[Message]:
        """Embed the parts of each message; the first is the whole."""
        for message in messages:
            parts = message.get(PARTS)
            vectors = text_rows(self._encoder.encode_twofold(parts), parts)
            message.set(PART_VECTORS, vectors)
            self._add_features(message, vectors[:1])
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Embed all training examples in one go."""
        examples = [ex for ex in training_data.training_examples if ex.get(PARTS)]
        logger.info("Embedding %d training examples.", len(examples))
        texts = [example.get(PARTS)[0] for example in examples]
        vectors = text_rows(self._encoder.encode_corpus(texts), texts)
        for example, vector in zip(examples, vectors, strict=True):
            # As features only: Rasa hashes all else that an example holds, after every step.
            self._add_features(example, vector[None, :])
        return training_data

    def _add_features(
        self, message: Message, vector: np.ndarray[Any, np.dtype[np.float32]]
    ) -> None:
        message.add_features(Features(vector, FEATURE_TYPE_SENTENCE, TEXT, self._alias))
