"""The rule files that pair one intent with one reply are read as data."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.dialogue.replies import FILES, REFUSALS, RulesError, load_replies
from bot.dialogue.world import World
from bot.safety.verdicts import Category

SIMPLE = "rules: [{rule: hello, steps: [{intent: greet}, {action: utter_greet}]}]"


def rules(directory: Path, first: str, second: str = "rules: []") -> Path:
    """A directory with these two rule files."""
    for name, content in zip(FILES, (first, second), strict=True):
        (directory / name).write_text(content, encoding="utf-8")
    return directory


def test_a_rule_of_one_intent_and_one_reply_is_kept(tmp_path: Path) -> None:
    assert load_replies(rules(tmp_path, SIMPLE)) == {"greet": "utter_greet"}


def test_the_same_rule_twice_is_harmless(tmp_path: Path) -> None:
    assert load_replies(rules(tmp_path, SIMPLE, SIMPLE)) == {"greet": "utter_greet"}


@pytest.mark.parametrize(
    "steps",
    [
        "[{intent: greet}]",
        "[{intent: greet}, {action: utter_greet}, {action: utter_more}]",
        "[{action: utter_greet}, {intent: greet}]",
        "[{intent: greet}, {active_loop: a_form}]",
    ],
)
def test_a_rule_of_another_shape_is_left_to_rasa(tmp_path: Path, steps: str) -> None:
    content = f"rules: [{{rule: another, steps: {steps}}}]"
    assert load_replies(rules(tmp_path, content)) == {}


def test_two_replies_to_one_intent_are_refused(tmp_path: Path) -> None:
    directory = rules(tmp_path, SIMPLE, SIMPLE.replace("utter_greet", "utter_hello"))
    with pytest.raises(RulesError, match=r"refusals\.yml: the intent 'greet' has two different"):
        load_replies(directory)


@pytest.mark.parametrize("content", ["rules: [", "stories: []", "- a list"])
def test_a_broken_rule_file_is_refused_with_its_path(tmp_path: Path, content: str) -> None:
    with pytest.raises(RulesError, match=r"small_talk\.yml: cannot read the rules"):
        load_replies(rules(tmp_path, content))


def test_a_missing_rule_file_is_refused_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match=r"small_talk\.yml: cannot read the rules"):
        load_replies(tmp_path)


def test_every_kind_of_refusal_has_an_intent_with_a_reply(world: World) -> None:
    assert set(REFUSALS) == {category for category in Category if category.is_refusal}
    assert all(world.replies[intent].startswith("utter_refuse_") for intent in REFUSALS.values())
