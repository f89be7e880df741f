"""Multinomial logistic regression: fitted with scikit-learn, kept and run with NumPy.

The fitted model is three arrays and a list of names in one `.npz` file, which is read
without unpickling anything, and predicting needs one matrix product.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]


class ModelFileError(ValueError):
    """The stored classifier is missing or broken; the message says what to do."""


@dataclass(frozen=True)
class LinearModel:
    """labels: k names; weights: float32 [k, d]; bias: float32 [k]; mean: float32 [d]."""

    labels: tuple[str, ...]
    weights: Matrix
    bias: Matrix
    mean: Matrix

    @classmethod
    def fit(
        cls, features: Matrix, labels: Sequence[str], inverse_penalty: float, iterations: int
    ) -> LinearModel:
        """Fit on float32 [n, d] features and n labels.

        Args:
            features: one row an example.
            labels: the label of each row; at least two different ones.
            inverse_penalty: scikit-learn's `C`; larger fits closer.
            iterations: the most steps that the solver takes.
        """
        from sklearn.linear_model import LogisticRegression  # only training needs it

        mean = features.mean(axis=0, dtype=np.float64).astype(np.float32)
        fitted = LogisticRegression(C=inverse_penalty, max_iter=iterations, tol=1e-3)
        fitted.fit(features - mean, list(labels))
        names = tuple(str(name) for name in fitted.classes_)
        weights, bias = fitted.coef_, fitted.intercept_
        if len(names) == 2:  # scikit-learn keeps one row for two classes
            weights, bias = np.vstack([-weights, weights]) / 2, np.hstack([-bias, bias]) / 2
        return cls(names, weights.astype(np.float32), bias.astype(np.float32), mean)

    def probabilities(self, features: Matrix) -> Matrix:
        """The probability of each label, float32 [n, k], for float32 [n, d] features."""
        scores = (features - self.mean) @ self.weights.T + self.bias
        scores -= scores.max(axis=1, keepdims=True)
        np.exp(scores, out=scores)
        result: Matrix = scores / scores.sum(axis=1, keepdims=True)
        return result

    def save(self, path: Path) -> None:
        """Write the model to a `.npz` file."""
        np.savez(
            path,
            labels=np.array(self.labels),
            weights=self.weights,
            bias=self.bias,
            mean=self.mean,
        )

    @classmethod
    def load(cls, path: Path) -> LinearModel:
        """Read a model; raises `ModelFileError` if the file is missing or broken."""
        try:
            with np.load(path, allow_pickle=False) as data:
                labels = tuple(str(label) for label in data["labels"])
                return cls(labels, data["weights"], data["bias"], data["mean"])
        except (OSError, EOFError, BadZipFile, KeyError, ValueError) as error:
            raise ModelFileError(
                f"{path}: the stored classifier cannot be read ({error}). Train again: make train."
            ) from error
