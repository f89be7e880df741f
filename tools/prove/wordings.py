"""What the safety wordings must hold: the words that the promises speak of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

ESCALATION = "tell your healthcare provider"
EMERGENCY_ROUTE = "local emergency number"
CRISIS_CONTACTS = "{crisis_contacts}"

MUST_HOLD = {
    "utter_tell_healthcare_provider": (ESCALATION, EMERGENCY_ROUTE),
    "utter_symptom_heard": (ESCALATION,),
    "utter_symptom_added": (ESCALATION,),
    "utter_urgent": (ESCALATION, EMERGENCY_ROUTE),
    "utter_emergency": (EMERGENCY_ROUTE, "{emergency_numbers}"),
    "utter_emergency_stands": (EMERGENCY_ROUTE, "{emergency_numbers}"),
    "utter_contact_urgent": (EMERGENCY_ROUTE,),
    "utter_crisis_explicit": (CRISIS_CONTACTS, EMERGENCY_ROUTE),
    "utter_crisis_ambiguous": (CRISIS_CONTACTS,),
    "utter_crisis_other_person": (CRISIS_CONTACTS, EMERGENCY_ROUTE),
    "utter_crisis_stands": (CRISIS_CONTACTS, EMERGENCY_ROUTE),
    "utter_trouble": (ESCALATION, EMERGENCY_ROUTE),
    "utter_greet": (EMERGENCY_ROUTE,),
}


def faults(responses_dir: Path) -> Iterator[str]:
    """Each safety wording that lacks its words, or has more than one version."""
    responses: dict[str, list[dict[str, str]]] = {}
    for path in sorted(responses_dir.glob("*.yml")):
        responses |= yaml.safe_load(path.read_text(encoding="utf-8"))["responses"]
    for name, needed in MUST_HOLD.items():
        versions = responses.get(name, [])
        if len(versions) != 1:
            yield f"{name} must have exactly one wording and has {len(versions)}."
        for version in versions:
            said = " ".join(version["text"].split())
            missing = [words for words in needed if words not in said]
            if missing:
                yield f"{name} must say {' and '.join(map(repr, missing))}."
