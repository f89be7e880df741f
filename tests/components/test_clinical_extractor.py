"""The clinical words of a message become entities, those of its parts go to the classifier."""

from __future__ import annotations

from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.lexicon.vocabulary import KINDS
from bot.nlu.clinical_extractor import ClinicalEntityExtractor
from bot.nlu.keys import PART_WORDS, PARTS
from bot.nlu.message_splitter import MessageSplitter

WHOLE = "does breast cancer go to the brain, and what does a PET scan show"
PARTED = [WHOLE, "does breast cancer go to the brain", "what does a PET scan show"]


def test_the_words_of_the_whole_become_entities_at_their_place(
    extractor: ClinicalEntityExtractor,
) -> None:
    [message] = extractor.process([Message({TEXT: WHOLE, PARTS: PARTED})])
    found = [
        (entity["entity"], entity["value"], WHOLE[entity["start"] : entity["end"]])
        for entity in message.get(ENTITIES)
    ]
    assert found == [
        ("cancer_type", "breast", "breast cancer"),
        ("body_site", "brain", "brain"),
        ("test", "pet", "PET scan"),
    ]
    assert {entity["extractor"] for entity in message.get(ENTITIES)} == {"ClinicalEntityExtractor"}


def test_every_part_keeps_its_own_words(extractor: ClinicalEntityExtractor) -> None:
    [message] = extractor.process([Message({TEXT: WHOLE, PARTS: PARTED})])
    values = [[word.value for word in words] for words in message.get(PART_WORDS)]
    assert values == [["breast", "brain", "pet"], ["breast", "brain"], ["pet"]]


def test_an_organ_alone_is_marked(extractor: ClinicalEntityExtractor) -> None:
    [message] = extractor.process([Message({TEXT: "and lung?", PARTS: ["and lung?"]})])
    assert [word.bare for word in message.get(PART_WORDS)[0]] == [True]


def test_entities_of_others_are_kept(extractor: ClinicalEntityExtractor) -> None:
    before = {"entity": "test", "value": "ct", "start": 0, "end": 2}
    message = Message({TEXT: "hello", PARTS: ["hello"], ENTITIES: [before]})
    extractor.process([message])
    assert message.get(ENTITIES) == [before]


def test_a_message_without_clinical_words_has_no_entities(
    extractor: ClinicalEntityExtractor,
) -> None:
    [message] = extractor.process([Message({TEXT: "", PARTS: [""]})])
    assert (message.get(ENTITIES), message.get(PART_WORDS)) == ([], [()])


def test_a_training_example_says_which_kinds_of_words_stand_in_it(
    extractor: ClinicalEntityExtractor,
) -> None:
    example = Message({TEXT: "bone mets", PARTS: ["bone mets"]})
    extractor.process_training_data(TrainingData([example, Message({})]))
    _, kinds = example.get_dense_features(TEXT)
    place = [1.0 if at == 2 * KINDS.index("body_site") else 0.0 for at in range(14)]
    assert (kinds.features > 0).astype(float).tolist() == [place]


def test_the_parts_must_have_been_cut_before() -> None:
    assert ClinicalEntityExtractor.required_components() == [MessageSplitter]
