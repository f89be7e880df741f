"""What a rule was written for is heard by the whole assistant, and never outvoted."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.dialogue.conversation import ANSWERS_CRISIS, ANSWERS_SYMPTOM
from bot.safety.assess import SafetyCore
from bot.safety.verdicts import Category
from tests.conversations.chat import Chat, TrainedAgent


def foreseen() -> dict[str, list[str]]:
    """What the rules must find of what cannot wait, by rule."""
    core = SafetyCore.load(Path("data/knowledge/safety"))
    cannot_wait = {
        rule.rule_id: [t for t in rule.must_match if core.assess(t).category > Category.SYMPTOM]
        for rule in core.data.rules
    }
    return {rule: texts for rule, texts in cannot_wait.items() if texts}


FORESEEN = foreseen()


@pytest.mark.parametrize("rule", sorted(FORESEEN))
def test_no_sentence_of_a_rule_for_what_cannot_wait_is_outvoted(
    agent: TrainedAgent, rule: str
) -> None:
    passed_over = [
        text
        for text in FORESEEN[rule]
        if not (ANSWERS_SYMPTOM | ANSWERS_CRISIS).intersection(Chat(agent).says(text).responses)
    ]
    assert passed_over == []
