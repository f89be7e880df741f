"""The widget's words as JSON: every sentence from `data/widget/texts.yml`, every number linked."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.dialogue.choices import load_dialogue_choices
from bot.knowledge.helpline_records import Contact, Helpline
from bot.knowledge.helplines import load_helplines
from bot.safety.length import LONGEST

TEXTS = Path("data/widget/texts.yml")
FALLBACK_LANGUAGE = "en"


class WidgetTextsError(ValueError):
    """The file of texts cannot be read; the message says why."""


@lru_cache(maxsize=16)
def widget_texts(language: str, path: Path = TEXTS) -> dict[str, Any]:
    """Everything the widget says, in the language asked for or in English.

    Raises:
        WidgetTextsError: the file is missing or broken.
    """
    try:
        languages = yaml.safe_load(path.read_text(encoding="utf-8"))["texts"]
        chosen = language if language in languages else FALLBACK_LANGUAGE
        words = {**languages[FALLBACK_LANGUAGE], **languages[chosen]}
        links = words.pop("links")
    except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
        raise WidgetTextsError(f"{path} cannot be read as texts: {error!r}") from error
    directory = load_helplines()
    restart = load_dialogue_choices(Path("data"))["restart"]
    return {
        "language": chosen,
        "words": words,
        "start_over_says": restart.says,
        "longest": LONGEST,
        "contacts": {
            "emergency": _contacts(directory.emergency_numbers, links),
            "crisis": _contacts(directory.crisis_contacts, links),
        },
    }


def _contacts(lines: Iterable[Helpline], words: dict[str, str]) -> list[dict[str, Any]]:
    """Each line with its country in words and a link for each way to reach it."""
    countries = load_helplines().countries
    return [
        {
            "country": line.country,
            "place": line.place or countries[line.country].label,
            "name": line.name,
            "links": [link for contact in line.contacts for link in _links(contact, words)],
        }
        for line in lines
    ]


def _links(contact: Contact, words: dict[str, str]) -> list[dict[str, str]]:
    kinds = contact.kind.split("_or_")
    return [
        {
            "href": _href(kind, contact),
            "label": words["text_keyword" if contact.keyword else kind].format(
                display=contact.display, keyword=contact.keyword
            ),
        }
        for kind in kinds
    ]


def _href(kind: str, contact: Contact) -> str:
    if kind == "call":
        return f"tel:{contact.number}"
    if kind == "text":
        # Phones disagree on the first sign of the body: this form is read by all of them.
        return f"sms:{contact.number}" + (f"?&body={contact.keyword}" if contact.keyword else "")
    return f"https://{contact.number}"
