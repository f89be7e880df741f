"""The classifier is trained on examples, stored, loaded back, and reads messages into acts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.dialogue.names import READING
from bot.dialogue.reading import Reading
from bot.intents.network import ModelFileError
from bot.nlu.act_classifier import RANKED, ActClassifier
from bot.nlu.clinical_extractor import ClinicalEntityExtractor
from bot.nlu.message_splitter import MessageSplitter
from bot.nlu.parse_data import SELECTOR
from bot.nlu.sentence_featurizer import SentenceEncoderFeaturizer
from tests.components.conftest import CONTEXT, DATA, typed

EXAMPLES = {
    "metastasis/tests": [
        "what does a CT scan show",
        "which tests find mets",
        "what is a bone scan for",
        "how do they look for spread",
    ],
    "metastasis/curable": [
        "can it be cured",
        "is stage 4 curable",
        "does anyone get cured of this",
        "is there a cure",
    ],
    "greet": ["hello", "hi there", "good morning", "hey"],
    "report_symptom": [
        "my hip has been aching for weeks",
        "I feel dizzy and sick",
        "mum has a bad cough",
        "my back hurts at night",
    ],
}
CONFIG = {**ActClassifier.get_default_config(), "data_dir": str(DATA)}
Understand = Callable[[str], Message]


@pytest.fixture(scope="module")
def resource() -> Resource:
    return Resource("trained")


@pytest.fixture(scope="module")
def trained(
    tmp_path_factory: pytest.TempPathFactory,
    resource: Resource,
    splitter: MessageSplitter,
    featurizer: SentenceEncoderFeaturizer,
    extractor: ClinicalEntityExtractor,
) -> LocalModelStorage:
    """A storage with a classifier that was trained on a handful of examples."""
    storage = LocalModelStorage(tmp_path_factory.mktemp("trained"))
    messages = [Message.build(text, intent) for intent, all_ in EXAMPLES.items() for text in all_]
    data = TrainingData(messages)
    for component in (splitter, featurizer, extractor):
        component.process_training_data(data)
    assert ActClassifier.create(CONFIG, storage, resource, CONTEXT).train(data) == resource
    return storage


@pytest.fixture(scope="module")
def understand(
    trained: LocalModelStorage,
    resource: Resource,
    splitter: MessageSplitter,
    featurizer: SentenceEncoderFeaturizer,
    extractor: ClinicalEntityExtractor,
) -> Understand:
    """A function that sends a message through the pipeline with the classifier loaded back."""
    classifier = ActClassifier.load(CONFIG, trained, resource, CONTEXT)

    def process(text: str) -> Message:
        messages = [typed(text)]
        for component in (splitter, featurizer, extractor, classifier):
            messages = component.process(messages)
        return messages[0]

    return process


def reading(message: Message) -> Reading:
    return Reading.from_dict(message.get(READING))


@pytest.mark.parametrize(
    ("label", "text"), [(label, text) for label, texts in EXAMPLES.items() for text in texts]
)
def test_what_was_learned_is_recognised(understand: Understand, label: str, text: str) -> None:
    message = understand(text)
    assert reading(message).label == label
    assert message.get(INTENT)["name"] == label.split("/")[0]
    assert message.get(INTENT)["confidence"] == pytest.approx(reading(message).confidence, abs=1e-4)
    assert reading(message).confidence > 0.5


def test_a_curated_answer_is_named_as_rasa_names_it(understand: Understand) -> None:
    selected = understand("can it be cured").get(SELECTOR)["metastasis"]["response"]
    assert selected["intent_response_key"] == "metastasis/curable"
    assert selected["utter_action"] == "utter_metastasis/curable"
    assert understand("hello").get(SELECTOR) == {}


def test_what_is_said_and_asked_goes_into_the_parse_data(understand: Understand) -> None:
    output = understand("hello").as_dict(only_output_properties=True)
    assert {READING, INTENT, INTENT_RANKING_KEY} <= set(output)


def test_the_ranking_runs_from_the_best_guess_down(understand: Understand) -> None:
    confidences = [guess["confidence"] for guess in understand("hello").get(INTENT_RANKING_KEY)]
    assert confidences == sorted(confidences, reverse=True)
    assert len(confidences) == min(RANKED, len(EXAMPLES))


def test_two_questions_are_two_acts_with_their_own_words(understand: Understand) -> None:
    acts = reading(understand("what is a bone scan for? is there a cure?")).acts
    assert [act.label for act in acts] == ["metastasis/tests", "metastasis/curable"]
    assert [[word.value for word in act.named] for act in acts] == [["bone_scan"], []]


def test_a_message_that_only_names_something_is_marked_elliptical(understand: Understand) -> None:
    whole = reading(understand("and for lung?")).whole
    assert whole.elliptical and [word.value for word in whole.named] == ["lung"]


def test_a_message_that_points_back_is_marked(understand: Understand) -> None:
    assert reading(understand("how is that found")).whole.anaphoric


@pytest.mark.parametrize("text", ["", " ", "?!", "\U0001f622", "/"])
def test_a_message_without_words_is_empty(understand: Understand, text: str) -> None:
    message = understand(text)
    assert (reading(message).label, reading(message).confidence) == ("empty_message", 1.0)
    assert message.get(INTENT)["name"] == "empty_message"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Note a symptom", "request_symptom_check"),
        ("note A SYMPTOM", "request_symptom_check"),
        ("What can you do?", "ask_capabilities"),
        ("Can it be cured?", "metastasis/curable"),
    ],
)
def test_the_words_of_a_button_are_understood_exactly(
    understand: Understand, text: str, label: str
) -> None:
    read = reading(understand(text))
    assert (read.label, read.confidence, read.whole.anaphoric) == (label, 1.0, True)


def test_thresholds_can_be_set(
    trained: LocalModelStorage, resource: Resource, understand: Understand
) -> None:
    strict = {**CONFIG, "thresholds": {"accept": 1.1, "lead": 1.1, "pair": 2.1}}
    message = understand("hello")
    ActClassifier.load(strict, trained, resource, CONTEXT).process([message])
    assert message.get(INTENT) == {"name": "nlu_fallback", "confidence": 0.0}


def test_an_unknown_threshold_is_refused(storage: LocalModelStorage, resource: Resource) -> None:
    with pytest.raises(TypeError, match="sureness"):
        ActClassifier.create({**CONFIG, "thresholds": {"sureness": 1}}, storage, resource, CONTEXT)


def test_an_untrained_classifier_says_what_to_do(
    storage: LocalModelStorage, understand: Understand
) -> None:
    classifier = ActClassifier.create(CONFIG, storage, Resource("untrained"), CONTEXT)
    with pytest.raises(RuntimeError, match="run make train"):
        classifier.process([understand("hello")])


def test_a_broken_classifier_stops_the_start(tmp_path: Path) -> None:
    storage, resource = LocalModelStorage(tmp_path), Resource("broken")
    with storage.write_to(resource) as directory:
        (directory / ActClassifier.FILE).write_bytes(b"PK\x03\x04")
    with pytest.raises(ModelFileError, match="Train again"):
        ActClassifier.load(CONFIG, storage, resource, CONTEXT)


def test_the_parts_must_have_been_embedded_and_searched_before() -> None:
    required = [SentenceEncoderFeaturizer, ClinicalEntityExtractor]
    assert ActClassifier.required_components() == required
