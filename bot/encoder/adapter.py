"""A small correction of the published weights, learnt from this project's own examples.

The encoder was trained on sentences of all kinds; what sets "can it be cured" and "can mine be
cured" apart is lost in it. For each dense layer the file holds two thin matrices whose product is
added to the layer's weights (low-rank adaptation, Hu et al. 2021) before the graph is built, so
that answering costs nothing more. `make adapt` learns it anew. Why:
docs/decisions/0011-adapted-encoder.md.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError  # type: ignore[attr-defined]
from safetensors.numpy import load_file, save_file

from bot.encoder.errors import MissingFileError, WrongHashError

ADAPTER_FILE = Path(__file__).with_name("adapter.safetensors")
ADAPTER_SHA256 = "d34dfcb1bb5e38a5a0e807b97b6539e7ab7581a6503c76a0ded135a3dd93235d"
"""Hash of the file, as `make adapt` printed it."""

Matrix = NDArray[np.float32]
Adapter = dict[str, tuple[Matrix, Matrix]]
"""For each layer, by the name of its weights: float32 [in, rank] and [rank, out]."""

_DOWN, _UP = ".down", ".up"


def read_adapter(path: Path = ADAPTER_FILE) -> Adapter:
    """Read the matrices of an adapter.

    Raises:
        MissingFileError: the file is missing or damaged.
        WrongHashError: a matrix has no partner.
    """
    try:
        tensors = load_file(path)
    except (OSError, SafetensorError) as error:
        raise MissingFileError(
            f"{path} cannot be read as an adapter ({error}). Restore it, or run `make adapt`."
        ) from error
    names = {name.removesuffix(_DOWN) for name in tensors if name.endswith(_DOWN)}
    if len(tensors) != 2 * len(names) or any(name + _UP not in tensors for name in names):
        raise WrongHashError(f"{path} holds matrices without a partner. Run `make adapt`.")
    return {
        name: (tensors[name + _DOWN].astype(np.float32), tensors[name + _UP].astype(np.float32))
        for name in sorted(names)
    }


def write_adapter(adapter: Adapter, path: Path = ADAPTER_FILE) -> None:
    """Write an adapter in half precision, whose rounding is far below that of the eight bits."""
    tensors = {}
    for name, (down, up) in adapter.items():
        tensors[name + _DOWN] = np.ascontiguousarray(down, np.float16)
        tensors[name + _UP] = np.ascontiguousarray(up, np.float16)
    save_file(tensors, path)


def adapted(weights: dict[str, Matrix], adapter: Adapter) -> dict[str, Matrix]:
    """The weights, each dense layer of the adapter with its correction added.

    Args:
        weights: tensors by name; a dense layer is [out, in].
        adapter: the corrections.

    Raises:
        WrongHashError: the adapter belongs to another model.
    """
    changed = dict(weights)
    for name, (down, up) in adapter.items():
        kernel = weights.get(name)
        if kernel is None or kernel.shape != (up.shape[1], down.shape[0]):
            raise WrongHashError(f"The adapter's {name} does not fit the model's weights.")
        changed[name] = kernel + (down @ up).T
    return changed
