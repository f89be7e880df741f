"""The closed set of verdicts, in order, and the record that an assessment returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import total_ordering
from typing import Any

Span = tuple[int, int]
Sign = tuple["Category", str]


@total_ordering
class Category(Enum):
    """What a message asks of the assistant; a more pressing category is the greater one.

    The order of definition is the order of precedence: the first is answered before all others.
    """

    CRISIS_EXPLICIT = "crisis_explicit"
    EMERGENCY = "emergency"
    CRISIS_AMBIGUOUS = "crisis_ambiguous"
    URGENT = "urgent"
    SYMPTOM = "symptom"
    REFUSE_DIAGNOSIS = "refuse_diagnosis"
    REFUSE_PROGNOSIS = "refuse_prognosis"
    REFUSE_REPORT_READING = "refuse_report_reading"
    REFUSE_DOSE = "refuse_dose"
    REFUSE_TREATMENT_DECISION = "refuse_treatment_decision"
    REFUSE_ALTERNATIVE_CURE = "refuse_alternative_cure"
    REFUSE_RANKING = "refuse_ranking"
    REFUSE_CLINICIAN_ROLE = "refuse_clinician_role"
    NONE = "none"

    def __lt__(self, other: object) -> bool:
        """Return whether this category is less pressing than `other`."""
        if not isinstance(other, Category):
            return NotImplemented
        return _RANK[self] < _RANK[other]

    @property
    def is_crisis(self) -> bool:
        """Whether the message speaks of suicide, self-harm or a wish to die."""
        return self in (Category.CRISIS_EXPLICIT, Category.CRISIS_AMBIGUOUS)

    @property
    def is_bodily(self) -> bool:
        """Whether the message reports a bodily complaint, and so owes the escalation."""
        return self in (Category.EMERGENCY, Category.URGENT, Category.SYMPTOM)

    @property
    def is_refusal(self) -> bool:
        """Whether the message asks for advice that the assistant must not give."""
        return self.value.startswith("refuse_")


_RANK = {category: -position for position, category in enumerate(Category)}


@dataclass(frozen=True)
class Assessment:
    """The verdict on one message.

    Attributes:
        category: the most pressing category that was found.
        rule_id: the rule behind it; the empty string when the category is `NONE`.
        spans: character offsets (start, end) in the message as it was given.
        about_other_person: the complaint is somebody else's (a relative, a patient).
        signs: every other hit as (category, rule id), the most pressing first.
        findings: clinical findings for combinations over several messages ("fever").
    """

    category: Category = Category.NONE
    rule_id: str = ""
    spans: tuple[Span, ...] = ()
    about_other_person: bool = False
    signs: tuple[Sign, ...] = ()
    findings: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "category": self.category.value,
            "rule_id": self.rule_id,
            "spans": [list(span) for span in self.spans],
            "about_other_person": self.about_other_person,
            "signs": [[category.value, rule_id] for category, rule_id in self.signs],
            "findings": list(self.findings),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Assessment:
        """Rebuild an assessment from `to_dict`.

        Raises:
            KeyError, ValueError: `data` was not written by `to_dict`.
        """
        return cls(
            category=Category(data["category"]),
            rule_id=str(data["rule_id"]),
            spans=tuple((int(start), int(end)) for start, end in data["spans"]),
            about_other_person=bool(data["about_other_person"]),
            signs=tuple((Category(name), str(rule_id)) for name, rule_id in data["signs"]),
            findings=tuple(str(finding) for finding in data["findings"]),
        )
