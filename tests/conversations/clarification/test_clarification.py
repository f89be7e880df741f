"""When two topics are close the assistant asks; when nothing fits it says so."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from bot.knowledge.loader import load_topics
from bot.launch.project import ROOT
from tests.conversations.chat import Chat

TOPICS = load_topics(ROOT / "data")
TITLES = {topic.title: topic.id for topic in TOPICS.values()}

BETWEEN_TWO = [
    "palliative hospice difference",
    "coping or talking",
    "comfort care at the end",
    "risk why spread",
    "risk or reason of spread",
    "talking and coping",
    "the end of life and where",
    "which signs",
    "is it because of genes that cancer spreads",
    "comfort care or hospice",
    "what is it like with the tests and the treatment of spread cancer",
    "what can be done when cancer has spread",
    "what does cancer that has spread do to you",
    "care that helps when someone is close to the end",
    "what makes a tumour travel and where to",
    "is it rare and how often is it like that with bones",
    "what are the odds and the outlook in general",
    "what should people look for and mention",
    "which relatives get it and which genes",
    "does the treatment get rid of it or hold it back",
    "treatment outlook",
    "finding it or noticing it",
    "spread signs tests",
    "living longer figures or cure",
]
"""Each lies between two answers; which of them a newly trained model finds close may change."""


@dataclass(frozen=True)
class AskedBack:
    """A conversation in which the assistant has just asked which of two topics is meant."""

    chat: Chat
    buttons: list[str]


@pytest.fixture
def asked_back(chat: Chat) -> AskedBack:
    """The first of the messages between two answers that the assistant asks back about."""
    for text in BETWEEN_TWO:
        asking = chat.another()
        turn = asking.says(text)
        if turn.responses == ["utter_ask_which_topic"]:
            return AskedBack(asking, turn.buttons)
    pytest.fail("None of these messages is asked back about.", pytrace=False)


def test_two_close_topics_are_both_offered(asked_back: AskedBack) -> None:
    assert len(asked_back.buttons) == 2
    assert set(asked_back.buttons) <= set(TITLES)


def test_the_topic_that_is_chosen_is_answered(asked_back: AskedBack) -> None:
    chosen = asked_back.buttons[1]
    assert asked_back.chat.says(chosen).responses == [f"utter_{TITLES[chosen]}"]


def test_the_choice_can_be_typed_as_a_number(asked_back: AskedBack) -> None:
    chosen = asked_back.buttons[0]
    assert asked_back.chat.says("1").responses == [f"utter_{TITLES[chosen]}"]


def test_a_choice_can_be_left_for_another_question(asked_back: AskedBack) -> None:
    turn = asked_back.chat.says("Do cigarettes cause cancer?")
    assert turn.responses == ["utter_metastasis/risk_factors"]


def test_what_is_asked_back_about_always_leaves_a_choice(chat: Chat) -> None:
    for text in ("living with stage 4", *BETWEEN_TWO):
        turn = chat.another().says(text)
        assert "utter_ask_which_topic" not in turn.responses or len(turn.buttons) == 2


@pytest.mark.parametrize(
    "text",
    [
        "does it do the other one there",
        "the whatsit with the doodah round the side",
        "grmpf xyzzy plugh qwertz",
    ],
)
def test_what_fits_nothing_is_said_not_to_fit_with_what_does(chat: Chat, text: str) -> None:
    turn = chat.says(text)
    assert turn.responses in (["utter_default"], ["utter_out_of_scope"])
    assert "What you can do" in turn.buttons
    assert not turn.check_open


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
