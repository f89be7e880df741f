"""A cancer that no answer has a wording for is never answered as if it were another one."""

from __future__ import annotations

from tests.conversations.chat import Answer, Chat


def test_a_cancer_outside_the_table_is_answered_with_what_is_known_of_others(chat: Chat) -> None:
    turn = chat.says("Where does kidney cancer mostly spread?")
    assert turn.answers == (Answer("metastasis/spread_sites", {"cancer_type": "other"}),)


def test_a_cancer_that_is_not_recognised_gets_the_general_answer(chat: Chat) -> None:
    turn = chat.says("Where does cancer of the spleen spread to?")
    assert turn.answers == (Answer("metastasis/spread_sites", {}),)


def test_figures_for_a_cancer_without_figures_name_no_other_cancers_figures(chat: Chat) -> None:
    turn = chat.says("How many ovarian cancers have already spread when they are found?")
    assert turn.answers == (Answer("metastasis/at_diagnosis", {"cancer_type": "other"}),)
