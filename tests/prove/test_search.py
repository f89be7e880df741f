"""The searches find no conversation that breaks a promise, and Rasa does what they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.launch.project import ROOT
from tests.trained_model import trained_model
from tools.prove import story, wordings
from tools.prove.exhaustive import Exhaustive
from tools.prove.search import Found
from tools.prove.walkers import Walked, walk


@pytest.fixture(scope="module")
def found(exhaustive: Exhaustive) -> Found:
    return exhaustive.core()


def shown(found: Found) -> str:
    return "\n\n".join(map(story.conversation, found.counterexamples))


def test_no_conversation_breaks_a_promise(found: Found) -> None:
    assert not found.counterexamples, shown(found)
    assert len(found.nodes) > 50 and found.edges > 10_000


def test_no_topic_and_no_offered_choice_breaks_a_promise(
    exhaustive: Exhaustive, found: Found
) -> None:
    everything = exhaustive.data(found)
    assert not everything.counterexamples, shown(everything)
    assert everything.edges > 5_000


def test_the_safety_wordings_hold_the_words_that_the_promises_speak_of() -> None:
    assert list(wordings.faults(ROOT / "data" / "responses")) == []


def test_a_safety_wording_without_its_words_is_found(tmp_path: Path) -> None:
    (tmp_path / "safety.yml").write_text("responses:\n  utter_emergency:\n  - text: Stay calm.\n")
    assert any("utter_emergency must say" in fault for fault in wordings.faults(tmp_path))


@pytest.mark.model
def test_rasa_takes_the_steps_that_were_searched(
    exhaustive: Exhaustive, found: Found, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COMPANION_MODEL", str(trained_model()))
    differences = exhaustive.against_rasa(found, 100)
    assert not differences, "\n\n".join(map(story.difference, differences))


@pytest.mark.model
def test_random_conversations_break_no_promise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COMPANION_MODEL", str(trained_model()))
    walked = walk(1_500, workers=2)
    assert not walked.faults, str(walked)
    assert walked.turns >= 1_500


def test_a_promise_that_a_random_conversation_breaks_is_told() -> None:
    walked = Walked(70, 0.2, ("No silence: nothing was said",))
    assert "No silence: nothing was said" in str(walked)
    assert "70 turns in 0 min, 1 broken promises" in str(walked)
