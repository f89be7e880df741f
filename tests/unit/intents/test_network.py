"""The classifier gives scikit-learn's probabilities and is stored without pickles."""

from __future__ import annotations

import subprocess
import sys
import warnings
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from bot.intents.network import HIDDEN_UNITS, PENALTY, SCALE, SEEDS, STEP, ModelFileError, Network

Matrix = NDArray[np.float32]


def examples(classes: int, rows: int = 60, columns: int = 8) -> tuple[Matrix, list[str]]:
    """Random points around a centre for each class, far from the origin."""
    random = np.random.default_rng(classes)
    names = [f"class {index % classes}" for index in range(rows)]
    centres = random.normal(0, 1, (classes, columns)) + 5
    points = centres[[index % classes for index in range(rows)]]
    return (points + random.normal(0, 0.7, (rows, columns))).astype(np.float32), names


def fitted(classes: int) -> Network:
    return Network.fit(*examples(classes), epochs=40)


def reference(scaled: Matrix, names: list[str], seed: int) -> MLPClassifier:
    """One of scikit-learn's own networks, fitted as those of `Network.fit` are."""
    solver = MLPClassifier((HIDDEN_UNITS,), alpha=PENALTY, batch_size=60, max_iter=40)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return solver.set_params(learning_rate_init=STEP, random_state=seed).fit(scaled, names)


@pytest.mark.parametrize("classes", [2, 3, 7])
def test_the_probabilities_of_a_message_sum_to_one(classes: int) -> None:
    points = np.vstack([examples(classes)[0], np.full((1, 8), 1e4, dtype=np.float32)])
    probabilities = fitted(classes).probabilities(points)
    assert probabilities.shape == (61, classes)
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, rtol=0, atol=1e-6)
    assert np.isfinite(probabilities).all() and (probabilities >= 0).all()


@pytest.mark.parametrize("classes", [2, 3, 7])
def test_the_scores_are_the_mean_of_those_of_scikit_learn(classes: int) -> None:
    points, names = examples(classes)
    scaled = (points - points.mean(axis=0, dtype=np.float64).astype(np.float32)) * SCALE
    references = [reference(scaled, names, seed) for seed in SEEDS]
    # The logarithm of a probability is its score but for a constant of the row.
    scores = np.mean([np.log(each.predict_proba(scaled)) for each in references], axis=0)
    expected = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    model = fitted(classes)
    assert model.labels == tuple(references[0].classes_)
    np.testing.assert_allclose(model.probabilities(points), expected, rtol=0, atol=1e-5)


def test_each_seed_gives_another_half_of_the_hidden_layer() -> None:
    halves = np.split(fitted(3).hidden, len(SEEDS), axis=1)
    assert [half.shape for half in halves] == [(8, HIDDEN_UNITS)] * len(SEEDS)
    assert not np.allclose(halves[0], halves[1])


def test_the_same_examples_give_the_same_model() -> None:
    points, _ = examples(3)
    np.testing.assert_array_equal(fitted(3).probabilities(points), fitted(3).probabilities(points))


def test_most_examples_are_recognised() -> None:
    points, names = examples(3)
    model = fitted(3)
    best = [model.labels[index] for index in model.probabilities(points).argmax(axis=1)]
    assert np.mean([one == other for one, other in zip(best, names, strict=True)]) > 0.9


def test_asking_for_probabilities_leaves_the_points_as_they_were() -> None:
    points, _ = examples(2)
    before = points.copy()
    fitted(2).probabilities(points)
    np.testing.assert_array_equal(points, before)


@pytest.mark.parametrize("classes", [2, 5])
def test_a_stored_model_says_the_same_as_before(tmp_path: Path, classes: int) -> None:
    model, path = fitted(classes), tmp_path / "classifier.npz"
    model.save(path)
    loaded = Network.load(path)
    points, _ = examples(classes)
    assert loaded.labels == model.labels
    np.testing.assert_array_equal(loaded.probabilities(points), model.probabilities(points))


def test_a_stored_model_holds_plain_arrays_and_nothing_pickled(tmp_path: Path) -> None:
    path = tmp_path / "classifier.npz"
    fitted(3).save(path)
    with np.load(path, allow_pickle=False) as data:
        kinds = {name: data[name].dtype.kind for name in data.files}
    assert kinds == {
        **dict.fromkeys(("mean", "hidden", "hidden_bias", "output", "output_bias"), "f"),
        "labels": "U",
    }


def test_a_pickled_model_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "classifier.npz"
    labels = np.array([print, "class 1"], dtype=object)
    np.savez(path, labels=labels, weights=[[0.0]], bias=[0.0], mean=[0.0])
    with pytest.raises(ModelFileError, match="cannot be read"):
        Network.load(path)


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 no archive", b"no archive at all"])
def test_a_missing_or_broken_file_is_refused_with_its_path_and_what_to_do(
    tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "classifier.npz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelFileError, match=r"classifier\.npz: .*Train again: make train\."):
        Network.load(path)


def test_a_file_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "classifier.npz"
    fitted(3).save(path)
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(ModelFileError, match="Train again"):
        Network.load(path)


def test_a_file_that_lacks_an_array_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "classifier.npz"
    np.savez(path, labels=np.array(["a", "b"]), hidden=np.zeros((2, 3)))
    with pytest.raises(ModelFileError, match="hidden_bias"):
        Network.load(path)


def test_predicting_needs_no_scikit_learn() -> None:
    code = "import sys, bot.intents.network; sys.exit('sklearn' in sys.modules)"
    root = Path(__file__).parents[3]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0
