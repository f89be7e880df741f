from __future__ import annotations

import json

import pytest

from bot.safety.verdicts import Assessment, Category

ASSESSMENT = Assessment(
    category=Category.EMERGENCY,
    rule_id="emergency-leg-weakness",
    spans=((3, 7), (9, 13)),
    about_other_person=True,
    signs=((Category.SYMPTOM, "symptom-pain"),),
    findings=("leg_trouble",),
)


def test_the_categories_stand_in_their_order_of_precedence() -> None:
    assert Category.CRISIS_EXPLICIT > Category.EMERGENCY > Category.CRISIS_AMBIGUOUS
    assert Category.CRISIS_AMBIGUOUS > Category.URGENT > Category.SYMPTOM
    refusals = [category for category in Category if category.is_refusal]
    assert len(refusals) == 8
    assert all(Category.SYMPTOM > refusal > Category.NONE for refusal in refusals)


def test_a_category_does_not_compare_with_a_text() -> None:
    with pytest.raises(TypeError):
        _ = Category.NONE < "none"


def test_a_bodily_category_owes_the_escalation() -> None:
    bodily = [category for category in Category if category.is_bodily]
    assert bodily == [Category.EMERGENCY, Category.URGENT, Category.SYMPTOM]


def test_a_crisis_is_explicit_or_ambiguous() -> None:
    crises = [category for category in Category if category.is_crisis]
    assert crises == [Category.CRISIS_EXPLICIT, Category.CRISIS_AMBIGUOUS]


@pytest.mark.parametrize("assessment", [ASSESSMENT, Assessment()])
def test_an_assessment_survives_json(assessment: Assessment) -> None:
    assert Assessment.from_dict(json.loads(json.dumps(assessment.to_dict()))) == assessment


def test_an_unknown_category_cannot_be_rebuilt() -> None:
    with pytest.raises(ValueError, match="all_clear"):
        Assessment.from_dict({**ASSESSMENT.to_dict(), "category": "all_clear"})
