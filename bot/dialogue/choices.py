"""The choices that are offered as buttons: what each shows, and what its words stand for.

A button sends plain words, which anybody could type as well; they are understood exactly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from bot.dialogue.events import Said
from bot.dialogue.reading import Reading
from bot.knowledge.loader import load_topics


class ChoicesError(ValueError):
    """The file of choices is missing or broken; the message says which."""


@dataclass(frozen=True)
class Choice:
    """An offered choice that is not a topic: what it shows, sends and stands for."""

    title: str
    says: str
    intent: str


def load_dialogue_choices(data_dir: Path) -> dict[str, Choice]:
    """The choices of `knowledge/dialogue_titles.yml` by id.

    Raises:
        ChoicesError: the file cannot be read or an entry lacks a key.
    """
    path = data_dir / "knowledge" / "dialogue_titles.yml"
    try:
        entries = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["titles"]
        return {name: Choice(**entry) for name, entry in entries.items()}
    except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
        raise ChoicesError(f"{path}: cannot read the offered choices: {error}") from error


def load_choices(data_dir: Path) -> dict[str, str]:
    """The label that each offered choice stands for, by its folded words."""
    choices = {t.title.casefold(): t.id for t in load_topics(data_dir).values()}
    for choice in load_dialogue_choices(data_dir).values():
        choices[choice.title.casefold()] = choice.intent
        choices[choice.says.casefold()] = choice.intent
    return choices


def as_chosen(said: Said, offered: Sequence[str], choices: Mapping[str, str]) -> Said:
    """A bare number after offered choices means the choice of that number.

    Args:
        said: the message.
        offered: the words of the choices that were offered last.
        choices: the label that each choice stands for (see `load_choices`).
    """
    number = said.text.strip().rstrip(".)")
    if not (number.isdecimal() and 0 < int(number) <= len(offered)):
        return said
    words = offered[int(number) - 1]
    label = choices.get(words.casefold())
    reading = Reading.of(label, chosen=True) if label else said.reading
    return replace(said, text=words, reading=reading)
