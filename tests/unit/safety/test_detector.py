"""The statistical detector raises a verdict, never lowers one, and says by which label."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.intents.network import SCALE, Network
from bot.safety.datafiles import SafetyDataError
from bot.safety.detector import Detector, Levels, load_examples
from bot.safety.verdicts import Assessment, Category

LABELS = (
    "crisis_explicit",
    "crisis_other_person",
    "emergency",
    "crisis_ambiguous",
    "urgent",
    "symptom",
    "refuse_dose",
    "none",
)
EXAMPLES = Path(__file__).parents[3] / "data" / "safety_examples"


def detector() -> Detector:
    """A detector whose probability of a label is the softmax of ten times that coordinate."""
    same = np.eye(len(LABELS), dtype=np.float32)
    zeros = np.zeros(len(LABELS), dtype=np.float32)
    network = Network(LABELS, zeros, same / SCALE, zeros, 10 * same, zeros)
    return Detector(network)


def looks_like(*labels: str) -> np.ndarray:
    return np.array([[float(each == label) for each in LABELS] for label in labels], np.float32)


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


def probable(label: str, share: float) -> np.ndarray:
    """A row whose label has that probability, and "none" the rest."""
    odds = np.log([share, 1 - share]) / 10
    row = np.full((1, len(LABELS)), -9.0, np.float32)
    row[0, LABELS.index(label)], row[0, -1] = odds
    return row - row.max() + 1


def test_a_mild_danger_must_be_more_probable_than_a_grave_one() -> None:
    assert detector().judge(probable("emergency", 0.7), Assessment()).category.is_bodily
    assert detector().judge(probable("urgent", 0.7), Assessment()).category is Category.NONE


def test_a_sentence_alone_must_be_more_probable_than_the_message() -> None:
    rows = np.vstack([looks_like("none"), probable("emergency", 0.9)])
    assert detector().judge(rows, Assessment()).category is Category.NONE
    assert detector().judge(rows[1:], Assessment()).category is Category.EMERGENCY


def test_a_sure_question_needs_more_to_be_a_danger_and_its_sentences_do_not_count() -> None:
    likely, sure = probable("crisis_ambiguous", 0.8), looks_like("crisis_ambiguous")
    assert detector().judge(likely, Assessment(), True).category is Category.NONE
    assert detector().judge(sure, Assessment(), True).category is Category.CRISIS_AMBIGUOUS
    parts = np.vstack([looks_like("none"), sure])
    assert detector().judge(parts, Assessment(), True).category is Category.NONE


def test_harmless_is_what_looks_like_nothing_in_any_sentence() -> None:
    assert detector().is_harmless(looks_like("none", "none"))
    assert not detector().is_harmless(np.vstack([looks_like("none"), probable("symptom", 0.2)]))
    assert detector().levels == Levels()


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
