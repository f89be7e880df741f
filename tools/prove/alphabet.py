"""The finite alphabet of what can happen to a conversation.

The core is applied in every state. The full alphabet, every intent with every verdict and much
else, is applied once in every state of the symptom check; what else a state remembers only
selects among answers (see `tools.prove.state`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import product
from pathlib import Path

import yaml

from bot.dialogue.reading import Named, Reading, is_topic
from bot.dialogue.world import World
from bot.knowledge.records import Topic
from bot.safety.verdicts import Assessment, Category
from tools.prove.simulation import Setting
from tools.prove.stimulus import NEW_SESSION, UNREAD, Fault, Stimulus, message

TOPICS = (
    "metastasis/overview",
    "metastasis/spread_sites",
    "metastasis/spread_pair",
    "metastasis/tests",
)
"""Stand for all topics: the one that no follow-up repeats, one that depends on a cancer, the one
that needs a cancer and a place, and one that depends on something else."""

OFFERED = ("capabilities", "check_symptom", "metastasis/tests")
"""Stand for all choices: one for small talk, one for a symptom, one for an answer."""

LUNG = Named("cancer_type", "lung", bare=True)
IRELAND = Named("country", "ie")
ELSEWHERE = Named("country", "other")
RASAS_OWN = ("back", "session_start")
"""Intents that Rasa adds to every domain."""

PRESSING = (
    Category.NONE,
    Category.SYMPTOM,
    Category.URGENT,
    Category.EMERGENCY,
    Category.CRISIS_EXPLICIT,
    Category.REFUSE_DOSE,
)
ALARMS = (Category.CRISIS_EXPLICIT, Category.EMERGENCY, Category.CRISIS_AMBIGUOUS)
CONFIDENCES = (0.3, 0.5, 0.85, 0.95)
"""On each side of every confidence that the planner compares with."""

TEXTS = (
    "",
    "hm",
    "what is that?",
    "for three weeks",
    "it is getting worse",
    "I am having chemo",
    "words that say nothing in particular",
    "1",
    "2.",
    "99",
)
TYPED_PAYLOADS = (
    "/restart",
    "/back",
    "/session_start",
    "/stop",
    '/inform{"symptom_duration": "x", "in_treatment": "x"}',
    '/inform_country{"country": "ie"}',
    "/symptom_check_form",
)
_ANSWERING = (UNREAD, "inform_symptom_detail", "affirm", "deny", "unsure", "skip", "stop")
_IN_PAIRS = (
    "report_symptom",
    "metastasis/spread_sites",
    "metastasis/tests",
    "request_dose",
    "ask_helpline",
    "express_distress",
    "thank",
    "stop",
    "restart",
    "ask_more",
    "request_symptom_check",
)


def intents(root: Path) -> tuple[str, ...]:
    """Every intent that a message can be read as, topics by those that stand for all."""
    plain = yaml.safe_load((root / "domain.yml").read_text(encoding="utf-8"))["intents"]
    retrieval = {topic.split("/")[0] for topic in TOPICS} | {"coping", "myth"}
    named = [intent for intent in plain if intent not in retrieval and intent != "nlu_fallback"]
    return (UNREAD, *named, *RASAS_OWN, *TOPICS)


def with_few_topics(setting: Setting) -> Setting:
    """The same knowledge with those topics only that stand for all."""
    topics = {name: _among_few(setting.world, name) for name in TOPICS}
    world = replace(setting.world, topics=topics)
    offers = replace(setting.offers, topics=topics, with_reply={"utter_greet": OFFERED})
    return replace(setting, world=world, offers=offers)


def _among_few(world: World, name: str) -> Topic:
    record = world.topics[name]
    follows = {"metastasis/spread_sites": ("metastasis/tests",)}
    return replace(record, next=follows.get(name, ()), why="metastasis/overview")


@lru_cache(maxsize=4)
def core(labels: Sequence[str]) -> tuple[Stimulus, ...]:
    """What is applied in every state."""
    return (
        NEW_SESSION,
        *(message("...", label) for label in labels),
        *(message("...", UNREAD, verdict=verdict) for verdict in Category),
        *(message("...", UNREAD, verdict=alarm, other=True) for alarm in ALARMS),
        message("lung?", "metastasis/spread_sites", named=(LUNG,)),
        message("and for lung?", UNREAD, named=(LUNG,), elliptical=True),
        message("Ireland", "inform_country", named=(IRELAND,)),
        message("elsewhere", "inform_country", named=(ELSEWHERE,)),
        message("hm", UNREAD, candidates=("metastasis/tests", "metastasis/spread_sites")),
        message("...", "report_symptom", "metastasis/tests"),
        *(message(text, UNREAD) for text in TEXTS),
        *(message("...", label, verdict=Category.EMERGENCY) for label in ("stop", "skip")),
        replace(message("39.4", UNREAD), raised=Assessment(Category.EMERGENCY), fault=Fault.CUT),
        _complaint_in_crisis(),
    )


def _failing() -> Iterator[Stimulus]:
    """Messages that are also said while something fails."""
    for label in (UNREAD, "thank", "stop", "skip", "restart", "report_symptom"):
        yield message("...", label)
    for verdict in (Category.EMERGENCY, Category.URGENT, Category.CRISIS_EXPLICIT):
        yield message("...", UNREAD, verdict=verdict)
    # Harmless by itself; in the light of the messages before it, it is an emergency.
    yield replace(message("39.4", UNREAD), raised=Assessment(Category.EMERGENCY))
    yield replace(message("yes", "affirm"), raised=Assessment(Category.URGENT))
    # A complaint by itself; after the messages before it, it is about not wanting to live.
    yield _complaint_in_crisis()


def _complaint_in_crisis() -> Stimulus:
    complaint = message("...", "report_symptom", verdict=Category.SYMPTOM)
    return replace(complaint, raised=Assessment(Category.CRISIS_EXPLICIT))


@lru_cache(maxsize=4)
def full(labels: Sequence[str]) -> tuple[Stimulus, ...]:
    """What is applied in every state of the check, beside the core."""
    return (
        *(replace(one, fault=fault) for one in _failing() for fault in Fault),
        *(message("...", label, verdict=verdict) for label, verdict in product(labels, Category)),
        *(
            message("...", label, verdict=alarm, other=True)
            for label, alarm in product(labels, ALARMS)
        ),
        *(
            message("...", topic, verdict=verdict, confidence=confidence, named=named)
            for topic, verdict, confidence, named in product(
                TOPICS, Category, CONFIDENCES, ((), (LUNG,))
            )
        ),
        *(
            message(text, label, verdict=verdict)
            for text, label, verdict in product(TEXTS, _ANSWERING, PRESSING)
        ),
        *(
            message("...", first, second, verdict=verdict)
            for first, second, verdict in product(_IN_PAIRS, _IN_PAIRS, PRESSING)
            if first != second
        ),
        *(message(typed, label) for typed in TYPED_PAYLOADS for label in (UNREAD, "restart")),
        *(
            message(text, *read, named=(LUNG,), elliptical=True, verdict=verdict)
            for text, read, verdict in product(
                ("and lung?",), ((UNREAD,), ("report_symptom",), ("ask_why",)), PRESSING
            )
        ),
    )


def every_topic(world: World) -> list[Stimulus]:
    """Each curated answer that can be asked for."""
    return [message("...", topic) for topic in sorted(world.topics) if is_topic(topic)]


def chosen(choices: Sequence[str], world: World) -> Iterator[Stimulus]:
    """The offered choices: pressed, which sends their words, and typed as their number."""
    for number, words in enumerate(choices, 1):
        label = world.choices.get(words.casefold())
        yield message(str(number), UNREAD)
        if label:
            pressed = message(words, label)
            assert pressed.said is not None
            reading = Reading.of(label, chosen=True)
            yield replace(pressed, said=replace(pressed.said, reading=reading))
        else:
            yield message(words, UNREAD)
