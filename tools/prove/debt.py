"""When an escalation is owed, written down anew from what was said and what was sent."""

from __future__ import annotations

from bot.dialogue.events import Said
from bot.dialogue.names import CHECK_FORM, CHECK_QUESTIONS, TELL_PROVIDER
from tools.prove.simulation import Turn
from tools.prove.stimulus import Fault

QUESTIONS = frozenset(f"utter_ask_{slot}" for slot in CHECK_QUESTIONS)
"""The questions of the symptom check: while one has just been asked, the debt may wait."""

_TELLS_OF_SYMPTOM = frozenset(
    {"report_symptom", "request_symptom_check", "report_emergency", "report_urgent_symptom"}
)


def tells_of_symptom(said: Said) -> bool:
    """Whether one of the two detectors heard a symptom; a crisis is answered as a crisis."""
    category = said.verdict.category
    if category.is_bodily:
        return True
    if category.is_crisis or said.reading.whole.elliptical:
        return False
    labels = {said.intent, *(act.label for act in said.reading.acts)}
    return not labels.isdisjoint(_TELLS_OF_SYMPTOM)


def debt_after(owed: bool, turn: Turn) -> bool:
    """Whether an escalation is still owed after a turn."""
    if turn.stimulus.said is None:
        return owed
    owed = owed or incurs(turn)
    if TELL_PROVIDER not in turn.uttered and not in_other_words(turn):
        return owed
    return turn.uttered[-1] in QUESTIONS


def incurs(turn: Turn) -> bool:
    """Whether a turn makes a debt: a symptom was heard, or the check was or came open."""
    heard = tells_of_symptom(turn.stimulus.judged)
    if turn.stimulus.fault is Fault.CUT and not turn.check_was_open:
        return heard
    return turn.check_was_open or heard or CHECK_FORM in turn.actions


def in_other_words(turn: Turn) -> bool:
    """Whether the calm reply stood in for the escalation, which it names too."""
    return turn.stimulus.fault is Fault.NO_WORDING and TELL_PROVIDER in turn.actions
