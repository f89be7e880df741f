"""How an answer names its sources: the words are data, this module joins them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.errors import KnowledgeError
from bot.knowledge.loader import load_sources
from bot.knowledge.reader import Entry, read_section
from bot.knowledge.records import Source

_KEYS = ("line", "short_line", "source", "source_without_year", "separator")


@dataclass(frozen=True)
class Citations:
    """The sources by id, and the templates that a line of sources is made with."""

    sources: Mapping[str, Source]
    line: str
    short_line: str
    source: str
    source_without_year: str
    separator: str

    @classmethod
    def load(cls, data_dir: Path) -> Citations:
        """Load all sources and the templates; raises `KnowledgeError` if a file is broken."""
        file = data_dir / "knowledge" / "citation.yml"
        entry = Entry.of(file, "citation", read_section(file, "citation"), _KEYS)
        sources = load_sources(data_dir) | load_sources(data_dir, "myth_sources")
        return cls(sources, *(entry.text(key) for key in _KEYS))

    def line_for(self, ids: Sequence[str], reviewed_on: str) -> str:
        """The line that closes an answer: every source by name, and the day of its review.

        Raises:
            KnowledgeError: an id names no source.
        """
        names = self.separator.join(self._name(source_id) for source_id in ids)
        return self.line.format(sources=names, reviewed_on=reviewed_on)

    def short_line_for(self, ids: Sequence[str]) -> str:
        """The same where every character costs: each organisation once, and no more.

        Raises:
            KnowledgeError: an id names no source.
        """
        names = dict.fromkeys(self._source(source_id).organisation for source_id in ids)
        return self.short_line.format(sources=self.separator.join(names))

    def _name(self, source_id: str) -> str:
        source = self._source(source_id)
        template = self.source if source.year else self.source_without_year
        return template.format(
            organisation=source.organisation, title=source.title, year=source.year
        )

    def _source(self, source_id: str) -> Source:
        source = self.sources.get(source_id)
        if source is None:
            raise KnowledgeError(
                Path("data/knowledge/sources.yml"), source_id, "is cited but not there", "add it"
            )
        return source
