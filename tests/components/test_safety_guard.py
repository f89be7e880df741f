"""The guard has the last word on a message: its verdict overrides the intent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.dialogue.names import READING, SAFETY
from bot.dialogue.reading import Guess, Reading
from bot.dialogue.verdict_intents import INTENTS
from bot.nlu.parse_data import SELECTOR, set_intent
from bot.nlu.safety_guard import SafetyGuard
from bot.safety.datafiles import SafetyDataError
from bot.safety.verdicts import Assessment, Category
from tests.components.conftest import Create

RULES = """
safety_text_speak: {}
safety_vocabulary: {LEAD_IN: [oh], SELF: [i, my], OTHER_PERSON: [husband, he]}
safety_context:
  - {id: negation, why: denied, where: after, reach: 4, silences: [symptom], cues: ["no"]}
safety_combinations: []
safety_temperatures: []
safety_rules:
"""
RULE = """
  - id: {name}
    category: {category}
    source: made for this test
    patterns: ["{pattern}"]
    must_match: [a, b, c, d, e]
    must_not_match: [a, b, c, d, e]
"""


@pytest.fixture(scope="module")
def safety_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with one rule for each category: the message is the category's name."""
    directory = tmp_path_factory.mktemp("safety")
    rules = [
        RULE.format(name=f"{category.value}-rule", category=category.value, pattern=category.value)
        for category in Category
        if category is not Category.NONE
    ]
    (directory / "rules.yml").write_text(RULES + "".join(rules), encoding="utf-8")
    (directory / "common_words.txt").write_text("day\nwork\n", encoding="utf-8")
    return directory


@pytest.fixture(scope="module")
def guard(create: Create, safety_dir: Path) -> SafetyGuard:
    made: SafetyGuard = create(SafetyGuard, safety_dir=str(safety_dir))
    return made


def understood(text: str, label: str = "metastasis/tests") -> Message:
    """A message that the classifier has read as `label`."""
    message = Message({TEXT: text, READING: Reading.of(label).to_dict()})
    set_intent(message, Reading.of(label), [Guess(label, 0.9), Guess("greet", 0.1)])
    return message


def guarded(guard: SafetyGuard, text: str) -> Message:
    [message] = guard.process([understood(text)])
    return message


def words(category: Category) -> str:
    return category.value.replace("_", " ")


def test_every_category_but_none_stands_for_an_intent() -> None:
    assert set(INTENTS) == set(Category) - {Category.NONE}


@pytest.mark.parametrize(("category", "intent"), INTENTS.items())
def test_a_verdict_becomes_the_intent_with_full_confidence(
    guard: SafetyGuard, category: Category, intent: str
) -> None:
    message = guarded(guard, f"oh {words(category)}")
    assert message.get(INTENT) == {"name": intent, "confidence": 1.0}
    assert message.get(INTENT_RANKING_KEY)[0] == {"name": intent, "confidence": 1.0}
    assert message.get(SELECTOR) == {}


def test_the_verdict_goes_into_the_parse_data_and_can_be_read_back(guard: SafetyGuard) -> None:
    message = guarded(guard, "my husband says emergency, and a symptom")
    verdict = Assessment.from_dict(message.get(SAFETY))
    assert (verdict.category, verdict.rule_id) == (Category.EMERGENCY, "emergency-rule")
    assert verdict.about_other_person
    assert verdict.signs == ((Category.SYMPTOM, "symptom-rule"),)
    assert SAFETY in message.as_dict(only_output_properties=True)


def test_the_reading_of_the_classifier_is_kept_beside_the_verdict(guard: SafetyGuard) -> None:
    message = guarded(guard, "symptom")
    assert Reading.from_dict(message.get(READING)).label == "metastasis/tests"
    assert [guess["name"] for guess in message.get(INTENT_RANKING_KEY)] == [
        "report_symptom",
        "metastasis",
        "greet",
    ]


@pytest.mark.parametrize("text", ["what is a bone scan", "no symptom", ""])
def test_without_a_verdict_the_intent_is_left_as_it_was(guard: SafetyGuard, text: str) -> None:
    before, message = understood(text), guarded(guard, text)
    for key in (INTENT, INTENT_RANKING_KEY, SELECTOR, READING):
        assert message.get(key) == before.get(key)
    assert Assessment.from_dict(message.get(SAFETY)) == Assessment()


def test_a_message_without_text_is_assessed_as_empty(guard: SafetyGuard) -> None:
    [message] = guard.process([Message({})])
    assert message.get(SAFETY)["category"] == "none"


def test_a_guard_that_fails_fails_closed(
    guard: SafetyGuard, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(guard._core, "_assess", broken)
    assert guarded(guard, "hello").get(INTENT)["name"] == "report_urgent_symptom"


def test_broken_rules_stop_the_start(create: Create, tmp_path: Path) -> None:
    (tmp_path / "rules.yml").write_text("safety_rules: [", encoding="utf-8")
    with pytest.raises(SafetyDataError, match=r"rules\.yml"):
        create(SafetyGuard, safety_dir=str(tmp_path))
