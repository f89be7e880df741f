"""Backwards: from the place to the cancers that go there."""

from __future__ import annotations

import pytest

from tests.conversations.chat import Answer, Chat

PLACES = {
    "bone": "Which cancers travel to bone?",
    "brain": "What kinds of cancer end up in the brain?",
    "liver": "What cancers show up in the liver?",
    "lung": "What kinds of cancer get into the lungs?",
    "adrenal": "Which ones go to the adrenal glands?",
    "peritoneum": "Which cancers reach the lining of the belly?",
    "skin": "Which cancers settle in the skin?",
    "muscle": "Which ones spread to muscle?",
    "spine": "Which tumours go to the spine?",
}


@pytest.mark.parametrize(("place", "question"), PLACES.items(), ids=PLACES)
def test_a_place_is_answered_with_the_cancers_that_go_there(
    chat: Chat, place: str, question: str
) -> None:
    turn = chat.says(question)
    assert turn.answers == (Answer("metastasis/spread_sources", {"body_site": place}),)


def test_a_place_that_no_source_lists_is_not_answered_with_another_one(chat: Chat) -> None:
    turn = chat.says("Which cancers go to the spleen?")
    assert turn.answers == (Answer("metastasis/spread_sources", {"body_site": "other"}),)
