"""Reading the safety data: one YAML mapping a file, one known top-level key each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

# The base loader keeps every value a text, so that "no", "off" and "38" stay the words they are.
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class SafetyDataError(ValueError):
    """The safety data is missing or malformed; the message names the file and what to mend."""


def read_sections(directory: Path) -> dict[str, list[tuple[Path, Any]]]:
    """Return every top-level section of every `*.yml` below `directory`, by its key.

    Raises:
        SafetyDataError: no such directory, no file in it, or a file that is not a mapping.
    """
    sections: dict[str, list[tuple[Path, Any]]] = {}
    paths = sorted(directory.glob("*.yml"))
    if not paths:
        raise SafetyDataError(
            f"{directory}: no *.yml file found; restore the folder from the repository."
        )
    for path in paths:
        for key, value in _read_mapping(path).items():
            sections.setdefault(key, []).append((path, value))
    return sections


def records(sections: Mapping[str, list[tuple[Path, Any]]], key: str) -> Iterator[dict[str, Any]]:
    """Yield the mappings listed under `key`, in file order.

    Raises:
        SafetyDataError: no file has the key, or an entry is not a mapping.
    """
    if key not in sections:
        raise SafetyDataError(f"no file has the section '{key}:'; the safety data is incomplete.")
    for path, entries in sections[key]:
        if not isinstance(entries, list):
            raise SafetyDataError(f"{path.name}: '{key}:' must be a list of entries.")
        for entry in entries:
            if not isinstance(entry, dict):
                raise SafetyDataError(f"{path.name}: an entry of '{key}:' is not a mapping.")
            yield entry


def merged(sections: Mapping[str, list[tuple[Path, Any]]], key: str) -> dict[str, Any]:
    """Return the mappings of all files under `key` as one.

    Raises:
        SafetyDataError: the section is missing, is no mapping, or defines a name twice.
    """
    if key not in sections:
        raise SafetyDataError(f"no file has the section '{key}:'; the safety data is incomplete.")
    whole: dict[str, Any] = {}
    for path, entries in sections[key]:
        if not isinstance(entries, dict):
            raise SafetyDataError(f"{path.name}: '{key}:' must be a mapping.")
        for name, value in entries.items():
            if name in whole:
                raise SafetyDataError(f"{path.name}: '{name}' is defined twice in '{key}:'.")
            whole[str(name)] = value
    return whole


def strings(value: Any, where: str) -> tuple[str, ...]:
    """Return a YAML list of strings as a tuple; a missing value is empty.

    Raises:
        SafetyDataError: `value` is not a list of strings; `where` is named in the message.
    """
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise SafetyDataError(f"{where}: must be a list of texts.")
    return tuple(value)


def only_keys(entry: Mapping[str, Any], allowed: frozenset[str], where: str) -> None:
    """Refuse an entry with a key that nothing reads, most often a spelling mistake.

    Raises:
        SafetyDataError: `entry` has a key outside `allowed`.
    """
    unknown = sorted(set(entry) - allowed)
    if unknown:
        raise SafetyDataError(f"{where}: unknown key {unknown}; allowed are {sorted(allowed)}.")


def _read_mapping(path: Path) -> dict[str, Any]:
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except (OSError, yaml.YAMLError) as error:
        raise SafetyDataError(f"{path}: cannot be read as YAML: {error}") from error
    if not isinstance(data, dict):
        raise SafetyDataError(f"{path}: must be a mapping of sections.")
    return data
