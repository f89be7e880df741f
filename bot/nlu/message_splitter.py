"""Cuts a message into the parts that may each hold a question."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.dialogue.typed_text import MOST_READ, clean
from bot.lexicon.parts import parts_of
from bot.nlu.component import PlainComponent
from bot.nlu.directories import directories_fingerprint
from bot.nlu.keys import PARTS
from bot.nlu.shared import normalizer
from bot.safety.length import LONGEST


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class MessageSplitter(PlainComponent):
    """Cleans and normalises a message for understanding, whole and in parts.

    It also takes away a leading slash: Rasa would read `/intent{...}` as a command, from
    whatever channel, and a typed command is text here.
    """

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
        """Load the normaliser."""
        super().__init__(config)
        self._normalizer = normalizer(Path(config["lexicon_dir"]))

    def process(self, messages: list[Message]) -> list[Message]:
        """Clean each message and set its parts."""
        for message in messages:
            cleaned = clean(message.get(TEXT) or "", LONGEST)
            message.set(TEXT, cleaned)
            message.set(PARTS, parts_of(cleaned[:MOST_READ], self._normalizer))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Set the normalised whole of each training example; it has no parts."""
        for example in training_data.training_examples:
            text = example.get(TEXT)
            if text:
                example.set(PARTS, [self._normalizer.normalize(text)])
        return training_data
