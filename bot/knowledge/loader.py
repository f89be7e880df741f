"""Loads sources, facts and topics from the data directory and checks them.

Each loader takes the project's `data` directory, reads `knowledge/<name>.yml` and raises
KnowledgeError with one message that names the file, the key and what to do.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bot.knowledge.errors import KnowledgeError
from bot.knowledge.reader import Entry, read_section
from bot.knowledge.records import Fact, NewerFigure, Source, Topic

TITLE_LENGTH = 20
"""The shortest button that a messenger shows whole (WhatsApp, Messenger: 20 characters)."""

QUESTION_LENGTH = 60

_SOURCE_KEYS = ("organisation", "title", "year", "cite", "doi")
_FACT_KEYS = ("id", "sources", "as_of", "country", "says", "newer", "care")
_NEWER_KEYS = ("source", "says")
_TOPIC_KEYS = ("title", "question", "focus", "values", "why", "next", "own_case")


def load_sources(data_dir: Path, name: str = "sources") -> dict[str, Source]:
    """All sources of one file by id: `sources` of the answers, `myth_sources` of the myths."""
    file = data_dir / "knowledge" / f"{name}.yml"
    return {key: _source(file, key, content) for key, content in _mapping(file, "sources")}


def load_facts(data_dir: Path) -> dict[str, Fact]:
    """All facts by id; every source they name is known."""
    file = data_dir / "knowledge" / "facts.yml"
    sources = load_sources(data_dir)
    content = read_section(file, "facts")
    if not isinstance(content, list):
        raise KnowledgeError(file, "facts", "is not a list", "begin each fact with `- id:`")
    facts: dict[str, Fact] = {}
    for position, item in enumerate(content, start=1):
        fact = _fact(file, position, item, sources)
        if fact.id in facts:
            raise KnowledgeError(file, fact.id, "is there twice", "give each fact its own id")
        facts[fact.id] = fact
    return facts


def load_topics(data_dir: Path) -> dict[str, Topic]:
    """All topics by id; titles differ, and every topic they lead to is known."""
    file = data_dir / "knowledge" / "topics.yml"
    topics = {name: _topic(file, name, content) for name, content in _mapping(file, "topics")}
    titles: dict[str, str] = {}
    for topic in topics.values():
        if topic.title in titles:
            problem = f"is the title of {titles[topic.title]} too"
            raise KnowledgeError(file, f"{topic.id}.title", problem, "choose another title")
        titles[topic.title] = topic.id
        _check_links(file, topic, topics)
    return topics


def _mapping(file: Path, key: str) -> list[tuple[str, object]]:
    content = read_section(file, key)
    if not isinstance(content, dict):
        raise KnowledgeError(file, key, "is not a mapping", "write each entry as `id: {...}`")
    return [(str(name), item) for name, item in content.items()]


def _source(file: Path, name: str, content: object) -> Source:
    entry = Entry.of(file, name, content, _SOURCE_KEYS)
    return Source(
        id=name,
        organisation=entry.text("organisation"),
        title=entry.text("title"),
        year=entry.optional_int("year"),
        cite=entry.optional_text("cite"),
        doi=entry.optional_text("doi"),
    )


def _fact(file: Path, position: int, content: object, sources: Mapping[str, Source]) -> Fact:
    entry = Entry.of(file, f"facts[{position}]", content, _FACT_KEYS)
    entry = Entry(file, entry.text("id"), entry.content)
    fact = Fact(
        id=entry.key,
        sources=entry.texts("sources"),
        says=entry.text("says"),
        as_of=entry.optional_text("as_of"),
        country=entry.optional_text("country"),
        newer=_newer(entry),
        care=entry.optional_text("care"),
    )
    if not fact.sources:
        raise entry.error("sources", "is empty", "name at least one id of sources.yml")
    for source in fact.all_sources:
        if source not in sources:
            raise entry.error("sources", f"names the unknown source {source!r}", "see sources.yml")
    return fact


def _newer(fact: Entry) -> NewerFigure | None:
    content = fact.content.get("newer")
    if content is None:
        return None
    entry = Entry.of(fact.file, f"{fact.key}.newer", content, _NEWER_KEYS)
    return NewerFigure(source=entry.text("source"), says=entry.text("says"))


def _topic(file: Path, name: str, content: object) -> Topic:
    entry = Entry.of(file, name, content, _TOPIC_KEYS)
    focus = entry.texts("focus")
    values = Entry.of(file, f"{name}.values", entry.content.get("values") or {}, focus)
    return Topic(
        id=name,
        title=_short_text(entry, "title", TITLE_LENGTH),
        question=_short_text(entry, "question", QUESTION_LENGTH),
        focus=focus,
        values={slot: _wordings(values, slot) for slot in focus},
        next=entry.texts("next"),
        why=entry.optional_text("why"),
        own_case=entry.optional_text("own_case"),
    )


def _short_text(entry: Entry, name: str, length: int) -> str:
    text = entry.text(name)
    if len(text) > length:
        raise entry.error(name, f"has {len(text)} characters", f"use at most {length}")
    return text


def _wordings(values: Entry, slot: str) -> tuple[str, ...]:
    wordings = values.texts(slot)
    if not wordings:
        raise values.error(slot, "is empty", "list the values that have a wording of their own")
    return wordings


def _check_links(file: Path, topic: Topic, topics: Mapping[str, Topic]) -> None:
    links = topic.next if topic.why is None else (*topic.next, topic.why)
    for link in links:
        if link == topic.id or link not in topics:
            problem = f"leads to {link!r}, which is not another topic"
            raise KnowledgeError(file, topic.id, problem, "correct `why` or `next`")
