"""A part that has the form of a question is believed more easily than a statement."""

from __future__ import annotations

import pytest

from bot.dialogue.interpretation import Thresholds, read
from bot.dialogue.reading import Guess, Part

LIMITS = Thresholds(part=0.5, surprising_part=0.98, question_part=0.95, hint=0.03)
TESTS, TREATMENT, CURABLE = "metastasis/tests", "metastasis/treatment", "metastasis/curable"


def written(text: str, guesses: dict[str, float]) -> Part:
    """A part with these words and guesses, best first."""
    return Part(text, tuple(Guess(label, confidence) for label, confidence in guesses.items()))


def labels(whole: Part, *parts: Part) -> list[str]:
    return [act.label for act in read(whole, parts, LIMITS).acts]


HEADLINES = ("sites of spread", "Bone scan", "cost of hospice care", "treatment options")
STATEMENTS = ("my nan had it", "it's in the bone", "they said spread", "he got a scan")
WHOLE = written("...", {TESTS: 0.6, CURABLE: 0.03})
QUESTION = written("what is a bone scan?", {TESTS: 0.9})


@pytest.mark.parametrize("text", [*HEADLINES, "so how is it treated", "info on the treatment"])
def test_a_few_words_without_a_statement_ask_like_a_question(text: str) -> None:
    assert labels(WHOLE, QUESTION, written(text, {TREATMENT: 0.96})) == [TESTS, TREATMENT]


@pytest.mark.parametrize("text", STATEMENTS)
def test_a_short_statement_is_no_headline(text: str) -> None:
    assert labels(WHOLE, QUESTION, written(text, {TREATMENT: 0.96})) == [TESTS]


def test_many_words_are_no_headline() -> None:
    long = written("a word on each of all treatments", {TREATMENT: 0.96})
    assert labels(WHOLE, QUESTION, long) == [TESTS]


def test_a_statement_beside_a_question_only_tells_what_it_is_about() -> None:
    sure = written("my nan had the chemo", {TREATMENT: 0.99})
    assert labels(WHOLE, sure, QUESTION) == [TESTS]


def test_a_symptom_that_is_stated_beside_a_question_is_heard() -> None:
    ache = written("my back hurts", {"report_symptom": 0.99})
    assert labels(WHOLE, QUESTION, ache) == ["report_symptom", TESTS]


@pytest.mark.parametrize("label", ["express_distress", "complain"])
def test_what_is_felt_beside_a_question_is_heard_if_it_is_sure(label: str) -> None:
    felt, perhaps = (written("I could scream", {label: sure}) for sure in (0.97, 0.9))
    assert read(WHOLE, (felt, QUESTION), LIMITS).aside == label
    assert labels(WHOLE, felt, QUESTION) == [TESTS]
    assert not read(WHOLE, (perhaps, QUESTION), LIMITS).aside


def test_a_question_off_the_subject_beside_another_is_heard_and_a_statement_is_not() -> None:
    asked, said = (
        written(text, {"out_of_scope": 0.99}) for text in ("what's the weather", "it has rained")
    )
    assert read(WHOLE, (QUESTION, asked), LIMITS).aside == "out_of_scope"
    assert not read(WHOLE, (QUESTION, said), LIMITS).aside


def test_a_feeling_alone_is_no_aside() -> None:
    alone = written("I could scream", {"express_distress": 0.99})
    assert not read(alone, (alone, alone), LIMITS).aside
