"""Which choices are offered with a reply, as the titles that their buttons show and send."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.dialogue.choices import ChoicesError, load_dialogue_choices
from bot.knowledge.loader import load_topics
from bot.knowledge.records import Topic

MOST = 3


@dataclass(frozen=True)
class Offers:
    """The topics, the titles of all choices by id, and the choices offered with a reply."""

    topics: Mapping[str, Topic]
    titles: Mapping[str, str]
    with_reply: Mapping[str, Sequence[str]]

    @classmethod
    def load(cls, data_dir: Path) -> Offers:
        """Load the offers; raises `ChoicesError` when a file is broken or names no choice."""
        topics = load_topics(data_dir)
        titles = {topic.id: topic.title for topic in topics.values()}
        titles |= {name: choice.title for name, choice in load_dialogue_choices(data_dir).items()}
        path = data_dir / "knowledge" / "offers.yml"
        try:
            offers = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["offers"]
        except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
            raise ChoicesError(f"{path}: cannot read the offers: {error}") from error
        unknown = {name for names in offers.values() for name in names} - set(titles)
        if unknown:
            raise ChoicesError(f"{path}: no such choice: {', '.join(sorted(unknown))}.")
        return cls(topics, titles, offers)

    def titles_with(self, response: str, given: frozenset[str] = frozenset()) -> list[str]:
        """The titles offered with a response, at most three, none of an answer given before."""
        topic = self.topics.get(response.removeprefix("utter_"))
        names = topic.next if topic else self.with_reply.get(response, ())
        return [self.titles[name] for name in names if name not in given][:MOST]

    def titles_of(self, labels: Sequence[str]) -> list[str]:
        """The titles of the topics to choose from."""
        return [self.titles[label] for label in labels if label in self.titles][:MOST]
