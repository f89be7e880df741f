"""The clinical words of a message as entities."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.intents.features import kind_features
from bot.lexicon.mention import Mention
from bot.nlu.component import PlainComponent
from bot.nlu.directories import directories_fingerprint
from bot.nlu.keys import PART_WORDS, PARTS
from bot.nlu.message_splitter import MessageSplitter
from bot.nlu.shared import lexicon

KINDS_ALIAS = "clinical_kinds"
"""The name of the features that say which kinds of words stand in an example."""


# Also a featurizer by type: Rasa shows the training examples to featurizers only, and the
# classifier learns from the words found in them.
@DefaultV1Recipe.register(
    [
        DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER,
        DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR,
    ],
    is_trainable=False,
)
class ClinicalEntityExtractor(PlainComponent, EntityExtractorMixin):
    """Finds cancer types, places, tests, treatments, risk factors and countries.

    It reads the normalised text, so that misspelled words are found; the offsets of its
    entities are those of the normalised message.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """The parts must have been set."""
        return [MessageSplitter]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The component's settings."""
        return {
            # The directory with the lexicon's data.
            "lexicon_dir": "data/lexicon",
        }

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """What the training cache must know of the data files."""
        return directories_fingerprint(config["lexicon_dir"])

    def __init__(self, config: dict[str, Any]) -> None:
        """Load the vocabulary."""
        super().__init__(config)
        self._lexicon = lexicon(Path(config["lexicon_dir"]))

    def process(self, messages: list[Message]) -> list[Message]:
        """Find the clinical words of each part; those of the whole become entities."""
        for message in messages:
            words = [self._lexicon.find(part) for part in message.get(PARTS)]
            message.set(PART_WORDS, words)
            entities = self.add_extractor_name([_entity(word) for word in words[0]])
            message.set(ENTITIES, message.get(ENTITIES, []) + entities, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add to each training example which kinds of words stand in it, as features."""
        for example in training_data.training_examples:
            if example.get(PARTS):
                kinds = np.array([kind_features(self._lexicon.find(example.get(PARTS)[0]))])
                row = kinds.astype(np.float32)
                example.add_features(Features(row, FEATURE_TYPE_SENTENCE, TEXT, KINDS_ALIAS))
        return training_data


def _entity(word: Mention) -> dict[str, Any]:
    return {
        "entity": word.kind,
        "value": word.value,
        "start": word.start,
        "end": word.end,
    }
