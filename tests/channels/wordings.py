"""Whether a text that a person sees is a certain curated response, however a channel shapes it."""

from __future__ import annotations

import re
from functools import cache

import yaml

from bot.channels.messaging.shaping import plain_letters
from bot.launch.project import ROOT
from tests.channels.counterpart import Shown

EMERGENCY, CRISIS = "utter_emergency", "utter_crisis_explicit"
ESCALATION = "utter_tell_healthcare_provider"
GREETING, TEXT_ONLY, TROUBLE = "utter_greet", "utter_text_only", "utter_trouble"

_CHOICES = re.compile(r"(?:\n\d+\. .+)+\Z")


@cache
def _pattern(response: str) -> re.Pattern[str]:
    for path in sorted((ROOT / "data" / "responses").glob("*.yml")):
        responses = yaml.safe_load(path.read_text(encoding="utf-8"))["responses"]
        if response in responses:
            (wording,) = responses[response]
            parts = re.split(r"\{\w+\}", on_one_line(wording["text"]))
            return re.compile(".+".join(map(re.escape, parts)))
    raise KeyError(response)


def is_response(shown: Shown, response: str) -> bool:
    """Whether a message is this response, whole, and nothing else but numbered choices."""
    text = _CHOICES.sub("", shown.text)
    return _pattern(response).fullmatch(on_one_line(text)) is not None


def on_one_line(text: str) -> str:
    """A text in plain letters, with every run of white space as one space."""
    return " ".join(plain_letters(text).split())


def everything(shown: list[Shown]) -> str:
    """All that was shown, on one line."""
    return on_one_line(" ".join(message.text for message in shown))
