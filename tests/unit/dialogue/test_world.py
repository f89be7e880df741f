"""All that the planner knows is loaded from one directory, and a broken file stops it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.dialogue.check import CheckCuesError
from bot.dialogue.replies import RulesError
from bot.dialogue.world import World
from bot.lexicon.errors import LexiconError
from tests.unit.dialogue.conftest import DATA


def test_the_world_holds_topics_words_cues_choices_and_replies(world: World) -> None:
    assert world.topics["metastasis/tests"].title == "Tests"
    assert world.vocabulary.name("body_site", "brain") == "the brain"
    assert world.vocabulary.as_cancer_type("lung") == "lung"
    assert world.vocabulary.as_body_site("kidney") == "other"
    assert world.vocabulary.pair_state("lung", "brain") == "lung_brain"
    assert world.vocabulary.site_list("kidney") is None
    assert world.cues.duration.search("two weeks")
    assert world.choices["note a symptom"] == "request_symptom_check"
    assert world.replies["greet"] == "utter_greet"


@pytest.mark.parametrize(
    ("missing", "error"),
    [
        ("lexicon/body_site.yml", LexiconError),
        ("knowledge/check_cues.yml", CheckCuesError),
        ("rules/refusals.yml", RulesError),
    ],
)
def test_a_missing_file_stops_the_start_with_its_path(
    tmp_path: Path, missing: str, error: type[Exception]
) -> None:
    for name in ("lexicon", "rules"):
        shutil.copytree(DATA / name, tmp_path / name)
    (tmp_path / "knowledge").mkdir()
    for path in (DATA / "knowledge").glob("*.yml"):
        shutil.copy(path, tmp_path / "knowledge")
    (tmp_path / missing).unlink()
    with pytest.raises(error, match=Path(missing).name):
        World.load(tmp_path)
