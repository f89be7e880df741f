"""The training examples, as they stand in data/nlu."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

DIRECTORY = Path("data/nlu")


@dataclass(frozen=True)
class Example:
    """One training text with its label, the group that its file belongs to, and the file."""

    text: str
    label: str
    group: str
    path: Path


def load_examples(directory: Path = DIRECTORY) -> list[Example]:
    """All training examples, in the order of the files' names.

    The group is the directory of the file (`metastasis`, `small_talk`), or the file's own
    name where it lies at the top.
    """
    examples: list[Example] = []
    for path in sorted(directory.rglob("*.yml")):
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        group = path.stem if path.parent == directory else path.parent.name
        for entry in content.get("nlu", ()):
            examples += _of_entry(entry, group, path)
    return examples


def groups(examples: Iterable[Example]) -> dict[str, str]:
    """The group of each label, in the order of the examples."""
    return {example.label: example.group for example in examples}


def _of_entry(entry: dict[str, Any], group: str, path: Path) -> list[Example]:
    label = entry.get("intent")
    if label is None:  # synonyms, lookup tables
        return []
    lines = (line.strip() for line in str(entry["examples"]).splitlines())
    texts = (line[2:].strip() for line in lines if line.startswith("- "))
    return [Example(text, str(label), group, path) for text in texts if text]
