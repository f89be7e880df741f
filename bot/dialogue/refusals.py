"""What must be declined, and the steps that decline it; nothing is declined in silence."""

from __future__ import annotations

from bot.dialogue.answers import is_plain_question, topic_steps
from bot.dialogue.conversation import Conversation
from bot.dialogue.events import Said
from bot.dialogue.reading import OUT_OF_SCOPE, is_topic
from bot.dialogue.replies import REFUSALS
from bot.dialogue.steps import Step, steps
from bot.dialogue.world import World
from bot.lexicon.ellipsis import asks_of_own_case
from bot.safety.verdicts import Category

_GUESSED = (Category.NONE, Category.REFUSE_DIAGNOSIS, Category.REFUSE_PROGNOSIS)

SURELY_ELSE = 0.9
"""From this confidence on, a short message asks for another answer, whatever its last word."""


SURELY_OFF_THE_SUBJECT = 0.8
"""From this confidence on, it is not advice on cancer that is asked for ("which mortgage")."""


def must_decline(said: Said) -> bool:
    """Whether the safety rules hear a wish for advice that is no sure plain question."""
    return said.verdict.category in REFUSALS and not is_plain_question(said)


def is_off_the_subject(said: Said) -> bool:
    """Whether a message is surely none of this assistant's matters: it gets no advice either."""
    return said.reading.is_surely(lambda label: label == OUT_OF_SCOPE, SURELY_OFF_THE_SUBJECT)


def own_case_steps(said: Said, conversation: Conversation, world: World) -> list[Step]:
    """The steps that decline the personal verdict which "and mine?" asks for; else none.

    The topic of the turn just before says what kind of verdict that is; the rules, which see one
    message, can only guess between a diagnosis and a prognosis. Anything else they hear stands.
    """
    if said.verdict.category not in _GUESSED or not asks_of_own_case(said.text):
        return []
    answers = conversation.before[-1].answers if conversation.before else ()
    record = world.topics.get(answers[-1]) if answers else None
    if record is None or record.own_case is None or _asks_else(said, record.id):
        return []
    return steps(world.replies[REFUSALS[Category(record.own_case)]])


def _asks_else(said: Said, answered: str) -> bool:
    return said.reading.is_surely(lambda label: is_topic(label) and label != answered, SURELY_ELSE)


def refusal_steps(said: Said, conversation: Conversation, world: World) -> list[Step]:
    """The steps that decline what a message asks for, and answer what else it asks."""
    declined = steps(world.replies[REFUSALS[said.verdict.category]])
    if len(said.reading.acts) > 1:
        declined += topic_steps(said, conversation, world)
    return declined
