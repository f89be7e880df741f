"""How a message is read: which things the person does in it, in order of weight.

A message is cut into parts; each part carries the classifier's ranked guesses and the
clinical words found in it. `read` turns them into a `Reading`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.dialogue.reading import (
    MAX_ACTS,
    OUT_OF_SCOPE,
    UNKNOWN,
    Act,
    Guess,
    Named,
    Part,
    Reading,
    is_topic,
)

# Acts that matter even when they are not what the rest of the message is about.
# The lower number goes first; topics and everything else follow the order of the text.
_WEIGHT = {"report_symptom": 0, "request_symptom_check": 1}
_TALK = frozenset(
    {
        "affirm",
        "ask_more",
        "ask_repeat",
        "ask_why",
        "complain",
        "deny",
        "express_distress",
        "goodbye",
        "greet",
        "inform_country",
        "inform_symptom_detail",
        "non_english",
        OUT_OF_SCOPE,
        "restart",
        "skip",
        "stop",
        "thank",
        "unsure",
    }
)

_SAID_ASIDE = frozenset({"complain", "express_distress"})

_WH = r"(?:what|where|when|why|who|whom|which|how)"
_HELP = (
    r"(?:is|are|am|do|does|did|can|could|will|would|should|shall|may|might|has|have|had|was|were"
    r"|isnt|arent|dont|doesnt|cant)"
)
_ASKS = re.compile(
    rf"\?|(?:^|[:,\u2013-]\s)\W*(?:(?:and|n|but|so|also|plus|then|or|ok|okay|please|hi|hello)\W+)*"
    rf"(?:{_WH}s?|{_HELP})\b"
    rf"|\b{_WH}(?:'s|s|\s+{_HELP})\b"
    r"|\b(?:tell me|explain|wonder(?:ing)?|want(?:ed)? to know|need to know|like to know|info"
    r"|information|any (?:idea|advice|tips))\b",
    re.IGNORECASE,
)
"""The forms of a question or a request for an answer."""

_HEADLINE_WORDS = 5
_BARE_WORDS = 2
"""A question of no more words names no subject of its own."""
_TELLS = re.compile(
    rf"\b(?:i|my|we|our|he|his|she|her|they|their|you|it|this|that|said|told|got|{_HELP})\b|'",
    re.IGNORECASE,
)
"""What makes a short part a statement; without it, it asks like a headline: "sites of spread"."""


@dataclass(frozen=True)
class Thresholds:
    """How sure is sure enough, as probabilities (0 to 1).

    accept: alone, a label is taken at this confidence.
    part: a part of a longer message is taken at this confidence, if its label is also
        among those that the whole message suggests with at least `hint`;
    surprising_part: else it is taken at this confidence;
    question_part: or at this one, where every part has the form of a question.
    lead: below `accept`, the best label is still taken when it leads by this much.
    pair: below that, two close topics are offered when together they reach this;
    rival: above it as well, where the second topic reaches this.
    aside: what is said beside a question is taken at this confidence.
    """

    accept: float = 0.65
    part: float = 0.4
    surprising_part: float = 0.985
    question_part: float = 0.95
    hint: float = 0.1
    lead: float = 0.5
    pair: float = 0.5
    rival: float = 0.4
    aside: float = 0.97


def read(whole: Part, parts: tuple[Part, ...], limits: Thresholds) -> Reading:
    """Read a message from its whole and its parts (the parts alone may be empty)."""
    reading = _read(whole, parts, limits)
    if not reading.acts or reading.label in _TALK:
        return reading
    return replace(reading, aside=_aside(parts, limits))


def _aside(parts: tuple[Part, ...], limits: Thresholds) -> str:
    """What was surely said beside a question: a feeling, a complaint, another question."""
    for part in parts:
        best = part.best
        off_subject = best.label == OUT_OF_SCOPE and _asks(part.text)
        if best.confidence >= limits.aside and (best.label in _SAID_ASIDE or off_subject):
            return best.label
    return ""


def _read(whole: Part, parts: tuple[Part, ...], limits: Thresholds) -> Reading:
    acts = _weigh(_told(whole, parts, limits)) if len(parts) > 1 else []
    substantial = [act for act in acts if act.label not in _TALK]
    if len(substantial) > 1:
        return Reading(tuple(substantial[:MAX_ACTS]), whole=_act(whole))
    alone = _read_alone(whole, limits)
    if substantial and _outweighs(substantial[0], alone):
        return Reading((_in_its_message(substantial[0], whole),), whole=_act(whole))
    if not alone.acts and acts:
        return Reading((acts[0],), whole=_act(whole))
    return alone


def _outweighs(part: Act, alone: Reading) -> bool:
    """Whether what one part asks stands for the message: a greeting around it never does."""
    return alone.label in _TALK or not alone.acts or part.confidence >= alone.confidence


def _in_its_message(act: Act, whole: Part) -> Act:
    """The only question of a message may name its subject in the sentence before it."""
    return act if act.named else replace(act, named=whole.named)


def _told(whole: Part, parts: tuple[Part, ...], limits: Thresholds) -> list[Act]:
    """The acts of the parts that are sure, each with what it refers back to.

    A part out of context misleads easily, so it counts when it is very sure, or sure and
    not surprising in the light of the whole message.
    """
    expected = {guess.label for guess in whole.guesses if guess.confidence >= limits.hint}
    forms = [_asks(part.text) for part in parts]
    surprising = limits.question_part if all(forms) else limits.surprising_part
    told: list[tuple[Act, bool]] = []
    spoken_of: tuple[Named, ...] = ()
    for part, asking in zip(parts, forms, strict=True):
        least = limits.part if part.best.label in expected else surprising
        act = _act(part)
        if _points_back(part) and not part.named:
            act = replace(act, named=spoken_of)
        spoken_of = part.named or spoken_of
        if part.best.confidence >= least:
            told.append((act, asking))
        elif part.elliptical and told and is_topic(told[-1][0].label):
            # "What does a CT show? And an MRI?" asks the same again.
            told.append((replace(told[-1][0], named=part.named), asking))
    asks = any(asking and is_topic(act.label) for act, asking in told)
    # Beside a question for an answer, a plain statement only tells what it is about.
    return [act for act, asking in told if asking or not (asks and is_topic(act.label))]


def _points_back(part: Part) -> bool:
    """Whether a part is about what was spoken of before it ("how is that found", "treatment?")."""
    return part.anaphoric or len(part.text.split()) <= _BARE_WORDS


def _asks(text: str) -> bool:
    if _ASKS.search(text):
        return True
    return len(text.split()) <= _HEADLINE_WORDS and not _TELLS.search(text)


def _act(part: Part) -> Act:
    best = part.best
    return Act(best.label, best.confidence, part.named, part.elliptical, part.anaphoric)


def _weigh(acts: list[Act]) -> list[Act]:
    """Drop what is said twice and put what matters most first, else keep the text's order."""
    seen: set[tuple[str, tuple[Named, ...]]] = set()
    kept = []
    for act in acts:
        key = (act.label, act.named if is_topic(act.label) else ())
        if key not in seen:
            seen.add(key)
            kept.append(act)
    return sorted(kept, key=lambda act: _WEIGHT.get(act.label, 2))


def _read_alone(whole: Part, limits: Thresholds) -> Reading:
    best = whole.best
    second = whole.guesses[1] if len(whole.guesses) > 1 else Guess(UNKNOWN, 0.0)
    leads = best.confidence - second.confidence >= limits.lead
    topics = is_topic(best.label) and is_topic(second.label)
    rivals = topics and second.confidence >= limits.rival
    if (best.confidence >= limits.accept or leads) and not rivals:
        return Reading((_act(whole),), whole=_act(whole))
    if topics and best.confidence + second.confidence >= limits.pair:
        return Reading(candidates=(best.label, second.label), whole=_act(whole))
    return Reading(whole=_act(whole))
