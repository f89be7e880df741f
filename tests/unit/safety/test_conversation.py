from __future__ import annotations

import pytest

from bot.safety.assess import EMPTY, SafetyCore, observe
from bot.safety.verdicts import Assessment, Category


def converse(core: SafetyCore, *messages: str) -> list[Category]:
    context, categories = EMPTY, []
    for message in messages:
        assessment = core.assess(message, context)
        context = observe(context, assessment)
        categories.append(assessment.category)
    return categories


@pytest.mark.parametrize(
    "messages",
    [
        ("I feel hot", "39.4", "chemo was last week"),
        ("chemo was last week", "what is a PET scan?", "thanks", "I feel hot"),
        ("39.4", "yes, I am on chemo"),
        ("had immunotherapy on monday", "what is a PET scan?", "now I'm shivering"),
        ("my back hurts", "my legs are tingling"),
        ("my head is pounding", "I keep being sick"),
        ("my eyes have gone yellow", "and one leg is swollen and hot"),
    ],
)
def test_signs_add_up_to_an_emergency_by_the_last_message(
    core: SafetyCore, messages: tuple[str, ...]
) -> None:
    *before, last = converse(core, *messages)
    assert Category.EMERGENCY not in before
    assert last is Category.EMERGENCY


@pytest.mark.parametrize(
    "messages",
    [
        ("I feel hot", "thank you"),
        ("39.4", "what is a PET scan?"),
        ("I'm on chemo", "does radiotherapy hurt?"),
        ("my back hurts", "no numbness or tingling"),
        ("I finished chemo ten years ago", "38.4"),
        ("my back pain is unbearable", "worse at night"),
    ],
)
def test_one_sign_alone_does_not_become_an_emergency(
    core: SafetyCore, messages: tuple[str, ...]
) -> None:
    assert Category.EMERGENCY not in converse(core, *messages)


def test_a_wish_to_die_with_means_becomes_explicit(core: SafetyCore) -> None:
    assert converse(core, "I just want it to be over", "I have enough tablets here") == [
        Category.CRISIS_AMBIGUOUS,
        Category.CRISIS_EXPLICIT,
    ]


def test_a_form_can_add_a_finding_of_its_own(core: SafetyCore) -> None:
    context = EMPTY.with_findings(["recent_treatment"])
    assert core.assess("38.4", context).category is Category.EMERGENCY


def test_observing_the_same_message_twice_changes_nothing(core: SafetyCore) -> None:
    assessment = core.assess("temp of 38.5 on chemo")
    once = observe(EMPTY, assessment)
    assert once.findings
    assert observe(once, assessment) == once


def test_observing_nothing_changes_nothing() -> None:
    assert observe(EMPTY, Assessment()) == EMPTY
