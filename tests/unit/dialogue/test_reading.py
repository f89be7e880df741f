"""Guesses at the parts of a message become acts, a choice between two topics, or nothing."""

from __future__ import annotations

import json

import pytest

from bot.dialogue.interpretation import Thresholds, read
from bot.dialogue.reading import (
    MAX_ACTS,
    NOTHING,
    UNKNOWN,
    Act,
    Guess,
    Part,
    Reading,
    is_refusal,
    is_topic,
)
from tests.unit.dialogue.chat import named

LIMITS = Thresholds(
    accept=0.5, part=0.5, surprising_part=0.98, question_part=0.95, hint=0.03, lead=0.25, pair=0.45
)
TESTS, TREATMENT, CURABLE = "metastasis/tests", "metastasis/treatment", "metastasis/curable"


def part(guesses: dict[str, float], *words: str, elliptical: bool = False) -> Part:
    """A part with these guesses, best first, and clinical words."""
    ranked = tuple(Guess(label, confidence) for label, confidence in guesses.items())
    return Part("...", ranked, named(*words), elliptical)


def labels(whole: Part, *parts: Part) -> list[str]:
    return [act.label for act in read(whole, parts, LIMITS).acts]


@pytest.mark.parametrize(
    ("guesses", "expected"),
    [
        ({TESTS: 0.5, TREATMENT: 0.39}, [TESTS]),
        ({TESTS: 0.49, TREATMENT: 0.3, CURABLE: 0.21}, []),
        ({TESTS: 0.4, TREATMENT: 0.15}, [TESTS]),
        ({TESTS: 0.4, TREATMENT: 0.16}, []),
        ({"greet": 0.49, "thank": 0.3}, []),
        ({TESTS: 0.25}, [TESTS]),
        ({TESTS: 0.24}, []),
        ({}, []),
    ],
)
def test_a_message_is_understood_when_its_label_is_sure_or_leads(
    guesses: dict[str, float], expected: list[str]
) -> None:
    assert labels(part(guesses)) == expected


@pytest.mark.parametrize(
    ("guesses", "candidates"),
    [
        ({TESTS: 0.3, TREATMENT: 0.16}, (TESTS, TREATMENT)),
        ({TESTS: 0.3, TREATMENT: 0.14}, ()),
        ({TESTS: 0.3, "greet": 0.29}, ()),
        ({"greet": 0.3, TESTS: 0.29}, ()),
        ({TESTS: 0.5, TREATMENT: 0.49}, (TESTS, TREATMENT)),
        ({TESTS: 0.6, TREATMENT: 0.39}, ()),
    ],
)
def test_two_close_topics_that_share_the_weight_become_a_choice(
    guesses: dict[str, float], candidates: tuple[str, ...]
) -> None:
    assert read(part(guesses), (), LIMITS).candidates == candidates


def test_what_is_not_understood_keeps_the_best_guess_and_the_words_of_the_whole() -> None:
    found = read(part({TESTS: 0.2, "greet": 0.1}, "body_site=bone?"), (), LIMITS)
    assert (found.label, found.confidence, found.acts) == (UNKNOWN, 0.0, ())
    assert found.whole == Act(TESTS, 0.2, named("body_site=bone?"))


def test_an_act_carries_the_words_and_the_form_of_its_message() -> None:
    [found] = read(part({TESTS: 0.9}, "test=ct", elliptical=True), (), LIMITS).acts
    assert found == Act(TESTS, 0.9, named("test=ct"), elliptical=True)


def test_two_questions_are_two_acts_in_the_order_of_the_text() -> None:
    whole = part({CURABLE: 0.5, TESTS: 0.3})
    parts = part({TESTS: 0.6}, "test=ct"), part({CURABLE: 0.7})
    assert labels(whole, *parts) == [TESTS, CURABLE]
    assert read(whole, parts, LIMITS).acts[0].named == named("test=ct")


def test_the_same_question_about_two_things_is_two_acts_and_about_one_thing_one() -> None:
    lung, breast = (part({TESTS: 0.9}, f"cancer_type={value}") for value in ("lung", "breast"))
    whole = part({TESTS: 0.9})
    assert labels(whole, lung, breast) == [TESTS, TESTS]
    assert labels(whole, lung, lung) == [TESTS]


def test_a_symptom_comes_first_wherever_it_stands() -> None:
    whole = part({TESTS: 0.5, "report_symptom": 0.3, "request_symptom_check": 0.1})
    parts = [part({label: 0.7}) for label in (TESTS, "request_symptom_check", "report_symptom")]
    assert labels(whole, *parts) == ["report_symptom", "request_symptom_check", TESTS]


def test_no_more_acts_are_kept_than_can_be_answered() -> None:
    parts = [part({f"metastasis/{name}": 0.99}) for name in ("tests", "cause", "naming", "curable")]
    assert labels(part({TESTS: 0.9}), *parts) == [each.best.label for each in parts[:MAX_ACTS]]


def test_a_surprising_part_counts_only_when_it_is_very_sure() -> None:
    whole, expected = part({TESTS: 0.6, CURABLE: 0.03}), part({TESTS: 0.9})
    assert labels(whole, expected, part({CURABLE: 0.5})) == [TESTS, CURABLE]
    assert labels(whole, expected, part({TREATMENT: 0.94})) == [TESTS]
    assert labels(whole, expected, part({TREATMENT: 0.96})) == [TESTS, TREATMENT]


