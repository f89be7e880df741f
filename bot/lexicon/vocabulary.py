"""The clinical vocabulary as typed records, read from ``data/lexicon/*.yml`` and checked.

A kind ("cancer_type") has closed values ("breast"); a value has words to show and terms to find.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.lexicon.errors import LexiconError

KINDS = ("cancer_type", "body_site", "test", "treatment", "risk_factor", "country")
"""In this order they are the trained classifier's features (`bot.intents.features`)."""

# libyaml reads the same files in a tenth of the time, where it is there
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LISTS = ("terms", "exact", "alone", "organs", "adjectives", "located")
_CONDITIONS = ("unless_before", "unless_after", "only_before", "only_after", "only_near")


@dataclass(frozen=True)
class GuardedTerm:
    """A term that counts only among certain neighbours.

    The conditions are lists of words or short phrases; `reach` is how many tokens are looked at
    on the side that a condition names. `bot.lexicon.guards` evaluates them.
    """

    term: str
    unless_before: tuple[str, ...] = ()
    unless_after: tuple[str, ...] = ()
    only_before: tuple[str, ...] = ()
    only_after: tuple[str, ...] = ()
    only_near: tuple[str, ...] = ()
    reach: int = 2


@dataclass(frozen=True)
class Entry:
    """One closed value of a kind: how it is shown, and every wording that means it."""

    kind: str
    value: str
    name: str
    label: str
    terms: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    organs: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    located: tuple[str, ...] = ()
    guarded: tuple[GuardedTerm, ...] = ()


def read_yaml(path: Path) -> Mapping[str, Any]:
    """Return the mapping in a YAML file of the lexicon; raise `LexiconError` if there is none."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except (OSError, yaml.YAMLError) as error:
        raise LexiconError(f"Cannot read {path}: {error}. Restore or mend that file.") from error
    if not isinstance(content, dict):
        raise LexiconError(f"{path} must be a mapping of keys to values.")
    return content


def as_words(value: object, where: str) -> tuple[str, ...]:
    """Return a YAML list of texts as a tuple; unquoted on/off/yes/no and numbers are errors."""
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise LexiconError(f"{where} must be a list of texts: quote words such as 'on' or '4'.")
    return tuple(value)


def _guarded_term(raw: Mapping[str, Any], where: str) -> GuardedTerm:
    unknown = set(raw) - {"term", "reach", *_CONDITIONS}
    if unknown or not isinstance(raw.get("term"), str):
        raise LexiconError(f"{where}: a guarded term needs 'term' and may not have {unknown}.")
    conditions = {key: as_words(raw.get(key), f"{where}.{key}") for key in _CONDITIONS}
    return GuardedTerm(term=raw["term"], reach=int(raw.get("reach", 2)), **conditions)


def _entry(kind: str, value: str, raw: Mapping[str, Any]) -> Entry:
    where = f"{kind}.{value}"
    unknown = set(raw) - {"name", "label", "guarded", *_LISTS}
    if unknown:
        raise LexiconError(f"{where} has unknown keys {sorted(unknown)}.")
    if not isinstance(raw.get("name"), str) or not isinstance(raw.get("label"), str):
        raise LexiconError(f"{where} needs the texts 'name' and 'label'.")
    lists = {key: as_words(raw.get(key), f"{where}.{key}") for key in _LISTS}
    guarded = tuple(_guarded_term(item, where) for item in raw.get("guarded", ()))
    return Entry(kind, value, raw["name"], raw["label"], guarded=guarded, **lists)


def load_vocabulary(directory: Path) -> dict[str, dict[str, Entry]]:
    """Read every kind's file; return kind -> value -> entry, in the order of the files."""
    vocabulary: dict[str, dict[str, Entry]] = {}
    for kind in KINDS:
        content = read_yaml(directory / f"{kind}.yml")
        values = content.get("values")
        if content.get("kind") != kind or not isinstance(values, dict):
            raise LexiconError(f"{kind}.yml needs 'kind: {kind}' and a mapping 'values'.")
        vocabulary[kind] = {value: _entry(kind, value, raw) for value, raw in values.items()}
    return vocabulary


def load_ignored(directory: Path) -> tuple[str, ...]:
    """Read the phrases in which a word of the lexicon means something else."""
    groups = read_yaml(directory / "ignored.yml").get("phrases", {})
    return tuple(p for name, group in groups.items() for p in as_words(group, f"ignored.{name}"))
