"""Tokens for Rasa's own evaluation, and none while training."""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.whitespace_tokenizer import WhitespaceTokenizer
from rasa.shared.nlu.training_data.training_data import TrainingData


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class LateTokenizer(WhitespaceTokenizer):
    """Splits messages at white space, but leaves the training data alone.

    Nothing that is trained reads tokens, while Rasa hashes every token of every example after
    every step of a training: half of the time that a training took.
    """

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Return the training data as it is."""
        return training_data
