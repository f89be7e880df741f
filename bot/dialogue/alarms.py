"""An alarm stands until something else is talked about.

"No", "the neighbour is out", "about an hour ago" are answers to what was just said about an
emergency or a crisis. Whoever says them must not hear that this is off the subject.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.dialogue.conversation import ANSWERS_CRISIS, Conversation
from bot.dialogue.events import Said
from bot.dialogue.names import EMERGENCY
from bot.dialogue.reading import OUT_OF_SCOPE, UNKNOWN
from bot.dialogue.steps import Step, steps
from bot.safety.verdicts import Category

EMERGENCY_STANDS = "utter_emergency_stands"
CRISIS_STANDS = "utter_crisis_stands"

_STANDS = {
    EMERGENCY: EMERGENCY_STANDS,
    EMERGENCY_STANDS: EMERGENCY_STANDS,
    **dict.fromkeys((*ANSWERS_CRISIS, CRISIS_STANDS), CRISIS_STANDS),
}
"""What is said of an alarm in the turn after it, by the reply that it got."""

_SAYS_NOTHING_ELSE = frozenset(
    {
        UNKNOWN,
        OUT_OF_SCOPE,
        "affirm",
        "deny",
        "unsure",
        "skip",
        "inform_symptom_detail",
        "ask_repeat",
        "ask_more",
        "ask_why",
    }
)
"""How a message is read that says nothing by itself, or nothing that was understood."""


def standing(done: Iterable[str]) -> str | None:
    """What is said of the alarm that a turn with these actions was, or of the one before it."""
    return next((_STANDS[action] for action in done if action in _STANDS), None)


def standing_alarm_steps(said: Said, conversation: Conversation) -> list[Step]:
    """The way to help again, where the turn before was an alarm and this one is no other matter."""
    if not conversation.before or _is_another_matter(said):
        return []
    again = standing(conversation.before[-1].done)
    return steps(again) if again else []


def _is_another_matter(said: Said) -> bool:
    reading = said.reading
    if said.verdict.category is not Category.NONE or reading.candidates:
        return True
    if reading.whole.elliptical and reading.whole.named:
        return True
    return any(act.label not in _SAYS_NOTHING_ELSE for act in reading.acts)
