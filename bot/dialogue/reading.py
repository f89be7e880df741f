"""What a message was read as: up to three acts, a choice between two topics, or nothing.

The records, and how they travel as plain JSON in the parse data. How a message comes to be
read so is decided in `bot.dialogue.interpretation`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

UNKNOWN = "nlu_fallback"
OUT_OF_SCOPE = "out_of_scope"
MAX_ACTS = 3


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
class Reading:
    """What a message was read as: acts in order of weight, or candidates to choose from.

    aside: the label of what was surely said beside them that deserves a word of its own.
    """

    acts: tuple[Act, ...] = ()
    candidates: tuple[str, ...] = ()
    whole: Act = NOTHING
    aside: str = ""

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

    def without(self, fits: Callable[[str], bool]) -> Reading:
        """This reading without the acts whose label fits."""
        return replace(self, acts=tuple(act for act in self.acts if not fits(act.label)))

    def sureness(self, fits: Callable[[str], bool]) -> float:
        """How sure it is (0 to 1) that each act has a label that fits; 0 where one has not."""
        if not self.acts or not all(fits(act.label) for act in self.acts):
            return 0.0
        return min(act.confidence for act in self.acts)

    def is_surely(self, fits: Callable[[str], bool], least: float) -> bool:
        """Whether there are acts, each at least so confident (above 0) and with a fitting label."""
        return self.sureness(fits) >= least

    def to_dict(self) -> dict[str, Any]:
        """This reading as plain JSON values."""
        return {
            "acts": [_act_to_dict(act) for act in self.acts],
            "candidates": list(self.candidates),
            "whole": _act_to_dict(self.whole),
            "aside": self.aside,
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Reading:
        """The reading that `to_dict` wrote; missing keys mean nothing was read."""
        return cls(
            acts=tuple(_act_from_dict(act) for act in data.get("acts", ())),
            candidates=tuple(data.get("candidates", ())),
            whole=_act_from_dict(data["whole"]) if "whole" in data else NOTHING,
            aside=str(data.get("aside", "")),
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
