"""The statistical detector beside the rules: danger in wording that no rule foresaw.

A classifier of one hidden layer on sentence embeddings and word forms, trained on examples of
its own (`data/safety_examples`) and on the ordinary questions of `data/nlu` as no danger.
Either detector suffices; this one never lowers what the rules have found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from bot.intents.network import Network
from bot.safety.datafiles import SafetyDataError
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
)


def load_examples(directory: Path) -> Iterator[tuple[str, str]]:
    """The examples of all files as (text, label).

    Raises:
        SafetyDataError: a file cannot be read, or there is none.
    """
    paths = sorted(directory.glob("*.yml"))
    if not paths:
        raise SafetyDataError(f"{directory}: no examples; restore the folder from the repository.")
    for path in paths:
        try:
            sections = yaml.safe_load(path.read_text(encoding="utf-8"))["safety_examples"]
            pairs = [(str(text), str(label)) for label in sections for text in sections[label]]
        except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
            raise SafetyDataError(f"{path}: cannot be read as examples: {error}") from error
        yield from pairs


@dataclass(frozen=True)
class Detector:
    """The fitted detector.

    threshold: the probability (0 to 1) of a danger, or of that and the more pressing ones
        together, from which on it is taken for real.
    urgent_threshold: the same for what is urgent and no more; higher, because the examples
        of urgent and of ordinary complaints lie close together.
    """

    model: Network
    threshold: float
    urgent_threshold: float

    def judge(self, vectors: Matrix, found: Assessment) -> Assessment:
        """The more pressing of what the rules found and what a part of the message looks like.

        Args:
            vectors: float32 [parts, dimension], the message and its parts.
            found: the rules' assessment.
        """
        verdicts = [self._judge(row) for row in self.model.probabilities(vectors)]
        category, label = max(verdicts, key=lambda verdict: verdict[0])
        if category <= found.category:
            return found
        return replace(
            found,
            category=category,
            rule_id=f"detector-{label}",
            about_other_person=found.about_other_person or label == OF_ANOTHER,
        )

    def _judge(self, row: NDArray[np.float32]) -> tuple[Category, str]:
        share = dict(zip(self.model.labels, row, strict=True))
        mass = 0.0
        for label, category in _DANGERS:
            mass += float(share[label])
            urgent = category is Category.URGENT
            if mass >= (self.urgent_threshold if urgent else self.threshold):
                return category, label
        return Category.NONE, NO_DANGER
