"""The steps of the symptom check: opening it, every way through it, and its end."""

from __future__ import annotations

from bot.dialogue import check
from bot.dialogue.answers import (
    answer_steps,
    asks_something,
    is_plain_question,
    topic_steps,
)
from bot.dialogue.conversation import Conversation, reports_symptom
from bot.dialogue.events import Said
from bot.dialogue.names import (
    CHECK_FORM,
    CHECK_QUESTIONS,
    DEACTIVATE_LOOP,
    IN_TREATMENT,
    RESTART,
    SYMPTOM,
    TELL_PROVIDER,
    WRITE_NOTE,
)
from bot.dialogue.refusals import must_decline, refusal_steps
from bot.dialogue.steps import Step, steps
from bot.dialogue.world import World
from bot.safety.verdicts import Category

HEARD = "utter_symptom_heard"
ADDED = "utter_symptom_added"
URGENT = "utter_urgent"
UNCLEAR = "utter_unclear_answer"
RESUME = "utter_back_to_check"
STOPPED = "utter_check_stopped"

_LEAVING = {
    "stop": steps(DEACTIVATE_LOOP, STOPPED),
    "goodbye": steps(DEACTIVATE_LOOP, "utter_goodbye"),
    "request_human": steps(DEACTIVATE_LOOP, "utter_human"),
    "restart": steps(DEACTIVATE_LOOP, "utter_restarted", TELL_PROVIDER, RESTART),
}
_YES_OR_NO = {"affirm", "deny"}
_PLAIN_ANSWERS = {*_YES_OR_NO, "unsure", "skip", "inform_symptom_detail"}


def opening_steps(said: Said, conversation: Conversation, world: World) -> list[Step]:
    """The steps that open a check: for a symptom that was told, or to ask for one."""
    blank: dict[str, object] = dict.fromkeys(CHECK_QUESTIONS)
    if not _describes(said):
        return [Step(CHECK_FORM, blank)]
    blank[SYMPTOM] = check.described(said.text, None)
    first = URGENT if said.verdict.category is Category.URGENT else HEARD
    return [*steps(first), *_asked_beside(said, conversation, world), Step(CHECK_FORM, blank)]


def _asked_beside(said: Said, conversation: Conversation, world: World) -> list[Step]:
    """Answers to what else was asked; where something must be declined, that comes first."""
    if len(said.reading.acts) < 2:
        return []
    respond = refusal_steps if must_decline(said) else topic_steps
    return respond(said, conversation, world)[:2]


def _describes(said: Said) -> bool:
    reported = any(act.label == "report_symptom" for act in said.reading.acts)
    return reported or said.verdict.category in {
        Category.URGENT,
        Category.SYMPTOM,
    }


def open_check_steps(said: Said, conversation: Conversation, world: World) -> list[Step]:
    """The steps while a check is open: leave it, answer it, or be answered and resume it."""
    urgent = steps(URGENT) if said.verdict.category is Category.URGENT else []
    if said.reading.label in _LEAVING:
        return [*urgent, *_LEAVING[said.reading.label]]
    slot = conversation.requested or SYMPTOM
    answer = None if is_plain_question(said) else _answer(slot, said, world)
    if urgent:
        return [*urgent, Step(CHECK_FORM, _noted(slot, answer, said, conversation))]
    if answer is not None:
        if slot != SYMPTOM and _tells_more(said):
            return [*steps(ADDED), Step(CHECK_FORM, _noted(slot, answer, said, conversation))]
        heard = steps(HEARD) if slot == SYMPTOM and answer != check.NOT_GIVEN else []
        return [*heard, Step(CHECK_FORM, {slot: answer})]
    if said.reading.label == "request_symptom_check":
        return steps(RESUME, CHECK_FORM)
    if must_decline(said) or asks_something(said):
        return _side_question(said, conversation, world)
    if reports_symptom(said):
        return [*steps(ADDED), Step(CHECK_FORM, _noted(slot, None, said, conversation))]
    if check.times_done(conversation, UNCLEAR):
        return [Step(CHECK_FORM, {slot: check.kept(said.text)})]
    return steps(UNCLEAR, CHECK_FORM)


def _answer(slot: str, said: Said, world: World) -> str | None:
    if slot == IN_TREATMENT and said.reading.label in _YES_OR_NO:
        return check.kept(said.text)
    return check.read_answer(slot, said, world.cues)


def _tells_more(said: Said) -> bool:
    """Whether a symptom is told in an answer: "a new lump too" also sounds like a duration."""
    return reports_symptom(said) and said.reading.label not in _PLAIN_ANSWERS


def _noted(
    slot: str, answer: str | None, said: Said, conversation: Conversation
) -> dict[str, object]:
    """What a message adds to the note: an answer, and the words of a further symptom."""
    noted: dict[str, object] = {}
    if slot == SYMPTOM or reports_symptom(said):
        noted[SYMPTOM] = check.described(said.text, conversation.slots.get(SYMPTOM))
    if answer is not None and slot != SYMPTOM:
        noted[slot] = answer
    return noted


def _side_question(said: Said, conversation: Conversation, world: World) -> list[Step]:
    """Answer what is asked in between; the second time in a row, let the check go."""
    respond = refusal_steps if must_decline(said) else answer_steps
    answered = respond(said, conversation, world)
    if check.times_done(conversation, RESUME):
        return [*answered, *steps(DEACTIVATE_LOOP, STOPPED)]
    return [*answered, *steps(RESUME, CHECK_FORM)]


def closing_steps(conversation: Conversation) -> list[Step]:
    """What follows once the check has asked its last question; the escalation comes after."""
    turn = conversation.turn
    if turn is None or conversation.check_open or CHECK_FORM not in turn.done:
        return []
    if DEACTIVATE_LOOP in turn.done:
        return []
    closing = steps(WRITE_NOTE)
    if WRITE_NOTE in turn.done and not _note_was_written(conversation):
        closing += steps("utter_note_unavailable")
    tier = "urgent" if heard_urgent_sign(conversation) else "routine"
    return closing + steps("utter_symptom_not_proof", f"utter_contact_{tier}")


def _note_was_written(conversation: Conversation) -> bool:
    turn = conversation.turn
    return turn is not None and any(
        uttered.response == "utter_appointment_note" for uttered in turn.uttered
    )


def heard_urgent_sign(conversation: Conversation) -> bool:
    """Whether an urgent sign was told in the check that just ended, or right before it.

    What was answered counts: a message may have been urgent only in the light of others.
    """
    for turn in reversed(conversation.turns):
        if URGENT in turn.done:
            return True
        if not turn.check_open_before:
            return False
    return conversation.earlier.urgent
