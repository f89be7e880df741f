"""The texts that random conversations are made of: practice messages, rule examples, bad input."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from tools.evaluation.sets import PRACTICE, load_named_set

LONGEST = 2_000
"""Characters of a text that are used: how long texts are cut is tested elsewhere."""


def texts(root: Path) -> list[str]:
    """All texts, each once, in a fixed order."""
    data = root / "data"
    found = [
        *(turn.text for name in PRACTICE for said in load_named_set(name) for turn in said.turns),
        *_examples(data / "knowledge" / "safety", ("must_match", "must_not_match")),
        *_examples(data / "safety_examples", None),
        *_bad_input(root / "tests" / "evaluation" / "bad_input.yml"),
    ]
    return list(dict.fromkeys(text[:LONGEST] for text in found))


def _examples(directory: Path, keys: tuple[str, ...] | None) -> Iterator[str]:
    for path in sorted(directory.glob("*.yml")):
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        yield from _strings(content) if keys is None else _under(content, keys)


def _under(node: Any, keys: tuple[str, ...]) -> Iterator[str]:
    """Every text below one of the keys, wherever it stands."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _strings(value) if key in keys else _under(value, keys)
    elif isinstance(node, list):
        for value in node:
            yield from _under(value, keys)


def _strings(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from _strings(value)
    elif isinstance(node, list):
        for value in node:
            yield from _strings(value)


def _bad_input(path: Path) -> Iterator[str]:
    for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["inputs"]:
        yield entry.get("text", entry.get("unit", "") * int(entry.get("repeat", 1)))
