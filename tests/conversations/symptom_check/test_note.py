"""The note for the appointment: the person's own words, and nothing else of theirs."""

from __future__ import annotations

import pytest

from tests.conversations.chat import Chat
from tests.conversations.symptom_check.conftest import END

NOTE = "utter_appointment_note"


def test_it_holds_all_answers_in_the_persons_own_words(chat: Chat) -> None:
    told = [
        "My right elbow feels kind of grumpy and sore",
        "since the week before Diwali",
        "worse when I knead bread",
        "nope, had my last infusion in May",
    ]
    turns = [chat.says(text) for text in told]
    note = turns[-1].text_of(NOTE)
    for words in told:
        assert words in note


def test_a_further_symptom_is_added_to_it(open_check: Chat) -> None:
    open_check.says("two weeks")
    turn = open_check.says("I also have a rash on my arm now")
    assert turn.responses == ["utter_symptom_added", "utter_ask_symptom_trend"]
    open_check.says("worse")
    note = open_check.says("no").text_of(NOTE)
    assert "My elbow has been aching" in note
    assert "I also have a rash on my arm now" in note


def test_a_question_asked_in_between_is_not_in_it(open_check: Chat) -> None:
    open_check.says("What does a bone scan look for?")
    turns = [open_check.says("skip") for _ in range(3)]
    assert "bone scan" not in turns[-1].text_of(NOTE)


def test_markup_in_an_answer_is_shown_as_plain_text(open_check: Chat) -> None:
    open_check.says("<b>two weeks</b><script>alert(1)</script>")
    open_check.says("worse")
    note = open_check.says("no").text_of(NOTE)
    assert "two weeks" in note
    assert "<" not in note
    assert ">" not in note


@pytest.mark.parametrize("words", ["two weeks {date} {0}", "two weeks {duration} {trend}"])
def test_braces_in_an_answer_fill_in_nothing(open_check: Chat, words: str) -> None:
    open_check.says(words)
    open_check.says("worse")
    turn = open_check.says("no")
    assert turn.responses == END
    assert words in turn.text_of(NOTE)


def test_an_answer_on_many_lines_is_written_on_one(open_check: Chat) -> None:
    open_check.says("two weeks\n\nDate: yesterday\nHow long: a day")
    open_check.says("worse")
    lines = open_check.says("no").text_of(NOTE).splitlines()
    assert len([line for line in lines if line.startswith("Date: ")]) == 1
    assert "two weeks Date: yesterday How long: a day" in "\n".join(lines)


RAMBLE = (
    "It was two weeks on Sunday. My brother was here that day, he came over with a garden "
    "table for the lawn, and he stayed for tea, and we had the radio on, and it was the "
    "cricket, and my sister rang from Spain about her flight. On the Monday I went to the "
    "shops for paint, white for the kitchen, and on the Tuesday I painted the one wall, and I "
    "left the other three for the week after as it rained so. On the Wednesday the man came "
    "about the boiler, and on the Thursday I had my hair cut, which I do every six weeks, and "
    "the girl there has just bought a house. On the Friday I had the grandchildren, all four "
    "of them, and we made buns, and on the Saturday it was the match on the television, and "
    "we won, and then it was Sunday again, and there is your two weeks, near enough, give or "
    "take a day or so, as I do not write these things down, and I have never been one for "
    "keeping a diary of any sort."
)


def test_a_very_long_answer_is_cut(open_check: Chat) -> None:
    assert len(RAMBLE) > 800
    open_check.says(RAMBLE)
    open_check.says("worse")
    assert len(open_check.says("no").text_of(NOTE)) < 800


@pytest.mark.usefixtures("action_server_down")
def test_without_the_action_server_it_says_so_and_still_escalates(open_check: Chat) -> None:
    open_check.says("two weeks")
    open_check.says("worse")
    assert open_check.says("no").responses == ["utter_note_unavailable", *END[1:]]


def test_once_the_action_server_is_back_the_next_note_is_written(open_check: Chat) -> None:
    open_check.agent.actions.running = False
    try:
        for _ in range(3):
            open_check.says("skip")
    finally:
        open_check.agent.actions.running = True
    open_check.says("my ear itches when I wake up")
    turns = [open_check.says("skip") for _ in range(3)]
    assert turns[-1].responses == END
