"""A classifier of one hidden layer: fitted with scikit-learn, kept and run with NumPy.

Two networks with different beginnings are fitted and their scores averaged, which is the same as
one network with both hidden layers side by side: they err in different places. The last layer is
multinomial logistic regression; the hidden one learns which features count together. The fitted
model is five arrays and a list of names in one `.npz` file, which is read without unpickling
anything, and predicting needs two matrix products. Why not logistic regression alone:
docs/decisions/0006-hidden-layer-and-word-forms.md.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

SCALE = 5.0
"""Features are parts of vectors of unit length, too small for the solver's first steps."""

HIDDEN_UNITS = 256
PENALTY = 1e-3
"""Weight of the squared weights (scikit-learn's `alpha`)."""
ROWS_PER_STEP = 256
STEP = 2e-3
SEEDS = (0, 1)
"""One network for each; a third was no better on the practice sets."""


class ModelFileError(ValueError):
    """The stored classifier is missing or broken; the message says what to do."""


@dataclass(frozen=True)
class Network:
    """The fitted layers.

    labels: k names; mean: float32 [d]; hidden: float32 [d, h]; hidden_bias: float32 [h];
    output: float32 [h, k]; output_bias: float32 [k].
    """

    labels: tuple[str, ...]
    mean: Matrix
    hidden: Matrix
    hidden_bias: Matrix
    output: Matrix
    output_bias: Matrix

    @classmethod
    def fit(cls, features: Matrix, labels: Sequence[str], epochs: int) -> Network:
        """Fit on float32 [n, d] features and n labels; the same input gives the same model.

        Args:
            features: one row an example.
            labels: the label of each row; at least two different ones.
            epochs: how many times all examples are gone through.
        """
        mean = features.mean(axis=0, dtype=np.float64).astype(np.float32)
        scaled = (features - mean) * np.float32(SCALE)
        fitted = [_fitted(scaled, list(labels), epochs, seed) for seed in SEEDS]
        hidden = np.hstack([each.coefs_[0] for each in fitted])
        hidden_bias = np.hstack([each.intercepts_[0] for each in fitted])
        output = np.vstack([each.coefs_[1] for each in fitted]) / len(fitted)
        output_bias = np.mean([each.intercepts_[1] for each in fitted], axis=0)
        names = tuple(str(name) for name in fitted[0].classes_)
        if len(names) == 2:  # scikit-learn keeps one column for two classes
            output, output_bias = output @ [[-0.5, 0.5]], output_bias @ [[-0.5, 0.5]]
        layers = (hidden, hidden_bias, output, output_bias)
        return cls(names, mean, *(np.asarray(layer, np.float32) for layer in layers))

    def probabilities(self, features: Matrix) -> Matrix:
        """The probability of each label, float32 [n, k], for float32 [n, d] features."""
        inner = (features - self.mean) * np.float32(SCALE) @ self.hidden + self.hidden_bias
        scores = np.maximum(inner, 0) @ self.output + self.output_bias
        scores -= scores.max(axis=1, keepdims=True)
        np.exp(scores, out=scores)
        result: Matrix = scores / scores.sum(axis=1, keepdims=True)
        return result

    def save(self, path: Path) -> None:
        """Write the model to a `.npz` file."""
        np.savez(
            path,
            labels=np.array(self.labels),
            mean=self.mean,
            hidden=self.hidden,
            hidden_bias=self.hidden_bias,
            output=self.output,
            output_bias=self.output_bias,
        )

    @classmethod
    def load(cls, path: Path) -> Network:
        """Read a model; raises `ModelFileError` if the file is missing or broken."""
        try:
            with np.load(path, allow_pickle=False) as data:
                labels = tuple(str(label) for label in data["labels"])
                hidden, bias = data["hidden"], data["hidden_bias"]
                return cls(labels, data["mean"], hidden, bias, data["output"], data["output_bias"])
        except (OSError, EOFError, BadZipFile, KeyError, ValueError) as error:
            raise ModelFileError(
                f"{path}: the stored classifier cannot be read ({error}). Train again: make train."
            ) from error


def _fitted(features: Matrix, labels: list[str], epochs: int, seed: int) -> Any:
    # Only training needs scikit-learn.
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier

    solver = MLPClassifier(
        (HIDDEN_UNITS,),
        alpha=PENALTY,
        batch_size=min(ROWS_PER_STEP, len(labels)),
        max_iter=epochs,
        learning_rate_init=STEP,
        random_state=seed,
    )
    with warnings.catch_warnings():
        # The number of epochs is a choice: it would go on to learn the examples by heart.
        warnings.simplefilter("ignore", ConvergenceWarning)
        return solver.fit(features, labels)
