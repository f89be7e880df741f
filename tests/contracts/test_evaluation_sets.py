"""The evaluation sets can be read, expect what exists, and share no text with the training data."""

from __future__ import annotations

import warnings
from collections import Counter

import pytest

from bot.knowledge.loader import load_topics
from bot.launch.project import ROOT
from bot.safety.verdicts import Category
from tools.evaluation.corpus import groups, load_examples
from tools.evaluation.overlap import Overlap, Seen, evaluation_texts, plain
from tools.evaluation.safety_sets import SAFETY, load_cases
from tools.evaluation.sets import DIRECTORY, HELD_OUT, PRACTICE, Dialogue, Turn, load_set

SETS = (*HELD_OUT, *PRACTICE)
DATA = ROOT / "data"
LEAST_QUESTIONS = 600
LEAST_SAFETY_MESSAGES = 800
TOPICS = load_topics(DATA)
LABELS = groups(load_examples(DATA / "nlu"))
TRAINED = Seen.trained(DATA)


def dialogues(name: str) -> list[Dialogue]:
    return load_set(ROOT / DIRECTORY / f"{name}.yml")


def turns(name: str) -> list[Turn]:
    return [turn for dialogue in dialogues(name) for turn in dialogue.turns]


def texts(name: str) -> list[str]:
    return evaluation_texts(name, ROOT / DIRECTORY)


def split(overlaps: list[Overlap]) -> tuple[list[Overlap], list[Overlap]]:
    short = [overlap for overlap in overlaps if overlap.is_short]
    return short, [overlap for overlap in overlaps if not overlap.is_short]


def listed(overlaps: list[Overlap]) -> str:
    return "\n".join(f"{overlap.place}: {overlap.text!r}" for overlap in overlaps)


@pytest.mark.parametrize("name", SETS)
def test_every_label_that_a_set_expects_is_an_answer_or_a_trained_intent(name: str) -> None:
    expected = {
        label for turn in turns(name) for one in turn.expected for label in (one.label, *one.also)
    }
    assert expected
    assert expected - TOPICS.keys() - LABELS.keys() == set()


@pytest.mark.parametrize("name", SETS)
def test_every_message_of_a_set_has_words_and_something_expected(name: str) -> None:
    assert [turn.text for turn in turns(name) if not (plain(turn.text) and turn.expected)] == []


@pytest.mark.parametrize("name", ["questions", "two_questions", "practice"])
def test_no_message_stands_twice_in_a_set(name: str) -> None:
    counts = Counter(plain(turn.text) for turn in turns(name))
    assert [text for text, number in counts.items() if number > 1] == []


@pytest.mark.parametrize("name", SETS)
def test_the_focus_that_a_set_expects_is_one_that_the_answer_depends_on(name: str) -> None:
    wrong = [
        (turn.text, one.label, slot)
        for turn in turns(name)
        for one in turn.expected
        if one.label in TOPICS
        for slot in one.focus
        if slot not in TOPICS[one.label].focus and one.label != "metastasis/spread_pair"
    ]
    assert wrong == []


def test_there_are_at_least_six_hundred_questions() -> None:
    assert len(turns("questions")) >= LEAST_QUESTIONS


def test_every_answer_is_asked_for_by_at_least_three_questions() -> None:
    asked = Counter(one.label for turn in turns("questions") for one in turn.expected)
    assert [topic for topic in TOPICS if asked[topic] < 3] == []


def test_there_are_at_least_eight_hundred_safety_messages() -> None:
    assert len(load_cases(ROOT / SAFETY)) >= LEAST_SAFETY_MESSAGES


def test_every_category_of_verdict_is_expected_by_some_safety_message() -> None:
    assert {case.expected for case in load_cases(ROOT / SAFETY)} == set(Category)


@pytest.mark.parametrize("name", [*SETS, "safety", "practice_safety"])
def test_no_evaluation_text_of_more_than_three_words_was_trained_on(name: str) -> None:
    short, longer = split(TRAINED.overlaps(texts(name)))
    if short:
        warnings.warn(
            f"{name}: these short texts stand in the training data or among the safety rules' "
            f"examples too, and are left out of the figures:\n{listed(short)}",
            stacklevel=1,
        )
    assert not longer, f"Remove these from data/:\n{listed(longer)}"


@pytest.mark.parametrize("name", HELD_OUT)
def test_no_held_out_text_of_more_than_three_words_is_practised_on(name: str) -> None:
    practised = Seen((text, f"{other}.yml") for other in PRACTICE for text in texts(other))
    _, longer = split(practised.overlaps(texts(name)))
    assert not longer, f"Remove these from the practice sets:\n{listed(longer)}"
