"""Reads one knowledge file and takes typed values out of it.

Every problem is a KnowledgeError that names the file and the key.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.knowledge.errors import KnowledgeError


class _UniqueKeyLoader(yaml.CSafeLoader):
    """A safe loader that refuses a key written twice: plain YAML keeps the last in silence."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Builds the mapping; raises ConstructorError on a repeated key."""
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} is written twice", key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep=deep)


def read_section(file: Path, key: str) -> Any:
    """The content under the one top-level `key` of a YAML file.

    Raises KnowledgeError if the file is missing, is no YAML or has no such key.
    """
    try:
        content = yaml.load(file.read_text(encoding="utf-8"), Loader=_UniqueKeyLoader)
    except OSError as error:
        raise KnowledgeError(file, key, "cannot be read", "restore the file") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        problem = f"is not valid YAML ({_first_line(error)})"
        raise KnowledgeError(file, key, problem, "correct the line named") from error
    if not isinstance(content, dict) or not content.get(key):
        raise KnowledgeError(file, key, "is missing or empty", f"write the entries under `{key}:`")
    return content[key]


def _first_line(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    place = f" on line {mark.line + 1}" if mark else ""
    return f"{getattr(error, 'problem', None) or 'not UTF-8'}{place}"


@dataclass(frozen=True)
class Entry:
    """One mapping of a knowledge file, with the place to name when it is wrong."""

    file: Path
    key: str
    content: Mapping[str, Any]

    @classmethod
    def of(cls, file: Path, key: str, content: Any, allowed: Collection[str]) -> Entry:
        """Checks that `content` is a mapping with no key but the allowed ones."""
        if not isinstance(content, dict):
            raise KnowledgeError(file, key, "is not a mapping", "write it as `key: value` pairs")
        unknown = sorted(str(name) for name in content if name not in allowed)
        if unknown:
            remedy = f"use only {', '.join(sorted(allowed))}"
            raise KnowledgeError(file, key, f"has the unknown key {unknown[0]!r}", remedy)
        return cls(file, key, content)

    def text(self, name: str) -> str:
        """The non-empty text under `name`."""
        value = self.optional_text(name)
        if value is None:
            raise self.error(name, "is missing", "write a text")
        return value

    def optional_text(self, name: str) -> str | None:
        """The text under `name`, or None if it is not there."""
        value = self.content.get(name)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip():
            raise self.error(name, "is not a text", "write a text, in quotes if it is a number")
        return value

    def optional_int(self, name: str) -> int | None:
        """The whole number under `name`, or None if it is not there."""
        value = self.content.get(name)
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        raise self.error(name, "is not a whole number", "write it without quotes")

    def texts(self, name: str) -> tuple[str, ...]:
        """The list of texts under `name`, each once; empty if it is not there."""
        value = self.content.get(name) or []
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.error(name, "is not a list of texts", "write it as `[one, two]`")
        if len(set(value)) != len(value):
            raise self.error(name, "names something twice", "leave one of the two out")
        return tuple(value)

    def error(self, name: str, problem: str, remedy: str) -> KnowledgeError:
        """A KnowledgeError about the key `name` of this entry."""
        return KnowledgeError(self.file, f"{self.key}.{name}", problem, remedy)
