from __future__ import annotations

import re
from itertools import pairwise

import pytest
import yaml

from bot.launch.project import ROOT
from bot.safety.assess import SafetyCore
from bot.safety.combine import CRISIS_TOLD
from bot.safety.rules import LEAST_EXAMPLES
from bot.safety.verdicts import Category

SAFETY_DATA = ROOT / "data" / "knowledge" / "safety"
RASA_KEYS = {"nlu", "rules", "stories", "responses", "intents", "entities", "version"}
FILES = sorted(SAFETY_DATA.glob("*.yml"))
CONCEPT = re.compile(r"\b[A-Z][A-Z0-9_]{2,}\b")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_file_has_a_key_that_rasa_would_train_on(path) -> None:  # type: ignore[no-untyped-def]
    assert RASA_KEYS.isdisjoint(yaml.safe_load(path.read_text(encoding="utf-8")))


def test_every_rule_has_a_readable_id_and_a_source(core: SafetyCore) -> None:
    records = (*core.data.rules, *core.data.combinations, *core.data.bands)
    assert len(records) > 80
    assert [each.rule_id for each in records if not re.fullmatch(r"[a-z0-9-]+", each.rule_id)] == []
    assert [each.rule_id for each in records if not each.source] == []


def test_every_rule_and_combination_has_enough_examples(core: SafetyCore) -> None:
    records = (*core.data.rules, *core.data.combinations)
    few = [
        each.rule_id
        for each in records
        if min(len(each.must_match), len(each.must_not_match)) < LEAST_EXAMPLES
    ]
    assert few == []


def test_every_category_that_a_message_can_have_has_a_rule(core: SafetyCore) -> None:
    assert {rule.category for rule in core.data.rules} == set(Category)


def test_every_finding_that_a_combination_needs_is_left_by_some_rule(core: SafetyCore) -> None:
    left = {name for rule in core.data.rules for name in rule.finds}
    left |= {name for band in core.data.bands for name in band.finds} | {CRISIS_TOLD}
    needed = {name for each in core.data.combinations for group in each.all_of for name in group}
    assert needed - left == set()


def test_every_concept_of_the_vocabulary_is_used() -> None:
    texts = [path.read_text(encoding="utf-8") for path in FILES]
    code = [path.read_text(encoding="utf-8") for path in (ROOT / "bot" / "safety").glob("*.py")]
    defined = {name for text in texts for name in yaml.safe_load(text).get("safety_vocabulary", {})}
    counted = [name for text in (*texts, *code) for name in CONCEPT.findall(text)]
    assert len(defined) > 100
    assert sorted(name for name in defined if counted.count(name) < 2) == []


def test_the_bands_of_temperature_do_not_overlap(core: SafetyCore) -> None:
    bands = sorted(core.data.bands, key=lambda band: band.lowest)
    assert all(one.below <= other.lowest for one, other in pairwise(bands))