def test_a_part_below_its_threshold_does_not_count() -> None:
    whole = part({TESTS: 0.6, CURABLE: 0.2})
    assert labels(whole, part({TESTS: 0.9}), part({CURABLE: 0.49})) == [TESTS]


@pytest.mark.parametrize("talk", ["greet", "thank", "goodbye", "express_distress", "out_of_scope"])
def test_small_talk_beside_a_question_gives_way_to_the_question(talk: str) -> None:
    whole = part({TESTS: 0.7, talk: 0.2})
    assert labels(whole, part({talk: 0.95}), part({TESTS: 0.9})) == [TESTS]
    assert labels(whole, part({TESTS: 0.9}), part({talk: 0.95})) == [TESTS]


def test_a_part_that_is_less_sure_than_the_whole_gives_way_to_it() -> None:
    whole = part({CURABLE: 0.9, TESTS: 0.05})
    assert labels(whole, part({TESTS: 0.6}), part({"greet": 0.9})) == [CURABLE]


def test_small_talk_in_parts_is_heard_when_the_whole_is_not_understood() -> None:
    whole = part({"greet": 0.3, "thank": 0.3})
    assert labels(whole, part({"greet": 0.9}), part({"thank": 0.9})) == ["greet"]


def test_a_part_that_points_back_takes_the_words_of_the_part_before() -> None:
    first = part({TESTS: 0.9}, "cancer_type=lung")
    second = Part("...", (Guess(CURABLE, 0.9),), anaphoric=True)
    acts = read(part({TESTS: 0.5, CURABLE: 0.4}), (first, second), LIMITS).acts
    assert [act.named for act in acts] == [named("cancer_type=lung")] * 2


def test_the_only_question_of_a_message_may_name_its_subject_in_another_part() -> None:
    whole = part({TESTS: 0.6, "greet": 0.2}, "cancer_type=lung")
    story = part({"greet": 0.9}, "cancer_type=lung")
    [question] = read(whole, (story, part({TESTS: 0.9})), LIMITS).acts
    [other] = read(whole, (story, part({TESTS: 0.9}, "test=ct")), LIMITS).acts
    assert (question.named, other.named) == (named("cancer_type=lung"), named("test=ct"))


@pytest.mark.parametrize(
    ("text", "taken"), [("treatment?", True), ("how is cancer treated?", False)]
)
def test_a_bare_question_takes_the_words_of_the_part_before(text: str, taken: bool) -> None:
    first = part({TESTS: 1.0}, "body_site=liver")
    second = Part(text, (Guess(TREATMENT, 1.0),))
    whole = part({TESTS: 0.5, TREATMENT: 0.5})
    acts = read(whole, (first, second), LIMITS).acts
    assert acts[1].named == (first.named if taken else ())


def test_a_part_with_words_of_its_own_keeps_them() -> None:
    first = part({TESTS: 0.9}, "cancer_type=lung")
    second = Part("...", (Guess(CURABLE, 0.9),), named("cancer_type=breast"), anaphoric=True)
    acts = read(part({TESTS: 0.5, CURABLE: 0.4}), (first, second), LIMITS).acts
    assert acts[1].named == named("cancer_type=breast")


def test_a_reading_survives_the_way_through_json() -> None:
    acts = Act(TESTS, 0.75, named("body_site=bone?", "test=ct"), True, True), Act("greet", 0.5)
    before = Reading(acts, (TESTS, CURABLE), acts[0])
    assert Reading.from_dict(json.loads(json.dumps(before.to_dict()))) == before


def test_an_empty_record_is_a_reading_of_nothing() -> None:
    assert Reading.from_dict({}) == Reading(whole=NOTHING)
    assert Reading().label == UNKNOWN


def test_a_message_that_means_one_label_for_sure_is_one_act() -> None:
    typed, chosen = Reading.of("greet"), Reading.of(TESTS, named("test=ct"), chosen=True)
    assert (typed.label, typed.confidence, typed.whole) == ("greet", 1.0, typed.acts[0])
    assert not typed.whole.anaphoric and chosen.whole.anaphoric
    assert chosen.acts[0].named == named("test=ct")


@pytest.mark.parametrize(
    ("label", "topic", "refusal"),
    [
        ("metastasis/tests", True, False),
        ("request_dose", False, True),
        ("request_human", False, False),
        ("request_symptom_check", False, False),
        ("report_symptom", False, False),
    ],
)
def test_topics_and_refusals_are_told_by_their_label(
    label: str, topic: bool, refusal: bool
) -> None:
    assert (is_topic(label), is_refusal(label)) == (topic, refusal)


def test_another_thing_named_after_a_question_asks_it_again() -> None:
    ct, mri = part({TESTS: 0.9}, "test=ct"), part({CURABLE: 0.3}, "test=mri", elliptical=True)
    found = read(part({TESTS: 0.9}), (ct, mri), LIMITS).acts
    assert [(act.label, act.named) for act in found] == [
        (TESTS, named("test=ct")),
        (TESTS, named("test=mri")),
    ]
