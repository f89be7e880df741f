"""What is asked, turned into steps: curated answers, follow-ups, helplines, small talk."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.conversation import Conversation
from bot.dialogue.events import Said
from bot.dialogue.focus import empty, focuses, takes, topic_for
from bot.dialogue.names import COUNTRY, FOCUS_SLOTS, WORDING_SLOTS
from bot.dialogue.reading import (
    MAX_ACTS,
    NOTHING,
    OUT_OF_SCOPE,
    Act,
    Reading,
    is_refusal,
    is_topic,
)
from bot.dialogue.steps import Step, steps
from bot.dialogue.world import World
from bot.safety.verdicts import Category

ASK_COUNTRY = "utter_ask_country"
OVERVIEW = "metastasis/overview"
DEFAULT_WHY = "metastasis/cause"
SURE_ENOUGH = 0.8
"""From this confidence on, the classifier's curated answer outweighs a mild verdict."""

SURE = {Category.REFUSE_DIAGNOSIS: 0.4, Category.REFUSE_PROGNOSIS: 0.9}
"""Where it is another: general questions on spread sound like a wish for a diagnosis, and a
general figure must not stand where somebody asked for their own."""

SAID_FIRST = {"express_distress": "utter_distress_heard", "complain": "utter_sorry"}
SAID_LAST = {OUT_OF_SCOPE: "utter_part_out_of_scope"}
"""The word for what was said beside a question."""

TURNS_RECALLED = 3
"""How many turns back a word like "that" may point."""


def answer_steps(said: Said, conversation: Conversation, world: World) -> list[Step]:
    """The steps that answer everything asked in a message; never empty."""
    reading = said.reading
    if _answers_country_question(reading, conversation):
        return helpline_steps(reading, conversation)
    follow_up = _elliptical_topic(reading.whole, conversation, world)
    if follow_up and len(reading.acts) < 2:
        return _topic_steps(follow_up, reading.whole, conversation, world)
    if not reading.acts:
        return steps("utter_ask_which_topic" if reading.candidates else "utter_default")
    planned: list[Step] = []
    for before, act in zip((NOTHING, *reading.acts), reading.acts, strict=False):
        planned += _act_steps(_asked_again(before, act, world), reading, conversation, world)
    return _with_aside(reading.aside, _without_repetition(planned)[:MAX_ACTS])


def _asked_again(before: Act, act: Act, world: World) -> Act:
    """The act, or where it only names another cancer or place, the question before it again."""
    record = world.topics.get(before.label)
    again = act.elliptical and record and takes(before.label, record, act.named, world.vocabulary)
    return replace(act, label=before.label, elliptical=False) if again else act


def _with_aside(aside: str, planned: list[Step]) -> list[Step]:
    """The steps, with a word for what was said beside the question, where one is due."""
    before, after = SAID_FIRST.get(aside), SAID_LAST.get(aside)
    return [*(steps(before) if before else ()), *planned, *(steps(after) if after else ())]


def _without_repetition(planned: list[Step]) -> list[Step]:
    """Each answer once; its general wording not beside a particular one."""
    once = {(step.action, *step.slots.items()): step for step in planned}.values()
    particular = {step.action for step in once if any(step.slots.values())}
    return [step for step in once if any(step.slots.values()) or step.action not in particular]


def topic_steps(said: Said, conversation: Conversation, world: World) -> list[Step]:
    """The steps for the curated answers alone that a message asks for; may be empty."""
    planned: list[Step] = []
    for act in said.reading.acts:
        if is_topic(act.label):
            planned += _topic_steps(act.label, act, conversation, world)
    return planned[:MAX_ACTS]


def asks_something(said: Said) -> bool:
    """Whether a message asks for an answer, a line or a refusal, rather than just talking."""
    return any(
        is_topic(act.label)
        or is_refusal(act.label)
        or act.label.startswith("ask_")
        or act.label in {"express_distress", "non_english"}
        for act in said.reading.acts
    )


def is_plain_question(said: Said) -> bool:
    """Whether a message surely asks for a curated answer and for nothing that is urgent.

    The safety rules read words, not meaning: they hear a complaint in "how do people live
    with this sickness". What may be urgent is theirs alone to judge; below that, a sure
    classifier has the say.
    """
    if said.verdict.category > Category.SYMPTOM:
        return False
    return said.reading.is_surely(is_topic, SURE.get(said.verdict.category, SURE_ENOUGH))


