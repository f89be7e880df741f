"""The statistical detector beside the rules: what must be heard, in words no rule foresaw.

A classifier of one hidden layer on sentence embeddings and word forms, trained on examples of
its own (`data/safety_examples`) and on the ordinary questions of `data/nlu` as no danger.
Either detector suffices; this one never lowers what the rules have found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.intents.network import Network
from bot.safety.datafiles import SafetyDataError, read_sections, strings
from bot.safety.verdicts import Assessment, Category

Matrix = NDArray[np.float32]

NO_DANGER = "none"
OF_ANOTHER = "crisis_other_person"

# Most pressing first: (label of the examples, verdict that it stands for).
_DANGERS = (
    ("crisis_explicit", Category.CRISIS_EXPLICIT),
    (OF_ANOTHER, Category.CRISIS_EXPLICIT),
    ("emergency", Category.EMERGENCY),
    ("crisis_ambiguous", Category.CRISIS_AMBIGUOUS),
    ("urgent", Category.URGENT),
    ("symptom", Category.SYMPTOM),
)
DANGER_LABELS = frozenset(label for label, category in _DANGERS if category > Category.SYMPTOM)
"""The labels of what must not be missed."""

_CRISES = frozenset(label for label, category in _DANGERS if category.is_crisis)
_REQUESTS = frozenset(category.value for category in Category if category.is_refusal)


@dataclass(frozen=True)
class Levels:
    """From which probability (0 to 1) on something is taken for real; tuned on practice sets.

    danger: a danger, or that and the more pressing ones together.
    mild: the same for what is urgent or a symptom and no more; higher, because the examples
        of those and of ordinary complaints lie close together.
    refusal: a request to decline, where there is no danger.
    part: one sentence of a longer message on its own.
    emergency: from this one on a message as a whole is surely an emergency of the body; where it
        holds no crisis, none of its sentences does ("her sister says leave her be, she's tired").
    despite_answer: the message as a whole, where the classifier is sure of something harmless.
    no_symptom, no_danger: below this probability of all dangers together, a symptom, or anything
        more pressing, that the rules hear may be passed over, if the classifier agrees;
    nothing: below this one, whatever the classifier says.
    evidence: from this one on, the words around those that a rule went by do look like a danger.
    no_request: below this probability of all requests and dangers, nothing is to be declined.
    story: what was told in several messages, read as one.
    """

    danger: float = 0.3
    mild: float = 0.5
    refusal: float = 0.6
    part: float = 0.97
    emergency: float = 0.9
    despite_answer: float = 0.8
    no_symptom: float = 0.05
    no_danger: float = 0.05
    nothing: float = 0.0005
    evidence: float = 0.05
    no_request: float = 0.05
    story: float = 0.4


def label_of(found: Assessment) -> str:
    """The label that stands for a verdict."""
    other = found.category.is_crisis and found.about_other_person
    return OF_ANOTHER if other else found.category.value


def load_examples(directory: Path) -> Iterator[tuple[str, str]]:
    """The examples of all files as (text, label).

    Raises:
        SafetyDataError: a file cannot be read, or there is none.
    """
    for path, labelled in read_sections(directory).get("safety_examples", ()):
        if not isinstance(labelled, dict):
            raise SafetyDataError(f"{path}: 'safety_examples:' must be a mapping of labels.")
        for label, texts in labelled.items():
            yield from ((text, label) for text in strings(texts, f"{path}, '{label}'"))


@dataclass(frozen=True)
class Detector:
    """The fitted detector and from when on it is believed."""

    model: Network
    levels: Levels = Levels()

    def shares(self, rows: Matrix) -> Matrix:
        """The probability of each label, float32 [n, labels], for float32 [n, d] features."""
        return self.model.probabilities(rows)

    def judge(self, shares: Matrix, found: Assessment, surely_harmless: bool = False) -> Assessment:
        """The more pressing of what the rules found and what the message looks like.

        Args:
            shares: float32 [parts, labels], of the message and, after it, of its parts.
            found: the rules' assessment.
            surely_harmless: whether the classifier is sure of something harmless; then the parts
                are not judged, and the whole only by a higher level.
        """
        whole, *parts = shares
        verdicts = [self._judge(whole, self._least(surely_harmless))]
        if not surely_harmless:
            alone = [self._judge(part, self.levels.part) for part in parts]
            bodily = self._is_emergency_alone(shares[:1])
            verdicts += [each for each in alone if not (bodily and each[0].is_crisis)]
        return _more_pressing(max(verdicts, key=lambda verdict: verdict[0]), found)

    def judge_story(self, shares: Matrix, found: Assessment) -> Assessment:
        """The same for what was told in several messages: float32 [1, labels], all as one."""
        return _more_pressing(self._judge(shares[0], self.levels.story), found)

    def danger(self, shares: Matrix) -> float:
        """The probability (0 to 1) that the message or a part of it tells a symptom or worse."""
        return self._mass(shares, {label for label, _ in _DANGERS})

    def danger_or_request(self, shares: Matrix) -> float:
        """The probability (0 to 1) of that, or that the message or a part asks to be declined."""
        return self._mass(shares, {label for label, _ in _DANGERS} | _REQUESTS)

    def _mass(self, shares: Matrix, labels: Set[str]) -> float:
        columns = [at for at, label in enumerate(self.model.labels) if label in labels]
        return float(shares[:, columns].sum(axis=1).max())

    def _least(self, surely_harmless: bool) -> float:
        return self.levels.despite_answer if surely_harmless else self.levels.danger

    def _is_emergency_alone(self, whole: Matrix) -> bool:
        is_sure = self._mass(whole, {Category.EMERGENCY.value}) >= self.levels.emergency
        return is_sure and self._mass(whole, _CRISES) < self.levels.no_danger

    def _judge(self, row: NDArray[np.float32], least: float) -> tuple[Category, str]:
        share = dict(zip(self.model.labels, row, strict=True))
        mass = 0.0
        for label, category in _DANGERS:
            mass += float(share[label])
            mild = category <= Category.URGENT
            if mass >= (max(least, self.levels.mild) if mild else least):
                return category, label
        return self._request(share, max(least, self.levels.refusal))

    def _request(self, share: Mapping[str, np.float32], least: float) -> tuple[Category, str]:
        label = max(share, key=lambda name: share[name])
        if label in _REQUESTS and share[label] >= least:
            return Category(label), label
        return Category.NONE, NO_DANGER


def _more_pressing(verdict: tuple[Category, str], found: Assessment) -> Assessment:
    category, label = verdict
    if category <= found.category:
        return found
    return replace(
        found,
        category=category,
        rule_id=f"detector-{label}",
        about_other_person=found.about_other_person or label == OF_ANOTHER,
    )
