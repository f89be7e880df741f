"""Read and check the configuration of a BERT-style model directory."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from bot.encoder.errors import MissingFileError, UnsupportedArchitectureError

CONFIG_FILE = "config.json"
SENTENCE_CONFIG_FILE = "sentence_bert_config.json"
POOLING_FILE = "1_Pooling/config.json"

_REQUIRED = {"model_type": "bert", "hidden_act": "gelu", "position_embedding_type": "absolute"}
_POOLINGS = {"pooling_mode_mean_tokens": "mean", "pooling_mode_cls_token": "cls"}


@dataclass(frozen=True)
class BertConfig:
    """What the graph and the tokenizer need to know of a BERT encoder."""

    hidden_size: int
    heads: int
    layers: int
    layer_norm_eps: float
    max_tokens: int
    """Longest input in tokens, `[CLS]` and `[SEP]` included."""
    pooling: str
    """`mean` over the attention mask, or `cls` for the first token."""


def read_config(directory: Path) -> BertConfig:
    """Read `config.json` and, where present, the sentence-transformers files beside it.

    Raises:
        MissingFileError: if a file is not valid JSON.
        UnsupportedArchitectureError: if it is not a BERT encoder that the graph can express.
    """
    raw = _read_json(directory / CONFIG_FILE)
    _check_architecture(directory, raw)
    try:
        hidden, heads = int(raw["hidden_size"]), int(raw["num_attention_heads"])
        layers, positions = int(raw["num_hidden_layers"]), int(raw["max_position_embeddings"])
    except KeyError as error:
        _refuse(directory, f"its configuration has no {error.args[0]}")
    if hidden % heads:
        _refuse(directory, f"its {heads} heads do not divide its hidden size {hidden}")
    return BertConfig(
        hidden_size=hidden,
        heads=heads,
        layers=layers,
        layer_norm_eps=float(raw.get("layer_norm_eps", 1e-12)),
        max_tokens=_read_max_tokens(directory, positions),
        pooling=_read_pooling(directory),
    )


def _check_architecture(directory: Path, raw: dict[str, Any]) -> None:
    for key, value in _REQUIRED.items():
        if raw.get(key, value) != value:
            _refuse(directory, f"its {key} is {raw[key]!r}, not {value!r}")


def _read_max_tokens(directory: Path, positions: int) -> int:
    configured = _read_json(directory / SENTENCE_CONFIG_FILE).get("max_seq_length")
    return min(int(configured or positions), positions)


def _read_pooling(directory: Path) -> str:
    raw = _read_json(directory / POOLING_FILE)
    modes = [key for key, chosen in raw.items() if key.startswith("pooling_mode_") and chosen]
    if len(modes) > 1 or not _POOLINGS.keys() >= set(modes):
        _refuse(directory, f"it pools by {', '.join(modes)}")
    return _POOLINGS[modes[0]] if modes else "mean"


def _refuse(directory: Path, reason: str) -> NoReturn:
    raise UnsupportedArchitectureError(
        f"The model in {directory} is not supported: {reason}. Configure a BERT sentence encoder "
        f"with GELU, absolute positions, and mean or CLS pooling."
    )


def _read_json(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except ValueError as error:
        raise MissingFileError(
            f"{path} is not valid JSON ({error}). Install the model again."
        ) from error
