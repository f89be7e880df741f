"""What a person tells in several messages, read as one.

"My left eye is a bit blurry" is a symptom, "it's gone, like a blind came down" alone is nothing;
together they are an emergency. The combinations of findings hear what the rules foresaw; here the
same judges that read one message read the last few as one text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.safety.verdicts import Assessment, Category

MOST_MESSAGES = 4
"""So many earlier messages may belong to the same story."""

LEAST = Category.URGENT
"""From this category on, what is told together counts: the milder ones were heard one by one."""

_ALARMS = (Category.CRISIS_EXPLICIT, Category.EMERGENCY, Category.CRISIS_AMBIGUOUS)


@dataclass(frozen=True)
class Told:
    """An earlier message: its words, its verdict, and whether it tells something at all.

    A question for an answer, a greeting, thanks tell nothing.
    """

    text: str
    category: Category
    tells: bool


def judged_with_before(
    text: str,
    found: Assessment,
    before: Sequence[Told],
    judge: Callable[[str], Assessment],
    tells: bool = True,
) -> Assessment:
    """The verdict on a message, raised where it completes what was told before.

    Args:
        text: the message.
        found: the verdict on it alone.
        before: the earlier messages, the last one last.
        judge: the verdict on a text.
        tells: whether the message itself tells something; a question may complete a danger, but
            after an alarm it is answered.

    Returns:
        `found`, or with a more pressing category. What goes on about a danger that was answered
        gets the same answer again. An emergency of the body is no part of the story where the
        message itself tells that somebody does not want to live: it would hide that.
    """
    told = [each for each in before if each.tells and not _hides(each.category, found.category)]
    told = told[-MOST_MESSAGES:]
    if not told or found.category >= Category.EMERGENCY:
        return found
    if not tells and any(each.category in _ALARMS for each in told):
        return found
    together = judge("\n".join([*(each.text for each in told), text]))
    answered = max(each.category for each in told)
    is_new = together.category > answered or together.category in _ALARMS
    if together.category < LEAST or together.category <= found.category or not is_new:
        return found
    return Assessment(
        category=together.category,
        rule_id=together.rule_id,
        about_other_person=together.about_other_person,
        signs=found.signs,
        findings=found.findings,
    )


def _hides(told: Category, found: Category) -> bool:
    """Whether an emergency of the body was told, beside a message that is a crisis."""
    return found.is_crisis and told is Category.EMERGENCY
