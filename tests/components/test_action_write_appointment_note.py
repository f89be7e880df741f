"""The action puts the answers of the symptom check into the note, escaped, and nothing else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.action_write_appointment_note import SLOTS, ActionWriteAppointmentNote, escaped
from bot.dialogue.check import NOT_GIVEN
from bot.dialogue.names import CHECK_QUESTIONS, WRITE_NOTE

ANSWERS = {
    "symptom_description": "a cough",
    "symptom_duration": "a week",
    "symptom_trend": "worse",
    "in_treatment": "yes, on chemo",
}


def note(**slots: Any) -> dict[str, Any]:
    """The message that the action utters with these slots."""
    dispatcher = CollectingDispatcher()
    tracker = Tracker("someone", slots, {}, [], False, None, {}, "action_listen")
    assert ActionWriteAppointmentNote().run(dispatcher, tracker, {}) == []
    [message] = dispatcher.messages
    return dict(message)


def test_the_note_holds_the_answers_in_the_words_of_the_person() -> None:
    message = note(**ANSWERS)
    assert message["response"] == "utter_appointment_note"
    assert {name: message[name] for name in SLOTS} == {
        "symptom": "a cough",
        "duration": "a week",
        "trend": "worse",
        "treatment": "yes, on chemo",
    }


def test_the_note_is_dated_and_says_nothing_of_its_own() -> None:
    message = note(**ANSWERS)
    assert date.fromisoformat(message["date"]) <= date.today()
    assert not message["text"] and not message["buttons"]


@pytest.mark.parametrize("answer", [None, NOT_GIVEN, "", "  \n "])
def test_what_was_not_answered_is_left_to_the_response_to_word(answer: str | None) -> None:
    assert note(**{**ANSWERS, "symptom_trend": answer})["trend"] is None


def test_without_a_single_answer_the_note_is_still_written() -> None:
    assert [note()[name] for name in SLOTS] == [None] * 4


def test_every_question_of_the_check_has_its_place_in_the_note() -> None:
    assert tuple(SLOTS.values()) == CHECK_QUESTIONS
    assert ActionWriteAppointmentNote().name() == WRITE_NOTE


@pytest.mark.parametrize(
    ("answer", "written"),
    [
        ("<b>pain</b>", "‹b›pain‹/b›"),  # noqa: RUF001
        ("two\nlines\tof  it", "two lines of it"),
        ('5 > 3 & "quoted"', '5 › 3 & "quoted"'),  # noqa: RUF001
        ("{date} {0.x}", "{date} {0.x}"),
        (7, None),
        (["a"], None),
    ],
)
def test_an_answer_is_written_on_one_line_without_markup(
    answer: object, written: str | None
) -> None:
    assert escaped(answer) == written
