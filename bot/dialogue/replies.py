"""Which curated reply answers an act that needs nothing but its name.

The rules under `data/rules` say so, one intent and one response each. They are read here
as data, so that what Rasa's own policy does with a message and what the planner does with
the same act, inside a symptom check or beside another question, can never differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from bot.safety.verdicts import Category


class RulesError(ValueError):
    """A file of rules is missing or broken; the message says which."""


FILES = ("small_talk.yml", "refusals.yml")
"""The rule files whose every rule is one intent and one reply."""


def load_replies(directory: Path) -> dict[str, str]:
    """The response for each intent that needs nothing but its reply.

    Raises:
        RulesError: a rule file cannot be read, or two rules answer the same intent.
    """
    replies: dict[str, str] = {}
    for path in (directory / name for name in FILES):
        for intent, action in _simple_rules(path):
            if replies.setdefault(intent, action) != action:
                raise RulesError(f"{path}: the intent {intent!r} has two different replies.")
    return replies


def _simple_rules(path: Path) -> Iterator[tuple[str, str]]:
    try:
        rules: list[dict[str, Any]] = yaml.load(
            path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
        )["rules"]
    except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
        raise RulesError(f"{path}: cannot read the rules: {error}") from error
    for rule in rules:
        steps = rule.get("steps", [])
        if len(steps) == 2 and "intent" in steps[0] and "action" in steps[1]:
            yield str(steps[0]["intent"]), str(steps[1]["action"])


REFUSALS = {
    Category.REFUSE_DIAGNOSIS: "request_diagnosis",
    Category.REFUSE_PROGNOSIS: "request_prognosis",
    Category.REFUSE_REPORT_READING: "request_report_reading",
    Category.REFUSE_DOSE: "request_dose",
    Category.REFUSE_TREATMENT_DECISION: "request_treatment_decision",
    Category.REFUSE_ALTERNATIVE_CURE: "request_alternative_cure",
    Category.REFUSE_RANKING: "request_ranking",
    Category.REFUSE_CLINICIAN_ROLE: "request_clinician_role",
}
"""The intent that each kind of refusal stands for."""
