"""What is offered with a reply: few choices, none that was taken before."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.dialogue.choices import ChoicesError
from bot.dialogue.offers import MOST, Offers
from bot.dialogue.world import World
from tests.unit.dialogue.conftest import DATA

KNOWLEDGE = ("topics.yml", "dialogue_titles.yml", "offers.yml")


def test_an_answer_offers_what_is_natural_to_read_next(offers: Offers) -> None:
    assert offers.titles_with("utter_metastasis/tests") == ["Symptoms", "Treatment"]


def test_what_was_given_before_is_not_offered_again(offers: Offers) -> None:
    given = frozenset({"metastasis/symptoms"})
    assert offers.titles_with("utter_metastasis/tests", given) == ["Treatment"]


def test_a_reply_offers_what_its_entry_names(offers: Offers) -> None:
    assert offers.titles_with("utter_greet") == ["What it is", "Note a symptom", "Ways to cope"]


@pytest.mark.parametrize("response", ["utter_emergency", "utter_crisis_explicit", "utter_nowhere"])
def test_a_reply_without_an_entry_offers_nothing(offers: Offers, response: str) -> None:
    assert offers.titles_with(response) == []


def test_the_topics_to_choose_from_are_offered_by_title(offers: Offers) -> None:
    labels = ["metastasis/curable", "myth/sugar", "metastasis/treatment_goal"]
    assert offers.titles_of(labels) == ["Can it be cured?", "Aim of treatment"]


def test_no_more_are_offered_than_every_channel_can_show(offers: Offers, world: World) -> None:
    responses = [*offers.with_reply, *(f"utter_{topic}" for topic in world.topics)]
    assert all(len(offers.titles_with(response)) <= MOST for response in responses)
    assert len(offers.titles_of(list(world.topics))) == MOST


def test_whatever_is_offered_is_understood_when_it_is_sent(offers: Offers, world: World) -> None:
    responses = [*offers.with_reply, *(f"utter_{topic}" for topic in world.topics)]
    titles = {title for response in responses for title in offers.titles_with(response)}
    assert len(titles) > MOST
    assert {title for title in titles if title.casefold() not in world.choices} == set()


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """The files that offers are made of, to be broken."""
    (tmp_path / "knowledge").mkdir()
    for name in KNOWLEDGE:
        shutil.copy(DATA / "knowledge" / name, tmp_path / "knowledge" / name)
    return tmp_path


def test_an_offer_of_a_choice_that_does_not_exist_is_refused(data_dir: Path) -> None:
    path = data_dir / "knowledge" / "offers.yml"
    path.write_text("offers: {utter_greet: [coping/ways, coping/wings]}", encoding="utf-8")
    with pytest.raises(ChoicesError, match=r"offers\.yml: no such choice: coping/wings\."):
        Offers.load(data_dir)


@pytest.mark.parametrize("content", ["offers: [", "choices: {}", "- a list"])
def test_broken_offers_are_refused_with_their_path(data_dir: Path, content: str) -> None:
    (data_dir / "knowledge" / "offers.yml").write_text(content, encoding="utf-8")
    with pytest.raises(ChoicesError, match=r"offers\.yml: cannot read the offers"):
        Offers.load(data_dir)
