"""One row for each safety rule: what it finds, where it comes from, what the person gets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.dialogue.names import TELL_PROVIDER
from bot.dialogue.replies import REFUSALS, load_replies
from bot.knowledge.helplines import render_crisis_contacts, render_emergency_numbers
from bot.safety.combine import Combination
from bot.safety.rules import SafetyData, load_safety_data
from bot.safety.temperature import Band
from bot.safety.verdicts import Category

GROUPS = {
    "Crisis": (Category.CRISIS_EXPLICIT, Category.CRISIS_AMBIGUOUS),
    "Red flags (emergency)": (Category.EMERGENCY,),
    "Amber signs (urgent)": (Category.URGENT,),
    "Other symptoms": (Category.SYMPTOM,),
    "What is declined": tuple(category for category in Category if category.is_refusal),
}
"""The parts of the table, in the order in which a message is judged."""

_SAID = {
    Category.CRISIS_EXPLICIT: ("utter_crisis_explicit", "utter_crisis_other_person"),
    Category.CRISIS_AMBIGUOUS: ("utter_crisis_ambiguous", "utter_crisis_other_person"),
    Category.EMERGENCY: ("utter_emergency", TELL_PROVIDER),
    Category.URGENT: ("utter_urgent", "utter_contact_urgent", TELL_PROVIDER),
    Category.SYMPTOM: ("utter_symptom_heard", "utter_contact_routine", TELL_PROVIDER),
}


@dataclass(frozen=True)
class Row:
    """One rule as a clinician reads it."""

    rule_id: str
    category: Category
    source: str
    finds: tuple[str, ...]
    leaves: tuple[str, ...]
    said: tuple[str, ...]


def rows(data_dir: Path) -> dict[str, list[Row]]:
    """The rows of each part, in the order of the data; broken data stops with its own message."""
    safety = load_safety_data(data_dir / "knowledge" / "safety")
    texts = _texts(data_dir)
    replies = load_replies(data_dir / "rules")
    found: dict[str, list[Row]] = {name: [] for name in GROUPS}
    for rule_id, category, source, finds, leaves in _rules(safety):
        names = _SAID.get(category) or (replies[REFUSALS[category]],)
        group = next(name for name, held in GROUPS.items() if category in held)
        said = tuple(texts[name] for name in names)
        found[group].append(Row(rule_id, category, source, finds, leaves, said))
    return found


_Rule = tuple[str, Category, str, tuple[str, ...], tuple[str, ...]]


def _rules(safety: SafetyData) -> Iterator[_Rule]:
    for rule in safety.rules:
        if rule.category is not Category.NONE:
            examples = rule.must_match, rule.must_not_match
            yield rule.rule_id, rule.category, rule.source, *examples
    for several in safety.combinations:
        yield _combined(several)
    for band in safety.bands:
        if band.category is not Category.NONE:
            yield band.rule_id, band.category, band.source, _range(band), ()


def _combined(rule: Combination) -> _Rule:
    finds, leaves = _in_order(rule.must_match), _in_order(rule.must_not_match)
    return rule.rule_id, rule.category, rule.source, finds, leaves


def _in_order(conversations: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Conversations as texts: the messages in their order."""
    return tuple(" \u2192 ".join(messages) for messages in conversations)


def _range(band: Band) -> tuple[str, ...]:
    return (f"a temperature from {band.lowest} to below {band.below} \u00b0C",)


def _texts(data_dir: Path) -> dict[str, str]:
    """Every wording with its closed texts filled in, the first where there are several."""
    filled = {
        "{emergency_numbers}": render_emergency_numbers(),
        "{crisis_contacts}": render_crisis_contacts(),
    }
    texts = {}
    for path in sorted((data_dir / "responses").glob("*.yml")):
        responses = yaml.safe_load(path.read_text(encoding="utf-8"))["responses"]
        for name, versions in responses.items():
            text = str(versions[0]["text"])
            for placeholder, value in filled.items():
                text = text.replace(placeholder, value)
            texts[name] = text
    return texts
