"""The graph computes what BERT computes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import onnxruntime as ort  # type: ignore[import-untyped]
import pytest
from numpy.typing import NDArray
from tokenizers import Tokenizer

from bot.encoder.config import BertConfig
from bot.encoder.encoder import SentenceEncoder
from bot.encoder.errors import UnsupportedArchitectureError
from bot.encoder.graph import build_graph
from bot.encoder.weights import ModelFiles, Weights, read_weights

Reference = Callable[[BertConfig, Weights, list[int]], NDArray[Any]]

SENTENCES = [
    "What is metastasis?",
    "My back pain gets worse at night and my legs feel weak.",
    "Does a cough that lasts three weeks mean that the cancer has spread to the lungs?",
]


def _run(graph: bytes, rows: list[list[int]]) -> NDArray[np.float32]:
    length = max(map(len, rows))
    ids = np.array([row + [0] * (length - len(row)) for row in rows], dtype=np.int64)
    mask = np.array([[1] * len(row) + [0] * (length - len(row)) for row in rows], dtype=np.int64)
    session = ort.InferenceSession(graph, providers=["CPUExecutionProvider"])
    vectors: NDArray[np.float32] = session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
    return vectors


@pytest.mark.parametrize("pooling", ["mean", "cls"])
def test_a_padded_batch_agrees_with_the_reference_on_a_tiny_model(
    tiny_files: ModelFiles, reference: Reference, pooling: str
) -> None:
    config = replace(tiny_files.config, pooling=pooling)
    weights = read_weights(tiny_files.weights_path)
    rows = [[2, 3], [2, 4, 5, 6, 7, 3], [2, 12, *range(4, 15), 9, 3]]
    vectors = _run(build_graph(config, weights), rows)
    expected = np.stack([reference(config, weights, row) for row in rows])
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(vectors, expected, rtol=0, atol=1e-5)


def test_the_longest_input_fits(tiny_files: ModelFiles, reference: Reference) -> None:
    config, weights = tiny_files.config, read_weights(tiny_files.weights_path)
    row = [2] + [4] * (config.max_tokens - 2) + [3]
    vector = _run(build_graph(config, weights), [row])[0]
    np.testing.assert_allclose(vector, reference(config, weights, row), rtol=0, atol=1e-5)


def test_the_real_weights_agree_with_the_reference(
    real_encoder: SentenceEncoder,
    real_files: ModelFiles,
    real_weights: Weights,
    reference: Reference,
) -> None:
    tokenizer = Tokenizer.from_file(str(real_files.tokenizer_path))
    tokenizer.no_padding()
    rows = [tokenizer.encode(sentence).ids for sentence in SENTENCES]
    expected = np.stack([reference(real_files.config, real_weights, row) for row in rows])
    vectors = real_encoder.encode(SENTENCES)
    np.testing.assert_allclose(vectors, expected, rtol=0, atol=1e-4)
    np.testing.assert_allclose((vectors * expected).sum(axis=1), 1, rtol=0, atol=1e-4)


def test_the_real_weights_give_the_similarities_that_their_publisher_prints(
    real_encoder: SentenceEncoder,
) -> None:
    # https://www.sbert.net/docs/quickstart.html, for all-MiniLM-L6-v2.
    vectors = real_encoder.encode(
        ["The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium."]
    )
    published = [[1.0, 0.6660, 0.1046], [0.6660, 1.0, 0.1411], [0.1046, 0.1411, 1.0]]
    np.testing.assert_allclose(vectors @ vectors.T, published, rtol=0, atol=1e-4)


def test_the_same_weights_give_the_same_bytes(tiny_files: ModelFiles) -> None:
    weights = read_weights(tiny_files.weights_path)
    shuffled = dict(reversed(weights.items()))
    assert build_graph(tiny_files.config, weights) == build_graph(tiny_files.config, shuffled)


def test_a_missing_tensor_is_named(tiny_files: ModelFiles) -> None:
    weights = read_weights(tiny_files.weights_path)
    del weights["encoder.layer.1.output.dense.bias"]
    with pytest.raises(
        UnsupportedArchitectureError, match=r"encoder\.layer\.1\.output\.dense\.bias"
    ):
        build_graph(tiny_files.config, weights)
