"""An alarm stands until something else is talked about.

"No", "the neighbour is out", "about an hour ago" are answers to what was just said about an
emergency or a crisis. Whoever says them must not hear that this is off the subject; nor whoever
asked something in between and goes on ("the ambulance is coming").
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogue.conversation import ANSWERS_CRISIS, Conversation, Turn
from bot.dialogue.events import Said
from bot.dialogue.names import CHECK_FORM, EMERGENCY
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
"""What is said of an alarm in the turns after it, by the reply that it got."""

STANDS_FOR = 3
"""Turns after an alarm in which what is not understood is taken to be about it."""

_NOT_UNDERSTOOD = frozenset({UNKNOWN, OUT_OF_SCOPE})

_SAYS_NOTHING_ELSE = _NOT_UNDERSTOOD | {
    "affirm",
    "deny",
    "unsure",
    "skip",
    "inform_symptom_detail",
    "ask_repeat",
    "ask_more",
    "ask_why",
}
"""How a message is read that says nothing by itself, or nothing that was understood."""


def standing(turns: Sequence[Turn]) -> tuple[str, int] | None:
    """What is said of the last alarm of these turns, and how many turns ago it was given.

    A symptom check since then was another matter.

    Args:
        turns: the turns so far, the last one last; it is one turn ago.
    """
    for ago, turn in enumerate(reversed(turns[-STANDS_FOR:]), start=1):
        for action in turn.done:
            if action in _STANDS:
                return _STANDS[action], ago
        if turn.check_open_before or CHECK_FORM in turn.done:
            return None
    return None


def standing_alarm_steps(said: Said, conversation: Conversation) -> list[Step]:
    """The way to help again, where there was an alarm just now and this is no other matter.

    "Yes" and "tell me more" are about the turn before; what is not understood may be about an
    alarm that was given a little earlier.
    """
    alarm = standing(conversation.before)
    if alarm is None:
        return []
    again, ago = alarm
    about_it = _SAYS_NOTHING_ELSE if ago == 1 else _NOT_UNDERSTOOD
    return [] if _is_another_matter(said, about_it) else steps(again)


def _is_another_matter(said: Said, about_it: frozenset[str]) -> bool:
    reading = said.reading
    if said.verdict.category is not Category.NONE or reading.candidates:
        return True
    if reading.whole.elliptical and reading.whole.named:
        return True
    return any(act.label not in about_it for act in reading.acts)
