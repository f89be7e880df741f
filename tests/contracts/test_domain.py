"""Domain, rules, responses, vocabulary and code name the same things, and leave nothing over."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.dialogue.conversation import Conversation
from bot.dialogue.names import (
    CHECK_FORM,
    CHECK_QUESTIONS,
    COUNTRY,
    FOCUS_SLOTS,
    WORDING_SLOTS,
    WRITE_NOTE,
)
from bot.dialogue.planner import plan
from bot.dialogue.reading import UNKNOWN
from bot.dialogue.replies import FILES, load_replies
from bot.dialogue.verdict_intents import INTENTS
from bot.dialogue.world import World
from bot.knowledge.helplines import load_helplines
from bot.knowledge.loader import load_topics
from bot.lexicon.vocabulary import KINDS, load_vocabulary
from bot.nlg.curated_generator import OPTIONAL
from bot.safety.verdicts import Category
from tests.unit.dialogue.chat import said

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
RASAS_OWN = {"action_listen", "action_restart", "action_session_start", "action_deactivate_loop"}
RASAS_KEY = "utter_action"
MACHINE_MADE = {"empty_message", "too_long_message", UNKNOWN}
ALARMS = {INTENTS[category] for category in Category if category > Category.SYMPTOM}


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def sections(folder: str, key: str) -> list[Any]:
    """The contents under `key` of all files below a folder of the data."""
    return [load(path)[key] for path in sorted((DATA / folder).rglob("*.yml"))]


DOMAIN = load(ROOT / "domain.yml")
RESPONSES = [name for responses in sections("responses", "responses") for name in responses]
RULES = [rule for rules in sections("rules", "rules") for rule in rules]
TOPICS = load_topics(DATA)
VOCABULARY = load_vocabulary(DATA / "lexicon")
TRAINED = {item["intent"] for items in sections("nlu", "nlu") for item in items if "intent" in item}
ANSWERS = {label for label in TRAINED if "/" in label}
RETRIEVAL = {label.split("/")[0] for label in ANSWERS}
PLAIN = sorted(set(DOMAIN["intents"]) - RETRIEVAL)


def actions_of(rule: dict[str, Any]) -> list[str]:
    return [step["action"] for step in rule["steps"] if "action" in step]


def named_in_code() -> set[str]:
    """The responses and templates of responses that the code names."""
    sources = [*(ROOT / "bot").rglob("*.py"), *(ROOT / "actions").rglob("*.py")]
    found = (re.findall(r"\"(utter_[\w{}/]+)\"", path.read_text("utf-8")) for path in sources)
    return {name for names in found for name in names} - OPTIONAL - {RASAS_KEY}


@pytest.fixture(scope="module")
def world() -> World:
    return World.load(DATA)


@pytest.mark.parametrize("label", [*sorted({*PLAIN} - ALARMS), *sorted(ANSWERS)])
def test_whatever_is_meant_is_answered_with_what_the_domain_has(world: World, label: str) -> None:
    planned = plan(Conversation.of([said("...", label)]), world)
    actions = [step.action for step in planned] or [world.replies[label]]
    assert set(actions) <= {*RESPONSES, *DOMAIN["forms"], *DOMAIN["actions"], *RASAS_OWN}
    assert ("utter_default" in actions) == (label == UNKNOWN)


@pytest.mark.parametrize("category", INTENTS, ids=lambda category: category.value)
def test_every_verdict_has_its_intent_in_the_domain_and_a_plan(
    world: World, category: Category
) -> None:
    assert INTENTS[category] in DOMAIN["intents"]
    planned = plan(Conversation.of([said("...", verdict=category.value)]), world)
    assert planned[0].action in RESPONSES


@pytest.mark.parametrize("intent", DOMAIN["intents"])
def test_every_intent_has_a_rule_or_is_planned_for(intent: str) -> None:
    ruled = {step["intent"] for rule in RULES for step in rule["steps"] if "intent" in step}
    assert intent in ruled | {"restart"}


@pytest.mark.parametrize("intent", [each for each in PLAIN if each not in MACHINE_MADE])
def test_every_intent_is_learned_or_set_by_the_guard(intent: str) -> None:
    assert intent in TRAINED | set(INTENTS.values())


def test_nothing_is_learned_that_the_domain_has_not_got() -> None:
    assert {label.split("/")[0] for label in TRAINED} <= set(DOMAIN["intents"])


def test_every_curated_answer_is_learned_and_every_learned_answer_is_curated() -> None:
    assert {f"utter_{label}" for label in ANSWERS} == {name for name in RESPONSES if "/" in name}
    assert set(TOPICS) <= ANSWERS


def test_no_response_is_defined_twice() -> None:
    assert sorted(RESPONSES) == sorted(set(RESPONSES))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["rule"])
def test_a_rule_names_only_what_there_is(rule: dict[str, Any]) -> None:
    for step in rule["steps"]:
        assert step.get("intent") in {None, *DOMAIN["intents"]}
    retrieval = {f"utter_{intent}" for intent in RETRIEVAL}
    assert set(actions_of(rule)) <= {*RESPONSES, *DOMAIN["forms"], *DOMAIN["actions"], *retrieval}


def test_every_response_that_the_code_names_is_defined() -> None:
    plain = {name for name in named_in_code() if "{" not in name}
    assert len(plain) > 20
    assert plain <= set(RESPONSES)


@pytest.mark.parametrize("response", [name for name in RESPONSES if "/" not in name])
def test_every_response_is_uttered_by_a_rule_the_planner_or_the_form(response: str) -> None:
    asked = {f"utter_ask_{slot}" for slot in CHECK_QUESTIONS}
    contacts = {"utter_contact_routine", "utter_contact_urgent"}
    uttered = {action for rule in RULES for action in actions_of(rule)}
    assert response in asked | contacts | uttered | named_in_code()


@pytest.mark.parametrize("response", load(DATA / "knowledge" / "offers.yml")["offers"])
def test_choices_are_offered_only_with_a_response_that_there_is(response: str) -> None:
    assert response in RESPONSES


def test_the_form_asks_the_questions_of_the_check_and_never_takes_an_alarm_for_an_answer() -> None:
    form = DOMAIN["forms"][CHECK_FORM]
    assert form["required_slots"] == list(CHECK_QUESTIONS)
    assert set(form["ignored_intents"]) >= ALARMS


def test_the_only_action_is_the_note() -> None:
    assert DOMAIN["actions"] == [WRITE_NOTE]


@pytest.mark.parametrize("file", FILES)
def test_the_rules_of_small_talk_and_refusals_are_one_intent_and_one_reply(file: str) -> None:
    for rule in load(DATA / "rules" / file)["rules"]:
        assert [[*step] for step in rule["steps"]] == [["intent"], ["action"]]
        assert set(rule) == {"rule", "steps"}


def test_the_planner_has_the_reply_of_every_such_rule() -> None:
    count = sum(len(load(DATA / "rules" / file)["rules"]) for file in FILES)
    assert len(load_replies(DATA / "rules")) == count


def test_the_rules_of_safety_say_what_the_planner_does(world: World) -> None:
    for rule in load(DATA / "rules" / "safety.yml")["rules"]:
        [category] = [c for c, intent in INTENTS.items() if intent == rule["steps"][0]["intent"]]
        planned = plan(Conversation.of([said("...", verdict=category.value)]), world)
        assert planned[0].action == actions_of(rule)[0]


@pytest.mark.parametrize("slot", DOMAIN["slots"])
def test_no_slot_is_filled_from_what_a_person_types(slot: str) -> None:
    settings = DOMAIN["slots"][slot]
    assert settings["mappings"] == [{"type": "custom"}]
    assert settings["influence_conversation"] is False


def test_the_slots_are_those_that_the_planner_sets() -> None:
    assert set(DOMAIN["slots"]) == {*FOCUS_SLOTS, *WORDING_SLOTS, *CHECK_QUESTIONS, COUNTRY}


def test_the_entities_are_the_kinds_of_the_lexicon() -> None:
    assert DOMAIN["entities"] == list(KINDS)


@pytest.mark.parametrize("topic", TOPICS.values(), ids=list(TOPICS))
def test_a_wording_depends_only_on_words_that_can_be_found(topic: Any) -> None:
    assert set(topic.focus) <= set(FOCUS_SLOTS)
    for slot, values in topic.values.items():
        states = {"listed", "not_listed", "lung_brain"}
        known = states if slot == "pair" else {*VOCABULARY[slot], "other"}
        assert set(values) <= known


def test_the_countries_that_can_be_found_are_those_with_helplines() -> None:
    assert set(VOCABULARY["country"]) == set(load_helplines().countries)
