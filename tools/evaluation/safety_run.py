"""The verdicts on the safety sets: by the rules alone, and by what the assistant does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from bot.dialogue.names import CHECK_FORM
from bot.dialogue.replies import REFUSALS, load_replies
from bot.safety.assess import EMPTY, SafetyCore, observe
from bot.safety.verdicts import Assessment, Category
from tools.evaluation.replies import Reply

_ALARMS = {
    "utter_crisis_explicit": Category.CRISIS_EXPLICIT,
    "utter_crisis_ambiguous": Category.CRISIS_AMBIGUOUS,
    "utter_emergency": Category.EMERGENCY,
    "utter_urgent": Category.URGENT,
    "utter_symptom_heard": Category.SYMPTOM,
    "utter_symptom_added": Category.SYMPTOM,
}
_CRISIS_OF_ANOTHER = "utter_crisis_other_person"


class Judge(Protocol):
    """Comes to the verdict on the last of some messages."""

    async def verdict(self, messages: Sequence[str]) -> Category:
        """The category of the last message, after those before it."""


class Rules:
    """The safety core alone, with its memory of the conversation."""

    def __init__(self, core: SafetyCore) -> None:
        """Judge with this core."""
        self._core = core

    async def verdict(self, messages: Sequence[str]) -> Category:
        """The category of the last message, after those before it."""
        return self.assess(messages).category

    def assess(self, messages: Sequence[str]) -> Assessment:
        """The whole assessment of the last message."""
        context, assessment = EMPTY, Assessment()
        for message in messages:
            assessment = self._core.assess(message, context)
            context = observe(context, assessment)
        return assessment


def refusal_actions(rules: Path = Path("data/rules")) -> dict[str, Category]:
    """The category that each declining reply stands for."""
    replies = load_replies(rules)
    return {replies[intent]: category for category, intent in REFUSALS.items()}


def acted_as(
    reply: Reply, refusals: Mapping[str, Category], expected: Category = Category.NONE
) -> Category:
    """The most pressing category that the reply answers to.

    A reply that only goes on with a symptom check is no new alarm; it does for a symptom.
    """
    meanings = {**refusals, **_ALARMS}
    found = [meanings[action] for action in reply.actions if action in meanings]
    if _CRISIS_OF_ANOTHER in reply.actions:
        said = Category(reply.safety)
        found.append(said if said.is_crisis else Category.CRISIS_EXPLICIT)
    if CHECK_FORM in reply.actions and expected is Category.SYMPTOM:
        found.append(Category.SYMPTOM)
    return max(found, default=Category.NONE)
