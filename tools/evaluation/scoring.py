"""Whether a reply is right, wrong, or an honest "I don't know"."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from bot.dialogue.answers import SAID_FIRST
from bot.dialogue.conversation import ANSWERS_SYMPTOM
from bot.knowledge.records import Topic
from tools.evaluation.replies import Answered, Reply
from tools.evaluation.sets import Expected, Turn

REFUSED = frozenset({"utter_default", "utter_out_of_scope", "utter_english_only"})
TURNED_AWAY = frozenset({"utter_default", "utter_out_of_scope", "utter_part_out_of_scope"})
POLITENESS = frozenset({"greet", "thank", "goodbye"})
ASKED_WHICH = "utter_ask_which_topic"


class Outcome(Enum):
    """What a reply was: right, wrong, a choice offered, or not understood."""

    RIGHT = "right"
    WRONG = "wrong"
    ASKED = "asked which"
    REFUSED = "refused"


def judge(turn: Turn, reply: Reply, topics: Mapping[str, Topic]) -> Outcome:
    """The outcome of a turn: right only if everything that was expected was done."""
    if all(_is_met(expected, reply, topics) for expected in _asked(turn)):
        several = len(reply.answers) > len(turn.expected) and "/" in turn.expected[0].label
        return Outcome.WRONG if several and _has_stranger(turn, reply) else Outcome.RIGHT
    if ASKED_WHICH in reply.actions:
        return Outcome.ASKED
    if REFUSED & set(reply.actions):
        return Outcome.REFUSED
    return Outcome.WRONG


def _asked(turn: Turn) -> list[Expected]:
    """What must be answered: a greeting or thanks beside a question need no reply of its own."""
    asked = [expected for expected in turn.expected if expected.label not in POLITENESS]
    return asked or list(turn.expected)


def _has_stranger(turn: Turn, reply: Reply) -> bool:
    allowed = {label for one in turn.expected for label in (one.label, *one.also)}
    return any(answer.topic not in allowed for answer in reply.answers)


def _is_met(expected: Expected, reply: Reply, topics: Mapping[str, Topic]) -> bool:
    labels = (expected.label, *expected.also)
    return any(_label_is_met(label, expected, reply, topics) for label in labels)


def _label_is_met(
    label: str, expected: Expected, reply: Reply, topics: Mapping[str, Topic]
) -> bool:
    if "/" in label:
        return any(
            answer.topic == label and _focus_fits(answer, expected, topics.get(label))
            for answer in reply.answers
        )
    if label == "report_symptom":
        return bool(ANSWERS_SYMPTOM & set(reply.actions))
    if label == "out_of_scope":
        return bool(TURNED_AWAY & set(reply.actions))
    if SAID_FIRST.get(label) in reply.actions:
        return True
    return label in reply.labels or reply.safety == label.replace("request_", "refuse_")


def _focus_fits(answer: Answered, expected: Expected, topic: Topic | None) -> bool:
    """Whether the wording given is the one for the value that was named."""
    if topic is None or answer.topic == "metastasis/spread_pair":
        return True
    for slot in topic.focus:
        wanted = expected.focus.get(slot)
        if wanted is not None:
            known = topic.values.get(slot, ())
            worded = wanted if wanted in known else ("other" if "other" in known else None)
            return answer.focus.get(slot) == worded
    return True
