"""Where built graphs are kept, and when they are built anew."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.encoder import store
from bot.encoder.errors import GraphStoreError, MissingPackageError
from bot.encoder.weights import ModelFiles


def _truncate(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _flip_one_bit_of_a_weight(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def test_the_directory_is_the_given_one_then_the_configured_one_then_the_default(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(store.CACHE_ENV, raising=False)
    assert store.cache_directory() == Path(".cache/encoder")
    monkeypatch.setenv(store.CACHE_ENV, "elsewhere")
    assert store.cache_directory() == Path("elsewhere")
    assert store.cache_directory("given") == Path("given")


def test_the_name_tells_weights_configuration_adapter_and_version_apart(
    tiny_files: ModelFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = {
        store.graph_path(tiny_files, tmp_path),
        store.graph_path(tiny_files, tmp_path, "float32"),
        store.graph_path(replace(tiny_files, sha256="0" * 64), tmp_path),
        store.graph_path(replace(tiny_files, config=replace(tiny_files.config, heads=2)), tmp_path),
        store.graph_path(replace(tiny_files, adapter="1" * 64), tmp_path),
        store.graph_path(replace(tiny_files, adapter="2" * 64), tmp_path),
    }
    assert tiny_files.sha256[:16] in store.graph_path(tiny_files, tmp_path).name
    monkeypatch.setattr(store, "GRAPH_VERSION", store.GRAPH_VERSION + 1)
    names.add(store.graph_path(tiny_files, tmp_path))
    assert len(names) == 7


def test_a_graph_is_built_once(tiny_files: ModelFiles, tmp_path: Path) -> None:
    directory, built = tmp_path / "new" / "graphs", list[Path]()
    first = store.ensure_graph(tiny_files, directory, built.append)
    second = store.ensure_graph(tiny_files, directory, built.append)
    assert first == second == built[0]
    assert len(built) == 1


def test_nothing_but_the_graph_and_its_digest_is_left(
    tiny_files: ModelFiles, tmp_path: Path
) -> None:
    path = store.ensure_graph(tiny_files, tmp_path / "graphs")
    assert {entry.name for entry in path.parent.iterdir()} == {path.name, f"{path.stem}.sha256"}


@pytest.mark.parametrize("damage", [_truncate, _flip_one_bit_of_a_weight])
def test_a_corrupt_graph_is_built_anew(
    tiny_files: ModelFiles, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    path = store.ensure_graph(tiny_files, tmp_path)
    intact = path.read_bytes()
    path.write_bytes(damage(intact))
    assert store.ensure_graph(tiny_files, tmp_path).read_bytes() == intact


@pytest.mark.parametrize("digest", [b"", b"\xff\xfe", None])
def test_a_graph_without_its_digest_is_built_anew(
    tiny_files: ModelFiles, tmp_path: Path, digest: bytes | None
) -> None:
    path, built = store.ensure_graph(tiny_files, tmp_path), list[Path]()
    beside = path.with_suffix(".sha256")
    beside.unlink() if digest is None else beside.write_bytes(digest)
    store.ensure_graph(tiny_files, tmp_path, built.append)
    assert built == [path]


def test_a_directory_that_cannot_be_written_is_answered_with_the_setting(
    tiny_files: ModelFiles, tmp_path: Path
) -> None:
    occupied = tmp_path / "file"
    occupied.write_text("not a directory", encoding="utf-8")
    with pytest.raises(GraphStoreError, match=f"set {store.CACHE_ENV}"):
        store.ensure_graph(tiny_files, occupied)


def test_a_build_without_onnx_is_answered_with_what_to_install(
    tiny_files: ModelFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "bot.encoder.graph", raising=False)
    monkeypatch.setitem(sys.modules, "onnx", None)
    with pytest.raises(MissingPackageError, match="needs the package onnx"):
        store.ensure_graph(tiny_files, tmp_path)
