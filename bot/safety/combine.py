"""Findings that add up to an emergency, in one message or over several in any order.

Two amber signs make a red one: the logic of nurse-run 24-hour triage (UKONS v3, 2025), used here
only to choose the more careful advice. Fever or shivering with recent cancer treatment is
possible neutropenic sepsis (NICE CG151, CDC).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.safety.datafiles import SafetyDataError, only_keys
from bot.safety.verdicts import Assessment, Category

AMBER = "amber:"
CRISIS_TOLD = "crisis_told"
"""The finding that every message leaves behind which was taken for a crisis, by whatever means."""

_KEYS = frozenset(
    {"id", "category", "source", "all_of", "ambers", "same_message", "must_match",
     "must_not_match"}
)  # fmt: skip


@dataclass(frozen=True)
class ConversationContext:
    """What earlier messages of this conversation have left behind.

    Attributes:
        findings: names of clinical findings, sorted, each once; from a closed set, so bounded.
    """

    findings: tuple[str, ...] = ()

    def with_findings(self, names: Iterable[str]) -> ConversationContext:
        """Return a context that also holds `names` (a form's answer, for instance)."""
        return ConversationContext(tuple(sorted({*self.findings, *names})))


EMPTY = ConversationContext()


def observe(context: ConversationContext, assessment: Assessment) -> ConversationContext:
    """Return `context` with the findings of one more assessed message."""
    told = [CRISIS_TOLD] if assessment.category.is_crisis else []
    return context.with_findings([*assessment.findings, *told])


@dataclass(frozen=True)
class Combination:
    """Findings that together come to a category.

    Attributes:
        rule_id: its stable, readable id.
        category: what the combination comes to.
        source: short citation of the guidance behind it.
        all_of: groups of findings; one of each group must be present.
        ambers: how many different amber signs must be present.
        same_message: only findings of one and the same message count.
        must_match: conversations, as lists of messages, that end in this combination.
        must_not_match: conversations that do not.
    """

    rule_id: str
    category: Category
    source: str
    all_of: tuple[frozenset[str], ...]
    ambers: int
    same_message: bool
    must_match: tuple[tuple[str, ...], ...]
    must_not_match: tuple[tuple[str, ...], ...]

    def completed_by(self, new: Collection[str], earlier: Collection[str]) -> bool:
        """Whether the findings `new` of this message complete it, with those from `earlier`."""
        present = set(new) if self.same_message else {*new, *earlier}
        if self.ambers:
            signs = {name for name in present if name.startswith(AMBER)}
            return len(signs) >= self.ambers and not signs.isdisjoint(new)
        contributes = any(not group.isdisjoint(new) for group in self.all_of)
        return contributes and all(not group.isdisjoint(present) for group in self.all_of)


def compile_combination(entry: Mapping[str, Any]) -> Combination:
    """Compile one entry of `safety_combinations:`.

    Raises:
        SafetyDataError: a key is unknown or missing, or the entry combines nothing.
    """
    where = f"combination '{entry.get('id')}'"
    only_keys(entry, _KEYS, where)
    try:
        combination = Combination(
            rule_id=str(entry["id"]),
            category=Category(entry["category"]),
            source=str(entry["source"]),
            all_of=tuple(frozenset(map(str, group)) for group in entry.get("all_of", ())),
            ambers=int(entry.get("ambers", 0)),
            same_message=entry.get("same_message") == "true",
            must_match=_conversations(entry["must_match"]),
            must_not_match=_conversations(entry["must_not_match"]),
        )
    except (KeyError, ValueError, TypeError) as error:
        raise SafetyDataError(f"{where}: missing or unknown value: {error}.") from error
    if not combination.all_of and not combination.ambers:
        raise SafetyDataError(f"{where}: give 'all_of' or 'ambers'.")
    return combination


def _conversations(entries: Iterable[Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(map(str, messages)) for messages in entries)
