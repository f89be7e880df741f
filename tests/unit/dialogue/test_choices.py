"""The words that a button sends are understood exactly, typed or pressed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.dialogue.choices import Choice, ChoicesError, load_choices, load_dialogue_choices
from bot.dialogue.world import World
from tests.unit.dialogue.conftest import DATA

CHOICES = load_dialogue_choices(DATA)


@pytest.mark.parametrize("choice", CHOICES.values(), ids=list(CHOICES))
def test_a_choice_is_understood_by_its_title_and_by_its_words(choice: Choice) -> None:
    understood = load_choices(DATA)
    assert understood[choice.title.casefold()] == choice.intent
    assert understood[choice.says.casefold()] == choice.intent


def test_every_title_of_a_topic_stands_for_the_topic(world: World) -> None:
    for topic in world.topics.values():
        assert world.choices[topic.title.casefold()] == topic.id


@pytest.mark.parametrize("choice", CHOICES.values(), ids=list(CHOICES))
def test_a_choice_stands_for_a_topic_or_for_what_the_planner_can_answer(
    world: World, choice: Choice
) -> None:
    planned = {"request_symptom_check", "ask_helpline", "ask_more", "ask_repeat", "restart"} | {
        "inform_symptom_detail"
    }
    assert choice.intent in {*world.topics, *world.replies, *planned}


@pytest.mark.parametrize(
    "content",
    [
        None,
        "titles: [",
        "choices: {}",
        "titles: {a: {title: A, says: B}}",
        "titles: {a: {title: A, says: B, intent: c, colour: red}}",
    ],
)
def test_broken_choices_are_refused_with_their_path(tmp_path: Path, content: str | None) -> None:
    (tmp_path / "knowledge").mkdir()
    path = tmp_path / "knowledge" / "dialogue_titles.yml"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(ChoicesError, match=r"dialogue_titles\.yml: cannot read the offered"):
        load_dialogue_choices(tmp_path)
