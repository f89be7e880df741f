"""What the safety detector learns from an ordinary example."""

from __future__ import annotations

import pytest

from bot.nlu.danger_examples import danger_of, is_harmless


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
