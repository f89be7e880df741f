"""What must be declined, and the steps that decline it; nothing is declined in silence."""

from __future__ import annotations

from bot.dialogue.answers import is_plain_question, topic_steps
from bot.dialogue.conversation import Conversation
from bot.dialogue.events import Said
from bot.dialogue.replies import REFUSALS
from bot.dialogue.steps import Step, steps
from bot.dialogue.world import World


def must_decline(said: Said) -> bool:
    """Whether the safety rules hear a wish for advice that is no sure plain question."""
    return said.verdict.category in REFUSALS and not is_plain_question(said)


def refusal_steps(said: Said, conversation: Conversation, world: World) -> list[Step]:
    """The steps that decline what a message asks for, and answer what else it asks."""
    declined = steps(world.replies[REFUSALS[said.verdict.category]])
    if len(said.reading.acts) > 1:
        declined += topic_steps(said, conversation, world)
    return declined
