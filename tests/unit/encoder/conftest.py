"""A tiny random BERT, and a reference implementation in plain NumPy to compare with."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

from bot.encoder.config import BertConfig
from bot.encoder.encoder import SentenceEncoder
from bot.encoder.graph import build_graph
from bot.encoder.quantize import quantize_graph
from bot.encoder.weights import ModelFiles, Weights, open_model, read_weights

Array = NDArray[Any]
Reference = Callable[[BertConfig, Weights, list[int]], Array]

TINY_CONFIG: dict[str, Any] = {
    "model_type": "bert",
    "hidden_act": "gelu",
    "hidden_size": 16,
    "intermediate_size": 32,
    "num_attention_heads": 4,
    "num_hidden_layers": 2,
    "max_position_embeddings": 24,
    "layer_norm_eps": 1e-12,
}
TINY_WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "pain", "in", "my", "back", "at", "night"]
TINY_WORDS += ["is", "it", "the", "cancer", "##s"]


def _tiny_weights() -> Weights:
    random = np.random.default_rng(7)
    hidden, inner = TINY_CONFIG["hidden_size"], TINY_CONFIG["intermediate_size"]
    shapes: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (len(TINY_WORDS), hidden),
        "embeddings.position_embeddings.weight": (TINY_CONFIG["max_position_embeddings"], hidden),
        "embeddings.token_type_embeddings.weight": (2, hidden),
    }
    norms, denses = ["embeddings.LayerNorm."], {}
    for index in range(TINY_CONFIG["num_hidden_layers"]):
        prefix = f"encoder.layer.{index}."
        for part in ("query", "key", "value"):
            denses[f"{prefix}attention.self.{part}."] = (hidden, hidden)
        denses[prefix + "attention.output.dense."] = (hidden, hidden)
        denses[prefix + "intermediate.dense."] = (inner, hidden)
        denses[prefix + "output.dense."] = (hidden, inner)
        norms += [prefix + "attention.output.LayerNorm.", prefix + "output.LayerNorm."]
    for name, shape in denses.items():
        shapes |= {name + "weight": shape, name + "bias": shape[:1]}
    for name in norms:
        shapes |= {name + "weight": (hidden,), name + "bias": (hidden,)}
    return {name: random.normal(0, 0.5, shape).astype(np.float32) for name, shape in shapes.items()}


def _tiny_tokenizer() -> Tokenizer:
    vocabulary = {word: index for index, word in enumerate(TINY_WORDS)}
    tokenizer = Tokenizer(models.WordPiece(vocab=vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    return tokenizer


@pytest.fixture
def tiny_directory(tmp_path: Path) -> Path:
    """A model directory with a random BERT of two layers."""
    directory = tmp_path / "tiny"
    directory.mkdir()
    (directory / "config.json").write_text(json.dumps(TINY_CONFIG), encoding="utf-8")
    _tiny_tokenizer().save(str(directory / "tokenizer.json"))
    save_file(_tiny_weights(), directory / "model.safetensors")
    return directory


@pytest.fixture
def tiny_files(tiny_directory: Path) -> ModelFiles:
    """The tiny model, opened."""
    return open_model(tiny_directory, expected_sha256=None)


@pytest.fixture
def tiny_encoder(tiny_directory: Path, tmp_path: Path) -> SentenceEncoder:
    """An encoder of the tiny model that remembers three texts."""
    graphs = tmp_path / "graphs"
    return SentenceEncoder.load(tiny_directory, None, graphs, cache_size=3, precision="float32")


@pytest.fixture(scope="session")
def real_files() -> ModelFiles:
    """The installed default model."""
    return open_model()


@pytest.fixture(scope="session")
def real_weights(real_files: ModelFiles) -> Weights:
    """The weights of the installed default model."""
    return read_weights(real_files.weights_path)


@pytest.fixture(scope="session")
def real_encoder(
    real_files: ModelFiles, real_weights: Weights, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SentenceEncoder]:
    """An encoder of the default model, on a graph built now: a cached one may be outdated."""
    path = tmp_path_factory.mktemp("graph") / "real.onnx"
    path.write_bytes(build_graph(real_files.config, real_weights))
    encoder = SentenceEncoder(real_files, path, threads=2, cache_size=0)
    path.unlink()
    yield encoder


@pytest.fixture(scope="session")
def eight_bit_encoder(
    real_files: ModelFiles, real_weights: Weights, tmp_path_factory: pytest.TempPathFactory
) -> SentenceEncoder:
    """An encoder of the default model on its eight-bit graph, built now."""
    path = tmp_path_factory.mktemp("graph") / "int8.onnx"
    path.write_bytes(quantize_graph(build_graph(real_files.config, real_weights)))
    return SentenceEncoder(real_files, path, threads=2, cache_size=0)


@pytest.fixture(scope="session")
def reference() -> Reference:
    """The reference implementation: configuration, weights, token ids -> vector."""
    return lambda config, weights, ids: _NumpyBert(config, weights).encode(ids)


class _NumpyBert:
    """BERT as published (Devlin 2019), for one sentence without padding, in float64."""

    def __init__(self, config: BertConfig, weights: Weights) -> None:
        self._config = config
        self._weights = weights

    def encode(self, ids: list[int]) -> Array:
        hidden = self._embed(ids)
        for index in range(self._config.layers):
            hidden = self._layer(hidden, f"encoder.layer.{index}.")
        pooled: Array = hidden[0] if self._config.pooling == "cls" else hidden.mean(axis=0)
        return np.asarray(pooled / np.linalg.norm(pooled))

    def _embed(self, ids: list[int]) -> Array:
        rows = {"word": ids, "position": list(range(len(ids))), "token_type": [0] * len(ids)}
        tables = {kind: self._weights[f"embeddings.{kind}_embeddings.weight"] for kind in rows}
        summed = sum(tables[kind][rows[kind]].astype(float) for kind in rows)
        return self._norm(np.asarray(summed), "embeddings.")

    def _layer(self, hidden: Array, prefix: str) -> Array:
        context = self._attend(hidden, prefix + "attention.self.")
        output = self._dense(context, prefix + "attention.output.dense.")
        hidden = self._norm(hidden + output, prefix + "attention.output.")
        inner = self._dense(hidden, prefix + "intermediate.dense.")
        active = inner * 0.5 * (1 + np.vectorize(math.erf)(inner / math.sqrt(2)))
        return self._norm(
            hidden + self._dense(active, prefix + "output.dense."), prefix + "output."
        )

    def _attend(self, hidden: Array, prefix: str) -> Array:
        parts = [self._dense(hidden, f"{prefix}{part}.") for part in ("query", "key", "value")]
        heads = zip(*(np.split(part, self._config.heads, axis=1) for part in parts), strict=True)
        return np.concatenate([self._head(*head) for head in heads], axis=1)

    def _head(self, query: Array, key: Array, value: Array) -> Array:
        scores = np.exp(query @ key.T / math.sqrt(query.shape[1]))
        return np.asarray(scores / scores.sum(axis=1, keepdims=True) @ value)

    def _dense(self, value: Array, prefix: str) -> Array:
        kernel = self._weights[prefix + "weight"].T.astype(float)
        return np.asarray(value @ kernel + self._weights[prefix + "bias"])

    def _norm(self, value: Array, prefix: str) -> Array:
        centred = value - value.mean(axis=1, keepdims=True)
        variance = (centred**2).mean(axis=1, keepdims=True) + self._config.layer_norm_eps
        scale, shift = (self._weights[f"{prefix}LayerNorm.{part}"] for part in ("weight", "bias"))
        return np.asarray(centred / np.sqrt(variance) * scale + shift)
