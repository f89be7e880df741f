"""Who is believed when the rules, the detector and the classifier disagree on a message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from bot.safety.assess import GUARD_FAILED
from bot.safety.jury import Certainty, Features, Jury, Opinion
from bot.safety.story import Told
from bot.safety.verdicts import Assessment, Category
from tests.unit.safety.statistical import Matrix, detector, looks_like, probable

CERTAINTY = Certainty(answer=0.9, nothing=0.95, harmless=0.5, apart=0.9, detail=0.8)
UNSURE, SURE = (Opinion(harmless=sure) for sure in (0.4, 0.9))


@dataclass(frozen=True)
class Rules:
    """Rules that hear the same in every message."""

    heard: Assessment

    def assess(self, text: str) -> Assessment:
        return self.heard


def harmless(texts: Sequence[str]) -> Matrix:
    """Features of texts that look like nothing."""
    return looks_like(*["none"] * len(texts))


def jury(heard: Category = Category.NONE, *findings: str, features: Features = harmless) -> Jury:
    """A jury whose rules hear this category."""
    rule = "" if heard is Category.NONE else f"{heard.value}-rule"
    core: Any = Rules(Assessment(heard, rule, findings=findings))
    return Jury(core, detector(), features, CERTAINTY)


MANY_WORDS = "a message of more words than a rule could hardly misread"


def verdict(heard: Category, rows: Matrix, opinion: Opinion) -> Category:
    return jury(heard).assess(MANY_WORDS, rows, opinion).category


DANGERS = [category for category in Category if category >= Category.SYMPTOM]
GRAVE = [category for category in DANGERS if category is not Category.SYMPTOM]
REFUSALS = [category for category in Category if category.is_refusal]


@pytest.mark.parametrize("heard", DANGERS)
def test_rules_that_stand_alone_against_both_others_are_outvoted(heard: Category) -> None:
    assert verdict(heard, looks_like("none"), SURE) is Category.NONE


@pytest.mark.parametrize("heard", DANGERS)
def test_rules_are_believed_where_the_classifier_is_not_sure(heard: Category) -> None:
    assert verdict(heard, looks_like("none"), UNSURE) is heard
    assert verdict(heard, looks_like("none"), Opinion()) is heard


@pytest.mark.parametrize("heard", DANGERS)
def test_rules_are_believed_where_the_detector_sees_some_danger(heard: Category) -> None:
    assert verdict(heard, probable("symptom", 0.1), SURE) is heard


@pytest.mark.parametrize("heard", GRAVE)
def test_more_is_needed_against_a_grave_alarm_than_against_a_symptom(heard: Category) -> None:
    doubtful = probable("symptom", 0.03)
    assert verdict(heard, doubtful, SURE) is heard
    assert verdict(Category.SYMPTOM, doubtful, SURE) is Category.NONE


@pytest.mark.parametrize("heard", DANGERS)
def test_where_nothing_at_all_looks_like_a_danger_the_classifier_need_not_agree(
    heard: Category,
) -> None:
    core: Any = Rules(Assessment(heard, "rule"))
    judges = Jury(core, detector(nothing=0.001), harmless, CERTAINTY)
    assert judges.assess(MANY_WORDS, looks_like("none"), UNSURE).category is Category.NONE


@pytest.mark.parametrize("heard", REFUSALS)
@pytest.mark.parametrize("opinion", [UNSURE, SURE])
def test_a_request_that_the_rules_alone_hear_is_passed_over(
    heard: Category, opinion: Opinion
) -> None:
    assert verdict(heard, looks_like("none"), opinion) is Category.NONE


@pytest.mark.parametrize("heard", REFUSALS)
@pytest.mark.parametrize("seen", ["refuse_dose", "symptom"])
def test_a_request_stands_where_the_detector_sees_some_request_or_danger(
    heard: Category, seen: str
) -> None:
    assert verdict(heard, probable(seen, 0.1), SURE) is heard


def test_a_danger_in_one_part_of_the_message_keeps_a_grave_alarm() -> None:
    rows = looks_like("none", "none", "symptom")
    assert verdict(Category.EMERGENCY, rows, SURE) is Category.EMERGENCY


def test_a_sentence_alone_that_sounds_like_a_complaint_does_not_keep_a_mild_one() -> None:
    rows = np.vstack([looks_like("none"), probable("symptom", 0.5)])
    assert verdict(Category.SYMPTOM, rows, SURE) is Category.NONE


def test_beyond_what_the_encoder_sees_a_sentence_alone_keeps_a_mild_one() -> None:
    rows = np.vstack([looks_like("none"), probable("symptom", 0.5)])
    judged = jury(Category.SYMPTOM).assess("and so on " * 60, rows, SURE)
    assert judged.category is Category.SYMPTOM


def test_where_the_classifier_is_sure_of_something_off_the_subject_parts_do_not_count() -> None:
    rows = looks_like("none", "emergency")
    assert verdict(Category.NONE, rows, Opinion(harmless=0.96)) is Category.NONE
    assert verdict(Category.NONE, rows, Opinion(harmless=0.9)) is Category.EMERGENCY


def test_an_outvoted_alarm_leaves_its_findings_for_later_messages() -> None:
    judged = jury(Category.SYMPTOM, "fever").assess("...", looks_like("none"), SURE)
    assert judged == Assessment(findings=("fever",))


@pytest.mark.parametrize("opinion", [UNSURE, SURE])
def test_the_detector_suffices_where_the_rules_hear_nothing(opinion: Opinion) -> None:
    judged = jury().assess("...", looks_like("emergency"), opinion)
    assert (judged.category, judged.rule_id) == (Category.EMERGENCY, "detector-emergency")


def test_more_is_needed_for_a_danger_in_what_surely_asks_for_an_answer() -> None:
    rows = probable("emergency", 0.7)
    assert verdict(Category.NONE, rows, Opinion(0.95, 0.95)) is Category.NONE
    assert verdict(Category.NONE, rows, Opinion(0.85, 0.85)) is Category.EMERGENCY


def test_a_message_that_is_surely_harmless_tells_nothing() -> None:
    assert not jury().tells(SURE)
    assert jury().tells(UNSURE) and jury().tells(Opinion())


def dangerous(texts: Sequence[str]) -> Matrix:
    """Features of texts that look like an emergency."""
    return looks_like(*["emergency"] * len(texts))


def completed(
    before: Sequence[Told], text: str, features: Features, opinion: Opinion = UNSURE
) -> Assessment:
    """The verdict on a message that is nothing alone."""
    return jury(features=features).assess_after(lambda: before, text, Assessment(), opinion)


@pytest.mark.parametrize(
    ("text", "opinion"),
    [
        ("what do platelets do", SURE),
        ("a few weeks", Opinion(detail=0.8)),
    ],
)
def test_a_sure_question_or_a_short_answer_completes_no_story(text: str, opinion: Opinion) -> None:
    before = [Told("my eye is blurry", Category.SYMPTOM, tells=True)]
    assert completed(before, text, dangerous, opinion).category is Category.NONE


@pytest.mark.parametrize(
    ("answered", "verdict"),
    [(Category.SYMPTOM, Category.EMERGENCY), (Category.EMERGENCY, Category.NONE)],
)
def test_what_is_rather_a_question_completes_a_danger_but_does_not_repeat_an_alarm(
    answered: Category, verdict: Category
) -> None:
    before = [Told("my eye is blurry", answered, tells=True)]
    rather = Opinion(harmless=0.7)
    assert completed(before, "a blind came down", dangerous, rather).category is verdict


def test_what_was_told_before_is_read_together_with_the_message() -> None:
    texts: list[str] = []

    def features(stories: Sequence[str]) -> Matrix:
        texts.extend(stories)
        return looks_like("emergency")

    before = [Told("my eye is blurry", Category.SYMPTOM, tells=True)]
    judged = completed(before, "a blind came down", features)
    assert texts == ["my eye is blurry\na blind came down"]
    assert (judged.category, judged.rule_id) == (Category.EMERGENCY, "detector-emergency")


def test_the_rules_read_the_story_as_well() -> None:
    before = [Told("my eye is blurry", Category.NONE, tells=True)]
    judged = jury(Category.URGENT).assess_after(lambda: before, "...", Assessment(), UNSURE)
    assert (judged.category, judged.rule_id) == (Category.URGENT, "urgent-rule")


@pytest.mark.parametrize("heard", GRAVE)
def test_a_grave_alarm_stands_where_the_very_words_of_the_rule_look_dangerous(
    heard: Category,
) -> None:
    asked = jury(heard, features=lambda texts: looks_like(*["none", "emergency"][-len(texts) :]))
    assert asked.assess("...", looks_like("none"), SURE).category is heard


def test_a_guard_that_failed_is_never_outvoted() -> None:
    core: Any = Rules(Assessment(Category.URGENT, GUARD_FAILED))
    judged = Jury(core, detector(), harmless, CERTAINTY).assess("...", looks_like("none"), SURE)
    assert (judged.category, judged.rule_id) == (Category.URGENT, GUARD_FAILED)


def test_what_is_to_be_declined_outlives_an_alarm_that_is_outvoted() -> None:
    signs = ((Category.REFUSE_DOSE, "dose-rule"),)
    core: Any = Rules(Assessment(Category.SYMPTOM, "symptom-rule", signs=signs))
    rows = probable("refuse_dose", 0.3)
    judged = Jury(core, detector(), harmless, CERTAINTY).assess("...", rows, SURE)
    assert (judged.category, judged.rule_id) == (Category.REFUSE_DOSE, "dose-rule")


@pytest.mark.parametrize(
    ("labels", "nothing"),
    [
        (("none", "none"), True),
        (("none", "symptom"), False),
        (("refuse_dose",), False),
        (("emergency",), False),
    ],
)
def test_the_detector_sees_nothing_where_no_part_tells_or_asks_anything(
    labels: tuple[str, ...], nothing: bool
) -> None:
    assert jury().sees_nothing(looks_like(*labels)) is nothing


@pytest.mark.parametrize("heard", GRAVE)
def test_what_a_rule_hears_in_a_few_words_is_a_grave_alarm_whatever_the_others_say(
    heard: Category,
) -> None:
    few, more = "neutropenic with a temperature", "neutropenic with a temperature it says here"
    assert jury(heard).assess(few, looks_like("none"), SURE).category is heard
    assert jury(heard).assess(more, looks_like("none"), SURE).category is Category.NONE


@pytest.mark.parametrize(
    ("opinion", "verdict"), [(UNSURE, Category.SYMPTOM), (SURE, Category.NONE)]
)
def test_a_symptom_in_a_few_words_is_outvoted_by_both_others_alone(
    opinion: Opinion, verdict: Category
) -> None:
    judged = jury(Category.SYMPTOM).assess("migraine triggers", looks_like("none"), opinion)
    assert judged.category is verdict
