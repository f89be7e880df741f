"""A response becomes an entry: its card, its parts, its sources, its choices."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.channels.presentation import CARDS, CardsError, Presenter
from bot.knowledge.helplines import render_crisis_contacts

PRESENTER = Presenter.load()


def test_a_plain_answer_has_its_sources_apart() -> None:
    message = {
        "text": "An answer.\nMore of it.\nSources: a book.",
        "utter_action": "utter_metastasis/overview",
        "metadata": {"sources": ["book"], "reviewed_on": "2026-01-02"},
    }
    entry = PRESENTER.entry(message)
    assert (entry["kind"], entry["text"]) == ("answer", "An answer.\nMore of it.")
    assert (entry["sources"], entry["reviewed_on"]) == ("Sources: a book.", "2026-01-02")


def test_choices_are_their_titles() -> None:
    buttons = [{"title": "Yes", "payload": "Yes"}]
    entry = PRESENTER.entry({"text": "Well?", "utter_action": "utter_ask", "buttons": buttons})
    assert entry["buttons"] == ["Yes"]
    assert "sources" not in entry and "contacts" not in entry


def test_an_emergency_is_a_card_with_its_numbers() -> None:
    entry = PRESENTER.entry({"text": "Call now.", "utter_action": "utter_emergency"})
    assert (entry["kind"], entry["contacts"]) == ("emergency", "emergency")


def test_the_contacts_of_a_crisis_stand_where_their_text_stood_and_no_word_is_lost() -> None:
    text = f"Before.\n{render_crisis_contacts()}\nAfter."
    entry = PRESENTER.entry({"text": text, "utter_action": "utter_crisis_explicit"})
    assert (entry["text"], entry["contacts"], entry["after"]) == ("Before.", "crisis", "After.")


def test_what_the_guard_says_on_its_own_is_a_notice() -> None:
    assert PRESENTER.entry({"text": "Something went wrong."})["kind"] == "notice"


def test_every_card_stands_for_responses_that_exist() -> None:
    known = set()
    for path in Path("data/responses").glob("*.yml"):
        known |= set(yaml.safe_load(path.read_text(encoding="utf-8"))["responses"])
    cards = yaml.safe_load(CARDS.read_text(encoding="utf-8"))["cards"]
    shown = [response for card in cards.values() for response in card["responses"]]
    assert set(shown) <= known
    assert len(shown) == len(set(shown))


def test_every_response_that_cannot_wait_has_a_card_with_numbers() -> None:
    safety = yaml.safe_load(Path("data/responses/safety.yml").read_text(encoding="utf-8"))
    for response in safety["responses"]:
        assert "contacts" in PRESENTER.entry({"text": "x", "utter_action": response})


def test_a_broken_file_of_cards_is_named(tmp_path: Path) -> None:
    file = tmp_path / "cards.yml"
    file.write_text("cards: [1]", encoding="utf-8")
    with pytest.raises(CardsError, match=r"cards\.yml"):
        Presenter.load(file)
