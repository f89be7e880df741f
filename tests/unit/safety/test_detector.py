"""The statistical detector raises a verdict, never lowers one, and says by which label."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.safety.datafiles import SafetyDataError
from bot.safety.detector import load_examples
from bot.safety.verdicts import Assessment, Category
from tests.unit.safety import statistical
from tests.unit.safety.statistical import LABELS, Matrix, detector

EXAMPLES = Path(__file__).parents[3] / "data" / "safety_examples"


def looks_like(*labels: str) -> Matrix:
    """What the detector sees in messages that surely tell these."""
    return detector().shares(statistical.looks_like(*labels))


def probable(label: str, probability: float) -> Matrix:
    """What the detector sees in a message that probably tells this."""
    return detector().shares(statistical.probable(label, probability))


@pytest.mark.parametrize(
    ("label", "category"),
    [
        ("crisis_explicit", Category.CRISIS_EXPLICIT),
        ("crisis_other_person", Category.CRISIS_EXPLICIT),
        ("emergency", Category.EMERGENCY),
        ("crisis_ambiguous", Category.CRISIS_AMBIGUOUS),
        ("urgent", Category.URGENT),
        ("symptom", Category.SYMPTOM),
        ("refuse_dose", Category.REFUSE_DOSE),
    ],
)
def test_what_looks_like_a_danger_becomes_its_verdict(label: str, category: Category) -> None:
    judged = detector().judge(looks_like(label), Assessment())
    assert (judged.category, judged.rule_id) == (category, f"detector-{label}")


def test_a_danger_in_one_part_of_a_message_is_enough() -> None:
    judged = detector().judge(looks_like("none", "none", "emergency"), Assessment())
    assert judged.category is Category.EMERGENCY


@pytest.mark.parametrize("label", ["crisis_explicit", "crisis_other_person", "crisis_ambiguous"])
def test_a_sentence_of_what_is_surely_an_emergency_makes_no_crisis_of_it(label: str) -> None:
    judged = detector().judge(looks_like("emergency", "none", label), Assessment())
    assert judged.category is Category.EMERGENCY


def test_a_sentence_makes_a_crisis_of_what_may_be_an_emergency_or_a_crisis() -> None:
    unsure = looks_like("emergency", "crisis_explicit")
    whole = 0.92 * unsure[:1] + 0.08 * unsure[1:]
    judged = detector().judge(np.vstack([whole, unsure[1:]]), Assessment())
    assert judged.category is Category.CRISIS_EXPLICIT
    likely = np.vstack([probable("emergency", 0.8), unsure[1:]])
    assert detector().judge(likely, Assessment()).category is Category.CRISIS_EXPLICIT


def test_what_looks_harmless_keeps_what_the_rules_found() -> None:
    found = Assessment(Category.EMERGENCY, "emergency-seizure")
    assert detector().judge(looks_like("none"), found) == found


def test_a_lesser_danger_does_not_replace_a_greater_one() -> None:
    found = Assessment(Category.CRISIS_EXPLICIT, "crisis-explicit-plan")
    assert detector().judge(looks_like("urgent"), found) == found


def test_the_danger_of_another_person_is_known_as_theirs() -> None:
    assert detector().judge(looks_like("crisis_other_person"), Assessment()).about_other_person


def test_two_dangers_in_doubt_add_up_to_the_lesser_one() -> None:
    doubtful = looks_like("emergency") + looks_like("crisis_explicit")
    assert detector().judge(doubtful / 2, Assessment()).category >= Category.EMERGENCY


def test_a_mild_danger_must_be_more_probable_than_a_grave_one() -> None:
    assert detector().judge(probable("emergency", 0.6), Assessment()).category.is_bodily
    assert detector().judge(probable("urgent", 0.6), Assessment()).category is Category.NONE
    assert detector().judge(probable("urgent", 0.8), Assessment()).category is Category.URGENT


def test_a_sentence_alone_must_be_more_probable_than_the_message() -> None:
    seen = np.vstack([looks_like("none"), probable("emergency", 0.9)])
    assert detector().judge(seen, Assessment()).category is Category.NONE
    assert detector().judge(seen[1:], Assessment()).category is Category.EMERGENCY


def test_a_sure_question_needs_more_to_be_a_danger_and_its_sentences_do_not_count() -> None:
    likely, sure = probable("crisis_ambiguous", 0.7), looks_like("crisis_ambiguous")
    assert detector().judge(likely, Assessment(), True).category is Category.NONE
    assert detector().judge(sure, Assessment(), True).category is Category.CRISIS_AMBIGUOUS
    parts = np.vstack([looks_like("none"), sure])
    assert detector().judge(parts, Assessment(), True).category is Category.NONE


def test_the_danger_is_that_of_the_sentence_that_looks_most_like_one() -> None:
    assert detector().danger(looks_like("none", "none")) < 0.001
    seen = np.vstack([looks_like("none"), probable("symptom", 0.2), probable("urgent", 0.1)])
    assert detector().danger(seen) == pytest.approx(0.2, abs=1e-3)


def test_a_request_to_decline_is_no_danger() -> None:
    assert detector().danger(looks_like("refuse_dose")) < 0.001


def test_a_story_has_a_level_of_its_own() -> None:
    cautious, row = detector(story=0.9), probable("emergency", 0.7)
    assert cautious.judge_story(row, Assessment()).category is Category.NONE
    assert cautious.judge(row, Assessment()).category is Category.EMERGENCY
    assert detector(story=0.5).judge_story(row, Assessment()).category is Category.EMERGENCY


def test_a_story_keeps_what_the_rules_heard_in_it() -> None:
    found = Assessment(Category.EMERGENCY, "emergency-seizure")
    assert detector().judge_story(looks_like("none"), found) == found


def test_the_examples_cover_every_label() -> None:
    labels = {label for _, label in load_examples(EXAMPLES)}
    assert set(LABELS) <= labels


def test_an_empty_folder_of_examples_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SafetyDataError, match="restore the folder"):
        list(load_examples(tmp_path))


def test_a_broken_file_of_examples_is_named(tmp_path: Path) -> None:
    (tmp_path / "crisis.yml").write_text("safety_examples: 3\n")
    with pytest.raises(SafetyDataError, match=r"crisis\.yml"):
        list(load_examples(tmp_path))
