"""What opens the check."""

from __future__ import annotations

import pytest

from tests.conversations.chat import Chat
from tests.conversations.symptom_check.conftest import END


@pytest.mark.parametrize(
    "text",
    [
        "mum's elbow is a bit stiff in the mornings",
        "I have been feeling tired and I have a nagging cough",
        "my hip is sore whenever I walk up the stairs",
        "dad has no appetite these days",
    ],
)
def test_a_symptom_of_ones_own_or_of_someone_close_opens_it(chat: Chat, text: str) -> None:
    turn = chat.says(text)
    assert turn.responses == ["utter_symptom_heard", "utter_ask_symptom_duration"]
    assert turn.check_open


def test_a_check_that_is_asked_for_begins_with_what_was_noticed(chat: Chat) -> None:
    turn = chat.says("Would you go through a symptom with me?")
    assert turn.responses == ["utter_ask_symptom_description"]
    assert chat.says("my ear itches when I wake up").responses == [
        "utter_symptom_heard",
        "utter_ask_symptom_duration",
    ]
    chat.says("for ten days now")
    chat.says("about the same")
    assert chat.says("yes, on chemo").responses == END


def test_a_check_that_is_asked_for_and_skipped_through_ends_with_the_escalation(
    chat: Chat,
) -> None:
    chat.says("Would you go through a symptom with me?")
    turns = [chat.says("skip") for _ in range(4)]
    assert turns[-1].responses == END


def test_the_offered_button_opens_it(chat: Chat) -> None:
    assert "Note a symptom" in chat.says("good evening, nice to find you here").buttons
    assert chat.says("Note a symptom").responses == ["utter_ask_symptom_description"]


def test_a_detail_out_of_nowhere_is_asked_what_it_belongs_to(chat: Chat) -> None:
    turn = chat.says("for about three weeks now")
    assert turn.responses == ["utter_ask_symptom_description"]


def test_a_symptom_with_a_question_gets_the_answer_too(chat: Chat) -> None:
    turn = chat.says("I get a dull ache in my ribs, and how do doctors treat cancer in the bones?")
    assert turn.responses == [
        "utter_symptom_heard",
        "utter_metastasis/treatment",
        "utter_ask_symptom_duration",
    ]


def test_a_question_about_symptoms_opens_none(chat: Chat) -> None:
    turn = chat.says("Which symptoms do lung metastases cause?")
    assert turn.responses == ["utter_metastasis/symptoms"]
    assert not turn.check_open
