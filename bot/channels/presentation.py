"""A response as the widget shows it: which card it is, its parts, its sources, its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.knowledge.helplines import render_crisis_contacts

PLAIN = "answer"
NOTICE = "notice"
"""What the guard says on its own: something failed or was too much."""

CARDS = Path("data/widget/cards.yml")


class CardsError(ValueError):
    """The file of cards cannot be read; the message says why."""


@dataclass(frozen=True)
class Card:
    """How a response is shown: the kind of card, and the numbers that go with it."""

    kind: str
    contacts: str | None = None


class Presenter:
    """Turns Rasa's messages into entries of a transcript."""

    def __init__(self, cards: Mapping[str, Card]) -> None:
        """Know the card of each response; every other response is a plain answer."""
        self._cards = cards

    @classmethod
    def load(cls, path: Path = CARDS) -> Presenter:
        """Read `data/widget/cards.yml`.

        Raises:
            CardsError: the file is missing or broken.
        """
        try:
            listed = yaml.safe_load(path.read_text(encoding="utf-8"))["cards"]
            return cls(
                {
                    response: Card(kind, card.get("contacts"))
                    for kind, card in listed.items()
                    for response in card["responses"]
                }
            )
        except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
            raise CardsError(f"{path} cannot be read as cards: {error!r}") from error

    def entry(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """The entry for a message of Rasa: `kind`, `text`, and what there is beside it."""
        response = message.get("utter_action")
        card = self._cards.get(str(response), Card(PLAIN)) if response else Card(NOTICE)
        entry: dict[str, Any] = {"from": "assistant", "kind": card.kind, "response": response}
        entry.update(_parts(str(message.get("text") or ""), message.get("metadata") or {}))
        if card.contacts:
            entry["contacts"] = card.contacts
        if message.get("buttons"):
            entry["buttons"] = [str(button["title"]) for button in message["buttons"]]
        return entry


def _parts(text: str, metadata: Mapping[str, Any]) -> dict[str, Any]:
    """The text, parted where the list of crisis contacts stands, and from its line of sources.

    The widget shows the contacts as links in that place.
    """
    parts: dict[str, Any] = {}
    if metadata.get("sources") and "\n" in text:
        text, _, parts["sources"] = text.rpartition("\n")
        parts["reviewed_on"] = str(metadata.get("reviewed_on", ""))
    text, found, after = text.partition(render_crisis_contacts())
    if found and after.strip():
        parts["after"] = after.strip()
    return {"text": text.strip(), **parts}
