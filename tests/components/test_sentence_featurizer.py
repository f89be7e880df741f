"""Each message gets the embedding of its whole as a feature, and those of its parts beside it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.keys import PART_VECTORS, PARTS
from bot.nlu.message_splitter import MessageSplitter
from bot.nlu.sentence_featurizer import SentenceEncoderFeaturizer

PARTED = ["What is it? Can it be cured?", "What is it?", "Can it be cured?"]


def sentence_features(message: Message) -> NDArray[np.float32]:
    _, features = message.get_dense_features(TEXT, [])
    assert features is not None
    vectors: NDArray[np.float32] = features.features
    return vectors


def test_the_whole_becomes_the_feature_and_every_part_a_vector(
    featurizer: SentenceEncoderFeaturizer,
) -> None:
    [message] = featurizer.process([Message({TEXT: PARTED[0], PARTS: PARTED})])
    vectors = message.get(PART_VECTORS)
    assert vectors.shape[0] == 3
    assert np.isfinite(vectors).all()
    np.testing.assert_array_equal(sentence_features(message), vectors[:1])


def test_the_feature_is_a_sentence_feature_under_its_own_name(
    featurizer: SentenceEncoderFeaturizer,
) -> None:
    [message] = featurizer.process([Message({TEXT: "hello", PARTS: ["hello"]})])
    [feature] = message.features
    assert (feature.type, feature.origin) == (FEATURE_TYPE_SENTENCE, "sentence_encoder")


def test_a_training_example_gets_nearly_the_vector_that_the_same_message_gets(
    featurizer: SentenceEncoderFeaturizer,
) -> None:
    texts = ["What is a bone scan?", "Where does it spread?"]
    examples = [Message({TEXT: text, PARTS: [text], INTENT: "metastasis"}) for text in texts]
    featurizer.process_training_data(TrainingData(examples))
    messages = featurizer.process([Message({TEXT: text, PARTS: [text]}) for text in texts])
    for example, message in zip(examples, messages, strict=True):
        learned, seen = sentence_features(example), sentence_features(message)
        likeness = np.sum(learned * seen) / np.linalg.norm(learned) / np.linalg.norm(seen)
        assert likeness > 0.97  # eight-bit arithmetic scales by what runs together
        np.testing.assert_allclose(seen, message.get(PART_VECTORS)[:1], rtol=0, atol=1e-5)


def test_a_training_example_without_text_is_passed_over(
    featurizer: SentenceEncoderFeaturizer,
) -> None:
    example = Message({INTENT: "metastasis"})
    featurizer.process_training_data(TrainingData([example]))
    assert example.get(PART_VECTORS) is None


def test_the_parts_must_have_been_cut_before() -> None:
    assert SentenceEncoderFeaturizer.required_components() == [MessageSplitter]
