"""What the components keep in the parse data is found under keys that stand in one module."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.dialogue.names import READING, SAFETY
from bot.launch.project import ROOT

FILES = [path for folder in ("actions", "bot", "tools") for path in (ROOT / folder).rglob("*.py")]


def looked_up(source: str) -> Iterator[str]:
    """The words written out where something is looked up: `data["word"]`, `data.get("word")`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Subscript):
            found: list[ast.expr] = [node.slice]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            found = node.args[:1] if node.func.attr == "get" else []
        else:
            continue
        yield from (str(each.value) for each in found if isinstance(each, ast.Constant))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_code_writes_out_a_key_of_the_parse_data(path: Path) -> None:
    assert not {READING, SAFETY} & set(looked_up(path.read_text(encoding="utf-8")))


def test_a_key_that_is_written_out_would_be_found() -> None:
    assert list(looked_up("data['reading']; data.get('safety', {})")) == ["reading", "safety"]
