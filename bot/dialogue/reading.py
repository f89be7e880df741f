"""How a message is read: which things the person does in it, in order of weight.

A message is cut into parts; each part carries the classifier's ranked guesses and
the clinical words found in it. `read` turns them into a `Reading`: up to three
*acts* (an answer asked for, a symptom told, a greeting ...), or a choice between
two close topics, or nothing that fits.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

UNKNOWN = "nlu_fallback"
OUT_OF_SCOPE = "out_of_scope"
SYMPTOM_ACTS = frozenset({"report_symptom"})
MAX_ACTS = 3

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


def is_topic(label: str) -> bool:
    """Whether a label names a curated answer (`metastasis/tests`), not a plain intent."""
    return "/" in label


def is_refusal(label: str) -> bool:
    """Whether a label asks for what the assistant must decline (`request_dose`)."""
    return label.startswith("request_") and label not in {
        "request_symptom_check",
        "request_human",
    }


@dataclass(frozen=True)
class Named:
    """A clinical word found in a message: its kind, its closed value, and how it stood there.

    `bare` marks an organ named alone ("and for lung?"), which a topic may read as the
    cancer or as the place.
    """

    kind: str
    value: str
    bare: bool = False


@dataclass(frozen=True)
class Guess:
    """One label with the classifier's probability (0 to 1)."""

    label: str
    confidence: float


@dataclass(frozen=True)
class Part:
    """One part of a message: its text, guesses (best first), clinical words and form."""

    text: str
    guesses: tuple[Guess, ...] = ()
    named: tuple[Named, ...] = ()
    elliptical: bool = False
    anaphoric: bool = False

    @property
    def best(self) -> Guess:
        """The most probable label, or the unknown one at zero."""
        return self.guesses[0] if self.guesses else Guess(UNKNOWN, 0.0)


@dataclass(frozen=True)
class Act:
    """One thing the person does: its label and the clinical words that belong to it."""

    label: str
    confidence: float
    named: tuple[Named, ...] = ()
    elliptical: bool = False
    anaphoric: bool = False


NOTHING = Act(UNKNOWN, 0.0)


@dataclass(frozen=True)
class Thresholds:
    """How sure is sure enough, as probabilities (0 to 1).

    accept: alone, a label is taken at this confidence.
    part: a part of a longer message is taken at this confidence, if its label is also
        among those that the whole message suggests with at least `hint`;
    surprising_part: else it is taken at this confidence.
    lead: below `accept`, the best label is still taken when it leads by this much.
    pair: below that, two close topics are offered when together they reach this.
    """

    accept: float = 0.4
    part: float = 0.4
    surprising_part: float = 0.95
    hint: float = 0.05
    lead: float = 0.25
    pair: float = 0.45


@dataclass(frozen=True)
class Reading:
    """What a message was read as: acts in order of weight, or candidates to choose from."""

    acts: tuple[Act, ...] = ()
    candidates: tuple[str, ...] = ()
    whole: Act = NOTHING

    @classmethod
    def of(cls, label: str, named: tuple[Named, ...] = (), chosen: bool = False) -> Reading:
        """The reading of a message that means one label for sure.

        A chosen button continues what was talked about, so it counts as anaphoric.
        """
        act = Act(label, 1.0, named, anaphoric=chosen)
        return cls((act,), whole=act)

    @property
    def label(self) -> str:
        """The label of the weightiest act, or the unknown one."""
        return self.acts[0].label if self.acts else UNKNOWN

    @property
    def confidence(self) -> float:
        """The confidence of the weightiest act (0 to 1)."""
        return self.acts[0].confidence if self.acts else 0.0

    def to_dict(self) -> dict[str, Any]:
        """This reading as plain JSON values."""
        return {
            "acts": [_act_to_dict(act) for act in self.acts],
            "candidates": list(self.candidates),
            "whole": _act_to_dict(self.whole),
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Reading:
        """The reading that `to_dict` wrote; missing keys mean nothing was read."""
        return cls(
            acts=tuple(_act_from_dict(act) for act in data.get("acts", ())),
            candidates=tuple(data.get("candidates", ())),
            whole=_act_from_dict(data["whole"]) if "whole" in data else NOTHING,
        )


def _named_to_list(named: tuple[Named, ...]) -> list[list[Any]]:
    return [[n.kind, n.value, n.bare] for n in named]


def _named_from_list(data: Any) -> tuple[Named, ...]:
    return tuple(Named(str(kind), str(value), bool(bare)) for kind, value, bare in data)


def _act_to_dict(act: Act) -> dict[str, Any]:
    return {
        "label": act.label,
        "confidence": round(act.confidence, 4),
        "named": _named_to_list(act.named),
        "elliptical": act.elliptical,
        "anaphoric": act.anaphoric,
    }


def _act_from_dict(data: dict[str, Any]) -> Act:
    return Act(
        label=str(data["label"]),
        confidence=float(data["confidence"]),
        named=_named_from_list(data["named"]),
        elliptical=bool(data["elliptical"]),
        anaphoric=bool(data["anaphoric"]),
    )


def read(whole: Part, parts: tuple[Part, ...], limits: Thresholds) -> Reading:
    """Read a message from its whole and its parts (the parts alone may be empty)."""
    acts = _weigh(_told(whole, parts, limits)) if len(parts) > 1 else []
    substantial = [act for act in acts if act.label not in _TALK]
    if len(substantial) > 1:
        return Reading(tuple(substantial[:MAX_ACTS]), whole=_act(whole))
    alone = _read_alone(whole, limits)
    if substantial and (not alone.acts or substantial[0].confidence >= alone.confidence):
        return Reading((_in_its_message(substantial[0], whole),), whole=_act(whole))
    if not alone.acts and acts:
        return Reading((acts[0],), whole=_act(whole))
    return alone


def _in_its_message(act: Act, whole: Part) -> Act:
    """The only question of a message may name its subject in the sentence before it."""
    return act if act.named else replace(act, named=whole.named)


def _told(whole: Part, parts: tuple[Part, ...], limits: Thresholds) -> list[Act]:
    """The acts of the parts that are sure, each with what it refers back to.

    A part out of context misleads easily, so it counts when it is very sure, or sure and
    not surprising in the light of the whole message.
    """
    expected = {guess.label for guess in whole.guesses if guess.confidence >= limits.hint}
    told: list[Act] = []
    spoken_of: tuple[Named, ...] = ()
    for part in parts:
        least = limits.part if part.best.label in expected else limits.surprising_part
        act = _act(part)
        if part.anaphoric and not part.named:
            act = replace(act, named=spoken_of)
        spoken_of = part.named or spoken_of
        if part.best.confidence >= least:
            told.append(act)
    return told


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
    if best.confidence >= limits.accept or leads:
        return Reading((_act(whole),), whole=_act(whole))
    close = best.confidence + second.confidence >= limits.pair
    if close and is_topic(best.label) and is_topic(second.label):
        return Reading(candidates=(best.label, second.label), whole=_act(whole))
    return Reading(whole=_act(whole))
