"""Both detectors and the classifier on one message: who is believed when they disagree.

The rules and the statistical detector look for danger, and either suffices. The rules read words
and not meaning ("lemon water makes the blood less acidic"), so that an alarm of theirs is passed
over where the detector sees no danger in the message, nor in the words around those that the rule
went by, and the classifier, which was trained on other examples for another purpose, rather hears
something harmless (docs/decisions/0012-outvoted-rules.md).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.safety.assess import GUARD_FAILED, SafetyCore
from bot.safety.detector import Detector
from bot.safety.evidence import around
from bot.safety.story import Told, judged_with_before
from bot.safety.verdicts import Assessment, Category

Matrix = NDArray[np.float32]
Features = Callable[[Sequence[str]], Matrix]
"""Gives float32 [n, d] for n texts."""

Before = Callable[[], Sequence[Told]]
"""Gives what was told before a message."""

SHORT_ANSWER = 4
"""Words of an answer to a question about a symptom."""

FEW_WORDS = 5
"""A rule that goes by so short a message has little to misread ("neutropenic with a temp")."""

LONGEST_EMBEDDED = 150
"""Words of which the encoder surely sees all; of a longer message it may see the beginning."""

WORDS_AROUND = (4, 8)
"""The words of a rule are looked at with so many on either side."""


@dataclass(frozen=True)
class Opinion:
    """How sure the classifier is, as a probability (0 to 1), that a message asks and tells so.

    answer: that it asks for curated answers and nothing else.
    harmless: that it does nothing in which a danger may be told; at least `answer`.
    detail: that it tells how long a symptom has lasted or how it goes, and nothing else.
    """

    answer: float = 0.0
    harmless: float = 0.0
    detail: float = 0.0


@dataclass(frozen=True)
class Certainty:
    """From when on the classifier's opinion counts; tuned on practice sets.

    answer: the message surely asks for a curated answer.
    nothing: the message surely says something harmless, be it off the subject.
    harmless: something harmless is rather said than not: what the rules hear may be passed over,
        and the message tells nothing that others could add up to.
    apart: something harmless is said, which completes no story either.
    detail: the message surely answers how long or how.
    """

    answer: float = 0.9
    nothing: float = 0.95
    harmless: float = 0.5
    apart: float = 0.9
    detail: float = 0.8


@dataclass(frozen=True)
class Jury:
    """The judges of a message."""

    core: SafetyCore
    detector: Detector
    features: Features
    certainty: Certainty = Certainty()

    def assess(self, text: str, rows: Matrix, opinion: Opinion) -> Assessment:
        """The verdict on a message alone.

        Args:
            text: the message.
            rows: float32 [parts, d], the features of the message and, after it, of its parts.
            opinion: what the classifier thinks of it.
        """
        found = self.core.assess(text)
        shares = self.detector.shares(rows)
        if self._is_outvoted(text, found, shares, opinion):
            found = _without_danger(found)
        if found.category.is_refusal and self._asks_nothing(shares):
            found = Assessment(findings=found.findings)
        return self.detector.judge(shares, found, self._is_surely_harmless(opinion))

    def assess_after(
        self, before: Before, text: str, found: Assessment, opinion: Opinion
    ) -> Assessment:
        """The verdict on a message in the light of what was told before it.

        Args:
            before: gives the earlier messages; they are gathered only where they may count.
            text: the message.
            found: the verdict on it alone.
            opinion: what the classifier thinks of it.
        """
        if not self._may_complete(text, opinion):
            return found

        def judge(story: str) -> Assessment:
            return self.detector.judge_story(self._seen([story]), self.core.assess(story))

        return judged_with_before(text, found, before(), judge, self.tells(opinion))

    def sees_nothing(self, rows: Matrix) -> bool:
        """Whether the detector sees neither a danger nor a request in a message or a part of it.

        Args:
            rows: float32 [parts, d], as for `assess`.
        """
        seen = self.detector.danger_or_request(self.detector.shares(rows))
        return seen < self.detector.levels.no_request

    def _is_surely_harmless(self, opinion: Opinion) -> bool:
        sure = self.certainty
        return opinion.answer >= sure.answer or opinion.harmless >= sure.nothing

    def tells(self, opinion: Opinion) -> bool:
        """Whether a message may tell something that belongs to a story."""
        return opinion.harmless < self.certainty.harmless

    def _may_complete(self, text: str, opinion: Opinion) -> bool:
        """Whether a message may complete a story: more than "a few weeks" or "getting worse".

        What such an answer adds up to with others is for the rules' combinations alone.
        """
        answers = len(text.split()) <= SHORT_ANSWER and opinion.detail >= self.certainty.detail
        return opinion.harmless < self.certainty.apart and not answers

    def _is_outvoted(self, text: str, found: Assessment, shares: Matrix, opinion: Opinion) -> bool:
        levels = self.detector.levels
        if found.category < Category.SYMPTOM or found.rule_id == GUARD_FAILED:
            return False
        mild = found.category is Category.SYMPTOM
        # One sentence alone of a long story often sounds like a complaint.
        enough = mild and len(text.split()) <= LONGEST_EMBEDDED
        danger = self.detector.danger(shares[:1] if enough else shares)
        agreed = opinion.harmless >= self.certainty.harmless
        unlikely = danger < (levels.no_symptom if mild else levels.no_danger)
        if len(text.split()) <= FEW_WORDS:
            return mild and agreed and unlikely
        if danger >= levels.nothing and not (agreed and unlikely):
            return False
        if mild:
            return True
        evidence = [around(text, found.spans, words) for words in WORDS_AROUND]
        return self.detector.danger(self._seen(evidence)) < levels.evidence

    def _seen(self, texts: Sequence[str]) -> Matrix:
        return self.detector.shares(self.features(texts))

    def _asks_nothing(self, shares: Matrix) -> bool:
        """Whether a message neither asks for what is declined nor tells a danger."""
        return self.detector.danger_or_request(shares[:1]) < self.detector.levels.no_request


def _without_danger(found: Assessment) -> Assessment:
    """What the rules heard beside the danger: a wish to decline, if there was one."""
    refusals = [sign for sign in found.signs if sign[0].is_refusal]
    category, rule_id = max(refusals, default=(Category.NONE, ""))
    return Assessment(category, rule_id, signs=tuple(refusals), findings=found.findings)
