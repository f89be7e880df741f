"""What a rule was written for is heard by the whole assistant, and never outvoted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.dialogue.conversation import ANSWERS_CRISIS, ANSWERS_SYMPTOM
from bot.safety.assess import SafetyCore
from bot.safety.verdicts import Category
from tests.conversations.chat import Chat, TrainedAgent

CORE = SafetyCore.load(Path("data/knowledge/safety"))


def foreseen() -> Iterator[tuple[str, str]]:
    """What the rules must find of what cannot wait, with the rule."""
    for rule in CORE.data.rules:
        for text in rule.must_match:
            if CORE.assess(text).category > Category.SYMPTOM:
                yield rule.rule_id, text


@pytest.mark.parametrize("rule", sorted({rule for rule, _ in foreseen()}))
def test_no_sentence_of_a_rule_for_what_cannot_wait_is_outvoted(
    agent: TrainedAgent, rule: str
) -> None:
    passed_over = [
        text
        for of_rule, text in foreseen()
        if of_rule == rule
        and not (ANSWERS_SYMPTOM | ANSWERS_CRISIS).intersection(Chat(agent).says(text).responses)
    ]
    assert passed_over == []
