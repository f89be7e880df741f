"""Cross-validation of the classifier on the training data, with the features it is trained on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold

from bot.dialogue.interpretation import Thresholds
from bot.encoder import SentenceEncoder
from bot.intents.features import feature_rows, text_rows
from bot.intents.network import Network
from bot.lexicon.extractor import ClinicalLexicon
from bot.lexicon.normalizer import TextNormalizer
from tools.evaluation.corpus import Example
from tools.progress import track

FOLDS = 5
SEED = 20
LEXICON = Path("data/lexicon")
_COMPONENT = "bot.nlu.act_classifier.ActClassifier"

Matrix = NDArray[np.float32]


@dataclass(frozen=True)
class Fold:
    """One held-back fifth.

    right: share whose best label is right. second: share whose label is among the best two.
    macro_f1: mean over the labels. sure, sure_right: shares at or above the threshold, and of
    all the messages those that are right as well.
    """

    right: float
    second: float
    macro_f1: float
    sure: float
    sure_right: float


@dataclass(frozen=True)
class CrossValidation:
    """The folds, and for each group of labels how many were right over all folds."""

    folds: tuple[Fold, ...]
    groups: dict[str, tuple[int, int]]

    def mean(self, figure: str) -> float:
        """The mean of a figure over the folds."""
        return float(np.mean([getattr(fold, figure) for fold in self.folds]))

    def deviation(self, figure: str) -> float:
        """The standard deviation of a figure over the folds."""
        return float(np.std([getattr(fold, figure) for fold in self.folds]))


def classifier_settings(config: Path = Path("config.yml")) -> dict[str, Any]:
    """The classifier's settings: its defaults with those of the configuration file."""
    from bot.nlu.act_classifier import ActClassifier  # takes seconds: it brings Rasa along

    pipeline = yaml.safe_load(config.read_text(encoding="utf-8"))["pipeline"]
    entry = next(component for component in pipeline if component["name"] == _COMPONENT)
    return {**ActClassifier.get_default_config(), **entry}


def features(texts: Sequence[str]) -> Matrix:
    """Float32 [n, d]: what the classifier sees of each text in training."""
    normalizer = TextNormalizer.load(LEXICON)
    lexicon = ClinicalLexicon.load(LEXICON)
    # The adapter has seen every example: with it, no fold would be unseen.
    encoder = SentenceEncoder.load(cache_size=0, adapt=False)
    plain = [normalizer.normalize(text) for text in track(texts, "Normalising")]
    vectors = text_rows(encoder.encode_corpus(plain), plain)
    return feature_rows(vectors, [lexicon.find(text) for text in plain])


def cross_validate(examples: Sequence[Example], settings: dict[str, Any]) -> CrossValidation:
    """Train on four fifths and test on the fifth, five times; labels are spread evenly."""
    rows = features([example.text for example in examples])
    labels = np.array([example.label for example in examples])
    splitter = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    folds = []
    right = np.zeros(len(examples), dtype=bool)
    for train, test in track(list(splitter.split(rows, labels)), "Cross-validation"):
        model = Network.fit(rows[train], list(labels[train]), int(settings["epochs"]))
        fold, hits = _judge(model, rows[test], labels[test], Thresholds(**settings["thresholds"]))
        right[test] = hits
        folds.append(fold)
    return CrossValidation(tuple(folds), _by_group(examples, right))


def _judge(
    model: Network, rows: Matrix, labels: NDArray[np.str_], limits: Thresholds
) -> tuple[Fold, NDArray[np.bool_]]:
    probabilities = model.probabilities(rows)
    ranked = np.array(model.labels)[np.argsort(probabilities, axis=1)[:, ::-1]]
    hits = ranked[:, 0] == labels
    sure = probabilities.max(axis=1) >= limits.accept
    fold = Fold(
        right=float(hits.mean()),
        second=float((hits | (ranked[:, 1] == labels)).mean()),
        macro_f1=float(f1_score(labels, ranked[:, 0], average="macro")),
        sure=float(sure.mean()),
        sure_right=float((hits & sure).mean()),
    )
    return fold, hits


def _by_group(examples: Sequence[Example], right: NDArray[np.bool_]) -> dict[str, tuple[int, int]]:
    groups: dict[str, tuple[int, int]] = {}
    for example, hit in zip(examples, right, strict=True):
        hits, total = groups.get(example.group, (0, 0))
        groups[example.group] = (hits + bool(hit), total + 1)
    return groups
