"""What the assistant does in a turn, decided from the events alone.

Order of precedence, highest first:

1. a crisis, then an emergency: answered at once, whatever is open; an open check is closed;
2. an open symptom check: leaving it, answering it, asking something in between;
3. a symptom: the healthcare provider is named at once, then the check begins; a complaint
   told in passing beside a plain question does not stand in the way of its answer, which
   then ends with the escalation;
4. a verdict, dose, prognosis and the like asked for: declined with help, unless the message
   is surely a question for a curated answer;
5. after an alarm, what is not understood or says nothing by itself: the way to help again;
6. everything else that is asked: curated answers, follow-ups, helplines;
7. small talk, which is left to the rules under `data/rules`.

A plan is made from what was known when the message came in and does not change while it
is carried out. When its last step is done the turn ends, but never while an escalation is
due (see `Conversation.escalation_due`).
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogue.alarms import standing_alarm_steps
from bot.dialogue.answers import answer_steps, is_plain_question, is_small_talk
from bot.dialogue.check_plan import closing_steps, open_check_steps, opening_steps
from bot.dialogue.choices import as_chosen
from bot.dialogue.conversation import (
    CRISIS_OF_ANOTHER,
    CRISIS_REPLIES,
    Conversation,
    reports_symptom,
)
from bot.dialogue.events import Event, Said
from bot.dialogue.names import DEACTIVATE_LOOP, EMERGENCY, LISTEN, RESTART, TELL_PROVIDER
from bot.dialogue.refusals import (
    is_off_the_subject,
    must_decline,
    own_case_steps,
    refusal_steps,
)
from bot.dialogue.steps import RULES_DECIDE, Step, steps
from bot.dialogue.world import World
from bot.safety.verdicts import Category


def next_step(events: Sequence[Event], world: World) -> Step:
    """The next step of the turn; to listen, when there is nothing (more) to do."""
    heard_at = next(
        (i for i in range(len(events) - 1, -1, -1) if isinstance(events[i], Said)), None
    )
    if heard_at is None:
        return Step(LISTEN)
    then = Conversation.of(events[: heard_at + 1])
    planned = plan(then, world)
    now = then.followed_by(events[heard_at + 1 :])
    if now.turn is None:
        return Step(LISTEN)
    done = now.turn.done
    if not planned and not done:
        return RULES_DECIDE
    if len(done) < len(planned):
        return planned[len(done)]
    for step in closing_steps(now):
        if step.action not in done:
            return step
    return Step(TELL_PROVIDER) if now.escalation_due else Step(LISTEN)


def plan(conversation: Conversation, world: World) -> list[Step]:
    """The steps for the message that has just come in; none, if the rules shall decide."""
    turn = conversation.turn
    if turn is None:
        return []
    said = as_chosen(turn.said, _offered(conversation), world.choices)
    alarm = _alarm(said)
    if alarm:
        close = [DEACTIVATE_LOOP] if conversation.check_open else []
        return steps(alarm, *close)
    if conversation.check_open:
        return open_check_steps(said, conversation, world)
    declined = own_case_steps(said, conversation, world)
    if declined:
        return declined
    if is_plain_question(said):
        return answer_steps(said, conversation, world)
    alarm_stands = standing_alarm_steps(said, conversation)
    if alarm_stands:
        return alarm_stands
    if reports_symptom(said) or said.reading.label == "inform_symptom_detail":
        return opening_steps(said, conversation, world)
    if must_decline(said) and not is_off_the_subject(said):
        return refusal_steps(said, conversation, world)
    if said.reading.label == "restart":
        # A debt is paid before the conversation is forgotten.
        debt = [TELL_PROVIDER] if conversation.owed else []
        return steps("utter_restarted", *debt, RESTART)
    # The rules read the message as it was typed and by its verdict, so a choice by its number is
    # not for them, nor what seemed to ask for advice.
    rules_see_it = said is turn.said and not said.verdict.category.is_refusal
    if rules_see_it and is_small_talk(said, conversation, world):
        return []
    return answer_steps(said, conversation, world)


def _alarm(said: Said) -> str | None:
    """The reply to a crisis or an emergency, if the message is one."""
    category = said.verdict.category
    if category is Category.EMERGENCY:
        return EMERGENCY
    if category in CRISIS_REPLIES:
        other = said.verdict.about_other_person
        return CRISIS_OF_ANOTHER if other else CRISIS_REPLIES[category]
    return None


def _offered(conversation: Conversation) -> tuple[str, ...]:
    if not conversation.before:
        return ()
    choices = [uttered.choices for uttered in conversation.before[-1].uttered if uttered.choices]
    return choices[-1] if choices else ()
