"""Which model directories are read, and which are refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.encoder.config import read_config
from bot.encoder.errors import MissingFileError, UnsupportedArchitectureError
from bot.encoder.weights import ModelFiles


def _change(path: Path, **values: Any) -> None:
    path.parent.mkdir(exist_ok=True)
    old = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    path.write_text(json.dumps({**old, **values}), encoding="utf-8")


def test_the_default_model_is_read_as_its_card_describes_it(real_files: ModelFiles) -> None:
    config = real_files.config
    assert (config.hidden_size, config.layers, config.heads) == (384, 6, 12)
    assert (config.max_tokens, config.pooling) == (256, "mean")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("model_type", "roberta"),
        ("hidden_act", "relu"),
        ("position_embedding_type", "relative_key"),
        ("num_attention_heads", 3),
    ],
)
def test_another_architecture_is_refused(tiny_directory: Path, key: str, value: Any) -> None:
    _change(tiny_directory / "config.json", **{key: value})
    with pytest.raises(UnsupportedArchitectureError, match=str(value)):
        read_config(tiny_directory)


def test_a_configuration_without_a_size_is_refused(tiny_directory: Path) -> None:
    (tiny_directory / "config.json").write_text('{"hidden_size": 16}', encoding="utf-8")
    with pytest.raises(UnsupportedArchitectureError, match="num_attention_heads"):
        read_config(tiny_directory)


def test_pooling_is_the_mean_unless_the_model_says_otherwise(tiny_directory: Path) -> None:
    assert read_config(tiny_directory).pooling == "mean"
    _change(tiny_directory / "1_Pooling" / "config.json", pooling_mode_cls_token=True)
    assert read_config(tiny_directory).pooling == "cls"


@pytest.mark.parametrize("extra", [{}, {"pooling_mode_mean_tokens": True}])
def test_a_pooling_that_the_graph_lacks_is_refused(
    tiny_directory: Path, extra: dict[str, bool]
) -> None:
    path = tiny_directory / "1_Pooling" / "config.json"
    _change(path, pooling_mode_max_tokens=True, **extra)
    with pytest.raises(UnsupportedArchitectureError, match="pooling_mode_max_tokens"):
        read_config(tiny_directory)


@pytest.mark.parametrize(("configured", "expected"), [(10, 10), (999, 24), (None, 24)])
def test_the_longest_input_never_exceeds_the_positions(
    tiny_directory: Path, configured: int | None, expected: int
) -> None:
    _change(tiny_directory / "sentence_bert_config.json", max_seq_length=configured)
    assert read_config(tiny_directory).max_tokens == expected


def test_broken_json_is_named(tiny_directory: Path) -> None:
    (tiny_directory / "config.json").write_text("{", encoding="utf-8")
    with pytest.raises(MissingFileError, match=r"config\.json is not valid JSON"):
        read_config(tiny_directory)
