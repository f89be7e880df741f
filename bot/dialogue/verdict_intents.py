"""The intent that each safety verdict stands for, and back."""

from __future__ import annotations

from bot.dialogue.replies import REFUSALS
from bot.safety.verdicts import Category

INTENTS = {
    Category.CRISIS_EXPLICIT: "express_crisis",
    Category.EMERGENCY: "report_emergency",
    Category.CRISIS_AMBIGUOUS: "express_wish_to_die",
    Category.URGENT: "report_urgent_symptom",
    Category.SYMPTOM: "report_symptom",
    **REFUSALS,
}
"""The intent that each verdict stands for; none leaves the classifier's."""

_CATEGORIES = {intent: category for category, intent in INTENTS.items()}


def category_of(intent: str) -> Category:
    """The verdict that an intent stands for; most stand for none."""
    return _CATEGORIES.get(intent, Category.NONE)
