"""What the safety detector learns from an ordinary example."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.lexicon.normalizer import TextNormalizer
from bot.nlu.danger_examples import danger_of, examples_of_danger, foreseen, is_harmless
from bot.nlu.shared import normalizer as shared_normalizer
from bot.nlu.shared import safety_core
from bot.safety.assess import SafetyCore


@pytest.fixture(scope="module")
def normalizer() -> TextNormalizer:
    return shared_normalizer(Path("data/lexicon"))


@pytest.fixture(scope="module")
def safety() -> SafetyCore:
    return safety_core(Path("data/knowledge/safety"))


@pytest.mark.parametrize(
    ("label", "danger"),
    [
        ("metastasis/curable", "none"),
        ("greet", "none"),
        ("request_human", "none"),
        ("request_prognosis", "refuse_prognosis"),
        ("request_dose", "refuse_dose"),
    ],
)
def test_an_ordinary_example_is_no_danger_or_what_is_declined(label: str, danger: str) -> None:
    assert danger_of(label) == danger


@pytest.mark.parametrize("label", ["report_symptom", "inform_symptom_detail", "express_distress"])
def test_where_a_danger_may_be_told_nothing_is_learnt(label: str) -> None:
    assert danger_of(label) is None
    assert not is_harmless(label)


def learnt(normalizer: TextNormalizer, *examples: tuple[str, str]) -> list[tuple[str, str]]:
    return list(zip(*examples_of_danger(examples, normalizer, ["what is a scan"], 0), strict=True))


def test_each_sentence_of_a_harmless_message_is_learnt_as_harmless(
    normalizer: TextNormalizer,
) -> None:
    sentences = "My gran had chest pain in the war. She lived to be ninety and a half years old."
    assert len(learnt(normalizer, (sentences, "none"))) == 3


def test_several_messages_are_learnt_together_alone(normalizer: TextNormalizer) -> None:
    messages = "I cannot breathe at all. Please help me.\nThe ambulance has come. She is better."
    assert len(learnt(normalizer, (messages, "none"))) == 1


def test_what_the_rules_foresee_is_learnt_with_their_category(safety: SafetyCore) -> None:
    labelled = dict(foreseen(safety))
    assert len(labelled) > 600
    assert labelled["I feel hot"] == "symptom"
    assert labelled["neutropenic with a temperature"] == "emergency"
    assert {"crisis_explicit", "crisis_other_person", "refuse_dose"} <= set(labelled.values())
    assert "none" not in labelled.values()
