"""Writing what was understood into a message, in the form that Rasa expects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.dialogue.reading import Guess, Named, Reading, is_topic
from bot.lexicon.mention import Mention

SELECTOR = "response_selector"


def named(mentions: Sequence[Mention]) -> tuple[Named, ...]:
    """The clinical words of a text, as the dialogue rules read them."""
    return tuple(Named(m.kind, m.value, m.bare) for m in mentions)


def training_row(example: Message) -> NDArray[np.float32]:
    """The features of a training example, float32 [1, d]: embedding, then kinds of words."""
    _, sentence = example.get_dense_features(TEXT)
    row: NDArray[np.float32] = sentence.features
    return row


def set_intent(message: Message, reading: Reading, guesses: Sequence[Guess]) -> None:
    """Set the intent, its ranking and, for a curated answer, which answer it is."""
    write_intent(message, reading.label, reading.confidence)
    ranking = [_intent(guess.label, guess.confidence) for guess in guesses]
    message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)


def write_intent(message: Message, label: str, confidence: float) -> None:
    """Set a label as the intent of a message."""
    message.set(INTENT, _intent(label, confidence), add_to_output=True)
    selected = _selection(label, confidence) if is_topic(label) else {}
    message.set(SELECTOR, selected, add_to_output=True)


def _intent(label: str, confidence: float) -> dict[str, Any]:
    return {"name": label.split("/")[0], "confidence": confidence}


def _selection(label: str, confidence: float) -> dict[str, Any]:
    """What Rasa's response selector would have written for this answer."""
    retrieval_intent = label.split("/")[0]
    response = {
        "intent_response_key": label,
        "utter_action": f"utter_{label}",
        "confidence": confidence,
    }
    return {
        "all_retrieval_intents": [retrieval_intent],
        retrieval_intent: {"response": response, "ranking": [response]},
    }
