from __future__ import annotations

from collections.abc import Iterable

from bot.safety.assess import EMPTY, SafetyCore, observe
from bot.safety.combine import Combination
from bot.safety.rules import Rule
from bot.safety.verdicts import Assessment, Category


def fired(assessment: Assessment) -> set[str]:
    return {assessment.rule_id, *(rule_id for _, rule_id in assessment.signs)}


def holds(core: SafetyCore, rule: Rule, message: str) -> bool:
    assessment = core.assess(message)
    if rule.category is Category.NONE:
        return set(rule.finds) <= set(assessment.findings)
    return rule.rule_id in fired(assessment)


def last_of(core: SafetyCore, messages: Iterable[str]) -> Assessment:
    context, assessment = EMPTY, Assessment()
    for message in messages:
        assessment = core.assess(message, context)
        context = observe(context, assessment)
    return assessment


def test_a_rule_finds_what_it_must(core: SafetyCore, rule: Rule, must_match: str) -> None:
    assert holds(core, rule, must_match)


def test_a_rule_leaves_alone_what_it_must_not_find(
    core: SafetyCore, rule: Rule, must_not_match: str
) -> None:
    assert not holds(core, rule, must_not_match)


def test_a_combination_is_found_by_the_last_message(
    core: SafetyCore, combination: Combination, must_match: tuple[str, ...]
) -> None:
    assert combination.rule_id in fired(last_of(core, must_match))


def test_a_combination_leaves_alone_what_it_must_not_find(
    core: SafetyCore, combination: Combination, must_not_match: tuple[str, ...]
) -> None:
    assert combination.rule_id not in fired(last_of(core, must_not_match))


def test_what_a_rule_finds_comes_to_its_category_at_least(core: SafetyCore) -> None:
    examples = [(rule, message) for rule in core.data.rules for message in rule.must_match]
    lower = [
        (rule.rule_id, message)
        for rule, message in examples
        if core.assess(message).category < rule.category
    ]
    assert lower == []