def is_small_talk(said: Said, conversation: Conversation, world: World) -> bool:
    """Whether a message is one act that needs nothing but the reply its rule names."""
    reading = said.reading
    if len(reading.acts) != 1 or reading.aside or _answers_country_question(reading, conversation):
        return False
    return reading.label in world.replies and not _elliptical_topic(
        reading.whole, conversation, world
    )


def helpline_steps(reading: Reading, conversation: Conversation) -> list[Step]:
    """Helplines for the country that the person named, now or before; else ask which."""
    country = _country(reading) or conversation.slots.get(COUNTRY)
    asked_already = _asked_country(conversation)
    if country is None and not asked_already:
        return steps(ASK_COUNTRY)
    if country in (None, "other"):
        return [Step("utter_helplines_elsewhere", {COUNTRY: country})]
    return [Step("utter_helplines", {COUNTRY: country})]


def _act_steps(act: Act, reading: Reading, conversation: Conversation, world: World) -> list[Step]:
    if is_topic(act.label):
        return _topic_steps(act.label, act, conversation, world)
    if act.label in {"ask_helpline", "inform_country"}:
        return helpline_steps(reading, conversation)
    if act.label == "ask_why":
        return _topic_steps(_why(conversation, world), act, conversation, world, follow=True)
    if act.label == "ask_more":
        return _more_steps(act, conversation, world)
    if act.label == "ask_repeat":
        return _repeat_steps(conversation)
    return steps(world.replies.get(act.label, "utter_default"))


def _topic_steps(
    label: str, act: Act, conversation: Conversation, world: World, follow: bool = False
) -> list[Step]:
    follows = follow or act.elliptical or act.anaphoric
    inherited = recalled(conversation) if follows else {}
    topic = topic_for(label, act.named, inherited)
    record = world.topics.get(topic)
    if record is None:
        return [Step(f"utter_{topic}", empty())]
    found = focuses(topic, record, act.named, inherited, world.vocabulary)
    return [Step(f"utter_{topic}", slots) for slots in found]


def recalled(conversation: Conversation) -> dict[str, str]:
    """The clinical word of each kind that was named last, in the turns just before this one."""
    words: dict[str, str] = {}
    for turn in conversation.before[-TURNS_RECALLED:]:
        words.update({word.kind: word.value for word in turn.said.reading.whole.named})
    return words


def _last_answer(conversation: Conversation) -> str | None:
    answered = conversation.answered
    return answered[-1] if answered else None


def _elliptical_topic(act: Act, conversation: Conversation, world: World) -> str | None:
    """The topic asked about again for another cancer or place ("and for lung?")."""
    last = _last_answer(conversation)
    record = world.topics.get(last) if last else None
    if last is None or record is None or last == OVERVIEW or not act.elliptical:
        return None
    return last if takes(last, record, act.named, world.vocabulary) else None


def _why(conversation: Conversation, world: World) -> str:
    last = _last_answer(conversation)
    record = world.topics.get(last) if last else None
    return (record.why if record else None) or DEFAULT_WHY


def _more_steps(act: Act, conversation: Conversation, world: World) -> list[Step]:
    last = _last_answer(conversation)
    record = world.topics.get(last) if last else None
    given = conversation.answered
    unread = [topic for topic in (record.next if record else ()) if topic not in given]
    if not unread:
        return steps("utter_nothing_more" if record else "utter_capabilities")
    return _topic_steps(unread[0], act, conversation, world, follow=True)


def _repeat_steps(conversation: Conversation) -> list[Step]:
    last = _last_answer(conversation)
    if last is None:
        return steps("utter_nothing_to_repeat")
    kept = {name: conversation.slots.get(name) for name in FOCUS_SLOTS + WORDING_SLOTS}
    return [Step(f"utter_{last}", kept)]


def _country(reading: Reading) -> str | None:
    return next((word.value for word in reading.whole.named if word.kind == COUNTRY), None)


def _asked_country(conversation: Conversation) -> bool:
    if not conversation.before:
        return False
    return bool({ASK_COUNTRY, "utter_human"} & set(conversation.before[-1].done))


def _answers_country_question(reading: Reading, conversation: Conversation) -> bool:
    """Whether the country that was asked for was named, or said not to be known."""
    if not _asked_country(conversation):
        return False
    return _country(reading) is not None or reading.label in {"unsure", "skip", "deny"}
