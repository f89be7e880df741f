from __future__ import annotations

import logging

import pytest

from bot.safety.assess import GUARD_FAILED, SafetyCore
from bot.safety.length import LONGEST
from bot.safety.verdicts import Assessment, Category


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "?!", "...", "\u200b\u200d", "\U0001f600"])
def test_a_message_without_words_comes_to_nothing(core: SafetyCore, text: str) -> None:
    assert core.assess(text) == Assessment()


def test_the_spans_point_at_the_words_of_the_complaint(core: SafetyCore) -> None:
    text = "Sorry to bother you \u2014 my L\u0415GS are numb!"
    assessment = core.assess(text)
    assert assessment.category is Category.EMERGENCY
    assert [text[start:end] for start, end in assessment.spans] == ["L\u0415GS", "numb"]


def test_the_most_pressing_sign_comes_first_and_the_others_follow(core: SafetyCore) -> None:
    assessment = core.assess("I want to kill myself, I have chest pain and a sore toe")
    assert assessment.category is Category.CRISIS_EXPLICIT
    categories = [category for category, _ in assessment.signs]
    assert categories == sorted(categories, reverse=True)
    assert {Category.EMERGENCY, Category.SYMPTOM} <= set(categories)


def test_a_failure_inside_is_treated_as_urgent_and_leaves_no_text_in_the_log(
    core: SafetyCore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> Assessment:
        raise RuntimeError("my secret")

    monkeypatch.setattr(core, "_assess", fail)
    with caplog.at_level(logging.DEBUG):
        assessment = core.assess("my secret")
    assert (assessment.category, assessment.rule_id) == (Category.URGENT, GUARD_FAILED)
    assert "my secret" not in caplog.text
    assert caplog.records


@pytest.mark.parametrize("value", [None, 39.4, b"I can't breathe", ["pain"]])
def test_what_is_not_a_text_comes_to_nothing(core: SafetyCore, value: object) -> None:
    assert core.assess(value) == Assessment()  # type: ignore[arg-type]


@pytest.mark.parametrize("place", ["start", "end"])
def test_of_an_endless_text_both_ends_are_read(core: SafetyCore, place: str) -> None:
    filler = "we had tea and cake in the garden. " * (LONGEST // 10)
    text = f"I can't breathe. {filler}" if place == "start" else f"{filler} I can't breathe."
    assert core.assess(text).category is Category.EMERGENCY


def test_an_assessment_does_not_depend_on_the_ones_before(core: SafetyCore) -> None:
    first = core.assess("my legs are numb")
    core.assess("no chest pain")
    assert core.assess("my legs are numb") == first
