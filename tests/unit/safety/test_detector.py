"""The statistical detector raises a verdict, never lowers one, and says by which label."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.intents.network import SCALE, Network
from bot.safety.datafiles import SafetyDataError
from bot.safety.detector import Detector, load_examples
from bot.safety.verdicts import Assessment, Category

LABELS = (
    "crisis_explicit",
    "crisis_other_person",
    "emergency",
    "crisis_ambiguous",
    "urgent",
    "none",
)
EXAMPLES = Path(__file__).parents[3] / "data" / "safety_examples"


def detector() -> Detector:
    """A detector whose probability of a label is the softmax of ten times that coordinate."""
    same = np.eye(len(LABELS), dtype=np.float32)
    zeros = np.zeros(len(LABELS), dtype=np.float32)
    network = Network(LABELS, zeros, same / SCALE, zeros, 10 * same, zeros)
    return Detector(network, 0.5, 0.7)


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
