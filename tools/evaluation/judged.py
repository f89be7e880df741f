"""Judged messages, and how many of them came to which outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.safety.verdicts import Category
from tools.evaluation.replies import Reply
from tools.evaluation.scoring import Outcome
from tools.evaluation.sets import Turn

OUT_OF_SCOPE = "out_of_scope"
ASKED_WHICH = "(asked which)"
NOT_UNDERSTOOD = "(not understood)"
OTHER_WORDING = "(other wording)"


@dataclass(frozen=True)
class Judged:
    """One message with what was expected, what happened, and the judgement on it."""

    turn: Turn
    reply: Reply
    outcome: Outcome

    @property
    def label(self) -> str:
        """What was expected first."""
        return self.turn.expected[0].label

    @property
    def in_scope(self) -> bool:
        """Whether the assistant should be able to answer at all."""
        return self.label != OUT_OF_SCOPE

    @property
    def got(self) -> str:
        """What was answered instead; the expected label itself if the reply was right."""
        if self.outcome is Outcome.RIGHT:
            return self.label
        if self.outcome is Outcome.ASKED:
            return ASKED_WHICH
        if self.outcome is Outcome.REFUSED:
            return NOT_UNDERSTOOD
        return self._instead()

    def _instead(self) -> str:
        """What a wrong reply is wrong by: an alarm, an unfitting answer, or its wording."""
        allowed = {label for one in self.turn.expected for label in (one.label, *one.also)}
        topics = [answer.topic for answer in self.reply.answers]
        stranger = next((topic for topic in topics if topic not in allowed), None)
        if stranger is not None:
            return stranger
        if not topics and self.reply.safety != Category.NONE.value:
            return f"(safety: {self.reply.safety})"
        return OTHER_WORDING if topics or self.reply.label in allowed else self.reply.label


@dataclass(frozen=True)
class SetResult:
    """The judged messages of one set, and how many were left out as known from training."""

    name: str
    judged: Sequence[Judged]
    left_out: int


@dataclass(frozen=True)
class Tally:
    """How many messages came to which outcome."""

    counts: Counter[Outcome]

    @classmethod
    def of(cls, judged: Iterable[Judged]) -> Tally:
        """Count the outcomes."""
        return cls(Counter(one.outcome for one in judged))

    @property
    def total(self) -> int:
        """The number of messages."""
        return self.counts.total()

    def __getitem__(self, outcome: Outcome) -> int:
        """The number of messages with this outcome."""
        return self.counts[outcome]

    @property
    def kept_out(self) -> int:
        """Of out-of-scope messages, those that were told so, or not understood."""
        return self.counts[Outcome.RIGHT] + self.counts[Outcome.REFUSED]


def in_scope(judged: Iterable[Judged]) -> list[Judged]:
    """The messages that should be answered."""
    return [one for one in judged if one.in_scope]


def out_of_scope(judged: Iterable[Judged]) -> list[Judged]:
    """The messages that should be turned away."""
    return [one for one in judged if not one.in_scope]


def by(key: Callable[[Judged], str], judged: Iterable[Judged]) -> dict[str, list[Judged]]:
    """The messages sorted into boxes, the boxes by name."""
    boxes: dict[str, list[Judged]] = {}
    for one in judged:
        boxes.setdefault(key(one), []).append(one)
    return dict(sorted(boxes.items()))
