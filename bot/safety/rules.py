"""Typed rules: loading them from data and checking that the data holds together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.safety.combine import Combination, compile_combination
from bot.safety.datafiles import (
    SafetyDataError,
    merged,
    only_keys,
    read_sections,
    records,
    strings,
)
from bot.safety.index import PatternIndex
from bot.safety.modifiers import compile_modifier
from bot.safety.patterns import Pattern, compile_item, compile_pattern
from bot.safety.scopes import ScopeFinder
from bot.safety.temperature import Band, compile_band
from bot.safety.verdicts import Category
from bot.safety.vocabulary import Vocabulary
from bot.safety.wording import Wording

_KEYS = frozenset(
    {"id", "category", "source", "sign", "finds", "patterns", "gap", "within", "unless",
     "unless_anywhere", "needs_anywhere", "must_match", "must_not_match"}
)  # fmt: skip
_CONDITIONS = ("gap", "within", "unless", "unless_anywhere", "needs_anywhere")
_COMMON_WORDS = "common_words.txt"
LEAST_EXAMPLES = 5


@dataclass(frozen=True)
class Rule:
    """One clinical rule.

    Attributes:
        rule_id: its stable, readable id ("crisis-explicit-plan").
        category: what a hit comes to.
        source: short citation of the guidance behind it.
        sign: name of the clinical sign; two rules of one sign do not add up to an emergency.
        finds: findings that a hit leaves for combinations over several messages.
        patterns: what it looks for.
        must_match: messages that it has to find.
        must_not_match: messages that it has to leave alone.
    """

    rule_id: str
    category: Category
    source: str
    sign: str
    finds: tuple[str, ...]
    patterns: tuple[Pattern, ...]
    must_match: tuple[str, ...]
    must_not_match: tuple[str, ...]


@dataclass(frozen=True)
class SafetyData:
    """Everything that `data/knowledge/safety` says, compiled and checked."""

    rules: tuple[Rule, ...]
    rule_patterns: tuple[tuple[Rule, Pattern], ...]
    rule_index: PatternIndex
    scope_finder: ScopeFinder
    combinations: tuple[Combination, ...]
    bands: tuple[Band, ...]
    vocabulary: Vocabulary
    wording: Wording


def load_safety_data(directory: Path) -> SafetyData:
    """Read, compile and check the safety data of `directory`.

    Raises:
        SafetyDataError: something is missing, misspelt or inconsistent; the message says what.
    """
    sections = read_sections(directory)
    text_speak = {str(k): str(v) for k, v in merged(sections, "safety_text_speak").items()}
    vocabulary = Vocabulary(merged(sections, "safety_vocabulary"), text_speak)
    rules = tuple(_compile_rule(entry, vocabulary) for entry in records(sections, "safety_rules"))
    scope_finder = ScopeFinder(
        (compile_modifier(entry, vocabulary) for entry in records(sections, "safety_context")),
        compile_item("LEAD_IN", vocabulary, "context"),
        vocabulary,
    )
    combinations = tuple(
        compile_combination(entry) for entry in records(sections, "safety_combinations")
    )
    bands = tuple(compile_band(entry) for entry in records(sections, "safety_temperatures"))
    _check_ids(rules, combinations, bands)
    flat = tuple((rule, pattern) for rule in rules for pattern in rule.patterns)
    index = PatternIndex((pattern for _, pattern in flat), vocabulary)
    wording = Wording(vocabulary.words, _common_words(directory), text_speak)
    return SafetyData(rules, flat, index, scope_finder, combinations, bands, vocabulary, wording)


def _compile_rule(entry: Mapping[str, Any], vocabulary: Vocabulary) -> Rule:
    where = f"rule '{entry.get('id')}'"
    only_keys(entry, _KEYS, where)
    missing = [key for key in ("id", "category", "source", "patterns") if not entry.get(key)]
    if missing:
        raise SafetyDataError(f"{where}: {missing} must be given.")
    try:
        category = Category(entry["category"])
    except ValueError as error:
        raise SafetyDataError(f"{where}: {error}; see bot/safety/verdicts.py.") from error
    defaults = {key: entry[key] for key in _CONDITIONS if key in entry}
    return Rule(
        rule_id=str(entry["id"]),
        category=category,
        source=str(entry["source"]),
        sign=str(entry.get("sign", entry["id"])),
        finds=strings(entry.get("finds"), where),
        patterns=tuple(compile_pattern(p, defaults, vocabulary) for p in entry["patterns"]),
        must_match=_examples(entry, "must_match", where),
        must_not_match=_examples(entry, "must_not_match", where),
    )


def _examples(entry: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    phrases = strings(entry.get(key), where)
    if len(phrases) < LEAST_EXAMPLES:
        raise SafetyDataError(f"{where}: '{key}' needs at least {LEAST_EXAMPLES} messages.")
    return phrases


def _check_ids(*groups: tuple[Rule | Combination | Band, ...]) -> None:
    ids = [record.rule_id for group in groups for record in group]
    twice = sorted({rule_id for rule_id in ids if ids.count(rule_id) > 1})
    if twice:
        raise SafetyDataError(f"these rule ids are used twice: {twice}.")


def _common_words(directory: Path) -> tuple[str, ...]:
    path = directory / _COMMON_WORDS
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise SafetyDataError(f"{path}: the list of common words is missing.") from error
    return tuple(line for line in lines if line and not line.startswith("#"))
