"""When two topics are close the assistant asks; when nothing fits it says so."""

from __future__ import annotations

import pytest

from bot.knowledge.loader import load_topics
from bot.launch.project import ROOT
from tests.conversations.chat import Chat, Turn

TOPICS = load_topics(ROOT / "data")
TITLES = {topic.title: topic.id for topic in TOPICS.values()}

BETWEEN_TWO = [
    "is it because of genes that cancer spreads",
    "comfort care or hospice",
    "what is it like with the tests and the treatment of spread cancer",
]
"""Each lies between two answers; which ones a newly trained model finds close may change."""


@pytest.fixture
def asked_back(chat: Chat) -> Turn:
    """The turn in which the assistant asks which of two topics is meant."""
    turns = (chat.says(text) for text in BETWEEN_TWO)
    return next(turn for turn in turns if turn.responses == ["utter_ask_which_topic"])


def test_two_close_topics_are_both_offered(asked_back: Turn) -> None:
    assert len(asked_back.buttons) == 2
    assert set(asked_back.buttons) <= set(TITLES)


def test_the_topic_that_is_chosen_is_answered(chat: Chat, asked_back: Turn) -> None:
    chosen = asked_back.buttons[1]
    assert chat.says(chosen).responses == [f"utter_{TITLES[chosen]}"]


def test_the_choice_can_be_typed_as_a_number(chat: Chat, asked_back: Turn) -> None:
    assert chat.says("1").responses == [f"utter_{TITLES[asked_back.buttons[0]]}"]


def test_a_choice_can_be_left_for_another_question(chat: Chat, asked_back: Turn) -> None:
    assert chat.says("Do cigarettes cause cancer?").responses == ["utter_metastasis/risk_factors"]


def test_a_choice_is_never_between_one(chat: Chat) -> None:
    turn = chat.says("living with stage 4")
    if "utter_ask_which_topic" in turn.responses:
        assert len(turn.buttons) == 2
    else:
        assert turn.responses == ["utter_coping/ways"]


def test_what_fits_nothing_is_said_not_to_be_understood(chat: Chat) -> None:
    turn = chat.says("my aunt reads the thing about the other one")
    assert turn.responses == ["utter_default"]
    assert turn.buttons == ["What you can do", "Note a symptom", "Find a support line"]


def test_made_up_words_are_no_symptom(chat: Chat) -> None:
    turn = chat.says("blah blorp fizz")
    assert not turn.check_open
    assert turn.responses in (["utter_default"], ["utter_out_of_scope"])


@pytest.mark.parametrize(
    "text",
    [
        "Who won the football last night?",
        "Can you write me a poem about autumn?",
        "What are the symptoms of diabetes?",
        "Which visa do I need for Portugal?",
    ],
)
def test_what_lies_outside_is_said_to_lie_outside(chat: Chat, text: str) -> None:
    assert chat.says(text).responses == ["utter_out_of_scope"]
