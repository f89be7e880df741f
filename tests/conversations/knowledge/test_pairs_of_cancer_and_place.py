"""Whether one cancer goes to one place: listed, not listed, or not known."""

from __future__ import annotations

import pytest

from tests.conversations.chat import Answer, Chat

PAIRS = [
    ("Can prostate cancer get into the bones?", {"pair": "listed"}),
    ("Can stomach cancer go into the peritoneum?", {"pair": "listed"}),
    ("Could her melanoma ever show up in a muscle?", {"pair": "listed"}),
    ("Does lung cancer ever go to the brain?", {"pair": "lung_brain"}),
    ("Is it possible for breast cancer to reach the adrenal glands?", {"pair": "not_listed"}),
    ("Can colon cancer travel to the muscles?", {"pair": "not_listed"}),
]


@pytest.mark.parametrize(("question", "focus"), PAIRS, ids=[case[0] for case in PAIRS])
def test_a_pair_is_answered_from_the_table(
    chat: Chat, question: str, focus: dict[str, str]
) -> None:
    assert chat.says(question).answers == (Answer("metastasis/spread_pair", focus),)


def test_a_pair_that_is_not_listed_is_answered_with_the_places_that_are(chat: Chat) -> None:
    turn = chat.says("Can colon cancer travel to the muscles?")
    for place in ("liver", "lung", "peritoneum"):
        assert place in turn.texts[0]


def test_a_cancer_outside_the_table_gets_no_yes_and_no_no(chat: Chat) -> None:
    turn = chat.says("Can pancreatic cancer spread to the liver?")
    assert turn.answers == (Answer("metastasis/spread_pair", {}),)
