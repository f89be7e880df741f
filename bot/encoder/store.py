"""Keep the built graph on disk, so that a start only has to open it."""

from __future__ import annotations

import hashlib
import json
import os
import uuid
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Literal

from bot.encoder.errors import GraphStoreError, MissingPackageError
from bot.encoder.weights import ModelFiles, file_sha256

CACHE_ENV = "COMPANION_CACHE_DIR"
DEFAULT_CACHE = Path(".cache") / "encoder"

Precision = Literal["float32", "int8"]
"""The arithmetic of a graph: exact, or eight-bit integers in the matrix products."""

DEFAULT_PRECISION: Precision = "int8"

GRAPH_VERSION = 3
"""Raise it with every change to `graph.py` or `quantize.py`, so that cached graphs are built anew.

It stands here because importing `graph.py` costs the import of onnx, which a start with a cached
graph does not need.
"""


def cache_directory(given: str | os.PathLike[str] | None = None) -> Path:
    """Return the given directory, else `COMPANION_CACHE_DIR`, else `.cache/encoder`."""
    return Path(given or os.environ.get(CACHE_ENV) or DEFAULT_CACHE)


def graph_path(
    files: ModelFiles, directory: Path, precision: Precision = DEFAULT_PRECISION
) -> Path:
    """Return where a graph is kept: named by all that it is built from."""
    built_from = [asdict(files.config), files.adapter]
    fingerprint = hashlib.sha256(json.dumps(built_from, sort_keys=True).encode()).hexdigest()
    name = f"bert-{files.sha256[:16]}-{fingerprint[:8]}-v{GRAPH_VERSION}-{precision}.onnx"
    return directory / name


def ensure_graph(
    files: ModelFiles,
    directory: Path,
    notify: Callable[[Path], None] | None = None,
    precision: Precision = DEFAULT_PRECISION,
) -> Path:
    """Return the path of an intact graph, building it where it is missing or corrupt.

    Args:
        files: the verified model.
        directory: the cache directory; created where it is missing.
        notify: called with the path before a build, which takes a few seconds.
        precision: of the graph that is wanted.

    Raises:
        EncoderError: if the graph cannot be built or written.
    """
    path = graph_path(files, directory, precision)
    if _is_intact(path):
        return path
    if notify is not None:
        notify(path)
    _write(path, _build(files, precision))
    return path


def _build(files: ModelFiles, precision: Precision) -> bytes:
    try:
        from bot.encoder.graph import build_graph
        from bot.encoder.quantize import quantize_graph
    except ModuleNotFoundError as error:
        raise MissingPackageError(
            f"Building the graph of the sentence encoder needs the package {error.name}. Install "
            f"it, or build where it is installed: `python -m bot.encoder`."
        ) from error
    exact = build_graph(files.config, files.read())
    return exact if precision == "float32" else quantize_graph(exact)


def _write(path: Path, graph: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, graph)
        _replace(_digest_path(path), hashlib.sha256(graph).hexdigest().encode())
    except OSError as error:
        raise GraphStoreError(
            f"The graph of the sentence encoder cannot be written to {path.parent} ({error}). "
            f"Make the directory writable, or set {CACHE_ENV} to one that is."
        ) from error


def _digest_path(path: Path) -> Path:
    return path.with_suffix(".sha256")


def _is_intact(path: Path) -> bool:
    """A damaged weight would go unnoticed by ONNX Runtime, hence a digest beside the graph."""
    try:
        return file_sha256(path).encode() == _digest_path(path).read_bytes()
    except OSError:
        return False


def _replace(path: Path, content: bytes) -> None:
    """Write in one step, so that another process never reads half a file."""
    temporary = path.with_name(f"{path.name}.{uuid.uuid4().hex}")
    try:
        temporary.write_bytes(content)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
