"""The core imports no framework, and nothing of the edges around it (docs/architecture.md)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.launch.project import ROOT

CORE = ("safety", "lexicon", "knowledge", "dialogue", "encoder", "intents")
FRAMEWORKS = {"rasa", "rasa_sdk", "sanic", "tensorflow", "torch", "socketio"}


def imported(path: Path) -> Iterator[str]:
    """The modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def imported_by(package: str) -> dict[str, set[str]]:
    files = sorted((ROOT / "bot" / package).rglob("*.py"))
    return {str(path.relative_to(ROOT)): set(imported(path)) for path in files}


@pytest.mark.parametrize("package", CORE)
def test_the_core_imports_no_framework_and_no_edge(package: str) -> None:
    by_file = imported_by(package)
    assert any(by_file.values())
    for path, modules in by_file.items():
        assert not {name.split(".")[0] for name in modules} & FRAMEWORKS, path
        own = {name.split(".")[1] for name in modules if name.startswith("bot.")}
        assert own <= set(CORE), path


def test_an_edge_is_told_apart_from_the_core() -> None:
    names = {name.split(".")[0] for names in imported_by("nlu").values() for name in names}
    assert "rasa" in names
