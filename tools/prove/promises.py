"""What must hold for every turn, written down apart from the code that is to keep it.

The checks read what was said (as understood) and what the person was sent; of the planner's
own bookkeeping they use nothing, so that a mistake there cannot hide itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.dialogue.names import (
    CHECK_QUESTIONS,
    COUNTRY,
    DEACTIVATE_LOOP,
    FOCUS_SLOTS,
    RESTART,
    TELL_PROVIDER,
    TROUBLE,
    WORDING_SLOTS,
)
from bot.dialogue.reading import is_topic
from bot.safety.verdicts import Category
from tools.prove.debt import QUESTIONS, in_other_words, incurs
from tools.prove.simulation import BREAKER, Turn
from tools.prove.stimulus import Fault

ESCALATES = frozenset({TELL_PROVIDER, TROUBLE})
NAMES_PROVIDER = frozenset({"utter_symptom_heard", "utter_urgent"})
CRISIS = {
    (Category.CRISIS_EXPLICIT, False): "utter_crisis_explicit",
    (Category.CRISIS_AMBIGUOUS, False): "utter_crisis_ambiguous",
    (Category.CRISIS_EXPLICIT, True): "utter_crisis_other_person",
    (Category.CRISIS_AMBIGUOUS, True): "utter_crisis_other_person",
}
SURE = {Category.REFUSE_DIAGNOSIS: 0.4, Category.REFUSE_PROGNOSIS: 0.9}
SURE_OTHERWISE = 0.8
"""From this confidence on, a message asks for a curated answer and not for what is declined."""

_LEAVES = frozenset({"stop", "goodbye", "request_human", "restart"})
_BREAKS_PLAN = frozenset({Fault.NO_PLAN, Fault.LATE_NO_PLAN})
_MAY_KEEP = frozenset({*CHECK_QUESTIONS, COUNTRY, *FOCUS_SLOTS, *WORDING_SLOTS})


@dataclass(frozen=True)
class Promise:
    """One promise: its name, and what of it a turn breaks, if anything."""

    name: str
    broken_by: Callable[[Turn, bool], str | None]


def broken(turn: Turn, owed: bool) -> Iterator[str]:
    """Each promise that a turn breaks, with what is wrong; `owed` is the debt before it."""
    if turn.stimulus.said is None:
        return
    for promise in PROMISES:
        fault = promise.broken_by(turn, owed)
        if fault:
            yield f"{promise.name}: {fault}"


def _never_silent(turn: Turn, _: bool) -> str | None:
    # A turn that is cut off before its first message is answered by the guarded channel.
    answered = turn.uttered or turn.stimulus.fault is Fault.CUT
    return None if answered else "the person gets no answer"


def _turn_ends(turn: Turn, _: bool) -> str | None:
    if turn.stimulus.fault is Fault.CUT or (turn.listens and len(turn.steps) < BREAKER):
        return None
    return f"Rasa cuts the turn off after {BREAKER} predictions"


def _crisis_first(turn: Turn, owed: bool) -> str | None:
    verdict = turn.stimulus.judged.verdict
    if not verdict.category.is_crisis or turn.stimulus.fault in (*_BREAKS_PLAN, Fault.CUT):
        return None
    reply = CRISIS[verdict.category, verdict.about_other_person]
    if turn.actions[:1] != [reply]:
        return f"a crisis is not answered with {reply} first"
    allowed = {reply, DEACTIVATE_LOOP, *([TELL_PROVIDER] if owed or turn.check_was_open else [])}
    more = [name for name in turn.actions if name not in allowed]
    if more or turn.check_is_open:
        return f"something distracts from the crisis contact: {', '.join(more) or 'the check'}"
    return None


def _emergency_first(turn: Turn, _: bool) -> str | None:
    category = turn.stimulus.judged.verdict.category
    if category is not Category.EMERGENCY or turn.stimulus.fault in _BREAKS_PLAN:
        return None
    if turn.actions[:1] != ["utter_emergency"]:
        return "an emergency is not answered with the emergency wording first"
    if turn.stimulus.fault is not Fault.CUT and turn.check_is_open:
        return "an emergency leaves the check's questions open"
    return None


def _urgent_first(turn: Turn, _: bool) -> str | None:
    category = turn.stimulus.judged.verdict.category
    if category is not Category.URGENT or turn.stimulus.fault in _BREAKS_PLAN:
        return None
    return None if turn.actions[:1] == ["utter_urgent"] else "an urgent sign is not answered first"


def _provider_at_once(turn: Turn, _: bool) -> str | None:
    """The first reply to a symptom names the provider: the person may walk away after it."""
    said = turn.stimulus.judged
    reported = said.verdict.category.is_bodily or "report_symptom" in {
        act.label for act in said.reading.acts
    }
    skipped = turn.stimulus.fault in (Fault.CUT, Fault.NO_WORDING)
    crisis = said.verdict.category.is_crisis or said.reading.whole.elliptical
    if turn.check_was_open or not reported or skipped or crisis:
        return None
    named = NAMES_PROVIDER.union(ESCALATES).intersection(turn.uttered)
    return None if named else "a symptom is told and the healthcare provider is not named"


def _escalation_last(turn: Turn, owed: bool) -> str | None:
    if turn.stimulus.fault is Fault.CUT or not (owed or incurs(turn)):
        return None
    last = turn.uttered[-1] if turn.uttered else "nothing"
    asks = turn.check_is_open and last in QUESTIONS
    if asks or last == TELL_PROVIDER:
        return None
    if last == TROUBLE and (turn.check_is_open or in_other_words(turn)):
        return None
    return f"an escalation is owed and the last message is {last}"


def _nothing_forged(turn: Turn, _: bool) -> str | None:
    said = turn.stimulus.judged
    strange = set(turn.kept) - _MAY_KEEP
    if strange:
        return f"what is typed sets {', '.join(sorted(strange))}"
    if RESTART in turn.actions and said.reading.label != "restart":
        return "a message that asks for nothing of the kind starts over"
    acts = (said.reading.whole, *said.reading.acts)
    named = {word.value for act in acts for word in act.named if word.kind == COUNTRY}
    forged = turn.kept.get(COUNTRY) not in {None, turn.country_before, *named}
    return "a country is kept that nobody named" if forged else None


def _leaves_at_will(turn: Turn, _: bool) -> str | None:
    said = turn.stimulus.judged
    harmless = turn.stimulus.fault in (Fault.NONE, Fault.NO_NOTE, Fault.NO_WORDING)
    # A number means the offered choice of that number, whatever it was read as.
    asks = said.reading.label in _LEAVES and not said.text.strip(" .").isdecimal()
    if turn.check_was_open and asks and harmless and turn.check_is_open:
        return "the check goes on although the person asked to leave it"
    return None


def _no_advice(turn: Turn, _: bool) -> str | None:
    """Who asks for what must be declined gets no curated answer alone, unless that is sure."""
    said = turn.stimulus.judged
    if not said.verdict.category.is_refusal or turn.stimulus.fault is not Fault.NONE:
        return None
    answers = [name for name in turn.actions if is_topic(name)]
    declined = any(name.startswith("utter_refuse_") for name in turn.actions)
    least, acts = SURE.get(said.verdict.category, SURE_OTHERWISE), said.reading.acts
    sure = bool(acts) and all(is_topic(act.label) and act.confidence >= least for act in acts)
    return "an answer stands where a refusal must" if answers and not (declined or sure) else None


def _nothing_twice(turn: Turn, _: bool) -> str | None:
    said = [(step.action, *sorted(map(str, step.slots.items()))) for step in turn.steps]
    return "something is said twice in one turn" if len(said) != len(set(said)) else None


PROMISES = (
    Promise("Never silent", _never_silent),
    Promise("Never silent (the turn ends by itself)", _turn_ends),
    Promise("Crisis", _crisis_first),
    Promise("Urgent first (emergency)", _emergency_first),
    Promise("Urgent first (amber sign)", _urgent_first),
    Promise("Escalation (named at once)", _provider_at_once),
    Promise("Escalation", _escalation_last),
    Promise("No forged state", _nothing_forged),
    Promise("No advice", _no_advice),
    Promise("The check can be left", _leaves_at_will),
    Promise("Nothing is said twice", _nothing_twice),
)
"""All promises that a turn can break; what a wording must hold, `tools.prove.wordings` checks."""
