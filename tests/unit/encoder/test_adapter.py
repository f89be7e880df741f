"""The correction of the published weights: read, written, added, and never to the wrong model."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from bot.encoder import weights
from bot.encoder.adapter import (
    ADAPTER_FILE,
    ADAPTER_SHA256,
    Adapter,
    adapted,
    read_adapter,
    write_adapter,
)
from bot.encoder.errors import MissingFileError, WrongHashError
from bot.encoder.weights import ModelFiles, Weights, file_sha256, open_model, read_weights

LAYER = "encoder.layer.0.intermediate.dense.weight"  # [32, 16] in the tiny model


def correction(inputs: int = 16, outputs: int = 32, name: str = LAYER) -> Adapter:
    """A random correction of one layer, exact in half precision."""
    random = np.random.default_rng(3)
    down, up = (
        random.integers(-8, 8, shape).astype(np.float32) / 8
        for shape in ((inputs, 2), (2, outputs))
    )
    return {name: (down, up)}


def test_a_written_adapter_is_read_back(tmp_path: Path) -> None:
    path, written = tmp_path / "adapter.safetensors", correction()
    write_adapter(written, path)
    [(name, matrices)] = read_adapter(path).items()
    assert name == LAYER
    for read, given in zip(matrices, written[LAYER], strict=True):
        assert read.dtype == np.float32
        np.testing.assert_array_equal(read, given)


def test_a_file_that_is_missing_or_damaged_is_answered_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "adapter.safetensors"
    with pytest.raises(MissingFileError, match="make adapt"):
        read_adapter(path)
    write_adapter(correction(), path)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(MissingFileError, match=r"adapter\.safetensors cannot be read"):
        read_adapter(path)


@pytest.mark.parametrize("names", [["a.down"], ["a.up"], ["a.down", "b.up"], ["a.down", "a"]])
def test_a_matrix_without_a_partner_is_refused(tmp_path: Path, names: list[str]) -> None:
    path = tmp_path / "adapter.safetensors"
    save_file({name: np.zeros((2, 2), np.float16) for name in names}, path)
    with pytest.raises(WrongHashError, match="without a partner"):
        read_adapter(path)


def test_the_product_is_added_to_its_layer_and_to_no_other(tiny_files: ModelFiles) -> None:
    before, adapter = read_weights(tiny_files.weights_path), correction()
    kept = before[LAYER].copy()
    after = adapted(before, adapter)
    inputs = np.random.default_rng(4).normal(size=(5, 16)).astype(np.float32)
    down, up = adapter[LAYER]
    expected = inputs @ before[LAYER].T + inputs @ down @ up
    np.testing.assert_allclose(inputs @ after[LAYER].T, expected, rtol=0, atol=1e-5)
    assert all(after[name] is before[name] for name in before if name != LAYER)
    np.testing.assert_array_equal(before[LAYER], kept)


@pytest.mark.parametrize(
    "adapter", [correction(inputs=32, outputs=16), correction(name="encoder.layer.9.weight")]
)
def test_the_adapter_of_another_model_is_refused(tiny_files: ModelFiles, adapter: Adapter) -> None:
    with pytest.raises(WrongHashError, match="does not fit"):
        adapted(read_weights(tiny_files.weights_path), adapter)


def test_the_stored_adapter_is_the_expected_one_and_fits_the_model(real_weights: Weights) -> None:
    assert file_sha256(ADAPTER_FILE) == ADAPTER_SHA256
    adapter = read_adapter()
    after = adapted(real_weights, adapter)
    changed = {name for name in after if after[name] is not real_weights[name]}
    assert changed == set(adapter) != set()
    assert all(np.isfinite(after[name]).all() for name in changed)


def test_only_the_default_weights_are_adapted(
    real_files: ModelFiles, tiny_files: ModelFiles
) -> None:
    assert (real_files.adapter, tiny_files.adapter) == (ADAPTER_SHA256, None)
    assert open_model(adapt=False).adapter is None


@pytest.mark.parametrize("content", [b"another adapter", None])
def test_an_altered_or_missing_adapter_stops_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    path = tmp_path / "adapter.safetensors"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setattr(weights, "ADAPTER_FILE", path)
    with pytest.raises((WrongHashError, MissingFileError), match=r"adapter\.safetensors"):
        open_model()


def test_weights_are_read_with_the_adapter_where_there_is_one(
    tiny_files: ModelFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    adapter = correction()
    monkeypatch.setattr(weights, "read_adapter", lambda: adapter)
    plain = read_weights(tiny_files.weights_path)[LAYER]
    np.testing.assert_array_equal(tiny_files.read()[LAYER], plain)
    read = replace(tiny_files, adapter="0" * 64).read()[LAYER]
    np.testing.assert_array_equal(read, adapted({LAYER: plain}, adapter)[LAYER])
