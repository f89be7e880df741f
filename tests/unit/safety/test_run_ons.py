"""Dangers told in one breath with a question are made from the examples themselves."""

from __future__ import annotations

from bot.safety.run_ons import LONGEST_ASKED, LONGEST_TOLD, run_ons

TOLD = [("My left leg went numb!", "emergency"), ("word " * (LONGEST_TOLD + 1), "urgent")]
ASKED = ["What is hospice?", "Who pays, please?", "why " * (LONGEST_ASKED + 1)]


def test_a_danger_and_a_question_stand_without_a_stop_between_them() -> None:
    for text, label in run_ons(TOLD, ASKED, "none", 1):
        assert label in {"emergency", "none"}
        assert not set(text) & set(".?!") and text == text.lower()
        assert ("my left leg went numb" in text) == (label == "emergency")


def test_for_two_dangers_there_are_two_questions_once() -> None:
    told = [(f"I fell {number} times", "urgent") for number in range(9)]
    labels = [label for _, label in run_ons(told, ASKED, "none", 6)]
    assert labels == ["urgent"] * 6 + ["none"] * 3


def test_what_holds_more_than_one_thing_already_is_left_out() -> None:
    made = " ".join(text for text, _ in run_ons(TOLD, ASKED, "none", 9))
    assert "word word" not in made and "why why" not in made


def test_the_same_seed_draws_the_same_and_without_a_question_there_is_none() -> None:
    assert run_ons(TOLD, ASKED, "none", 1, seed=3) == run_ons(TOLD, ASKED, "none", 1, seed=3)
    assert run_ons(TOLD, [], "none", 1) == []
