"""The records of the knowledge files: Source, Fact and Topic.

They are frozen: what a clinician has reviewed does not change while the assistant runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """A publication that an answer may cite; `year` is when it appeared, if it says so."""

    id: str
    organisation: str
    title: str
    year: int | None = None
    cite: str | None = None
    doi: str | None = None


@dataclass(frozen=True)
class NewerFigure:
    """A later figure, told beside a fact's own and never silently instead of it."""

    source: str
    says: str


@dataclass(frozen=True)
class Fact:
    """One statement of the knowledge base, for editors; no patient reads it as it stands.

    sources: ids of the sources that say so.
    as_of, country: when and where its figure holds; an answer states both.
    care: what an editor must heed when wording it.
    """

    id: str
    sources: tuple[str, ...]
    says: str
    as_of: str | None = None
    country: str | None = None
    newer: NewerFigure | None = None
    care: str | None = None

    @property
    def all_sources(self) -> tuple[str, ...]:
        """Its own sources, then the one of its newer figure."""
        return self.sources if self.newer is None else (*self.sources, self.newer.source)


@dataclass(frozen=True)
class Topic:
    """A question that has a curated answer.

    title: button text, at most 20 characters, unlike every other topic's.
    question: what it answers, in the words of someone who asks.
    focus: the slots its wording depends on; the first that has a value decides.
    values: for each of those slots the values with a wording of their own; `other`
        stands for every recognised value without one.
    why: the topic that answers a bare "why?" after it.
    next: topics that are natural to read next.
    own_case: what is asked for by "and mine?" after it: the category of a refusal.
    """

    id: str
    title: str
    question: str
    focus: tuple[str, ...]
    values: Mapping[str, tuple[str, ...]]
    next: tuple[str, ...]
    why: str | None = None
    own_case: str | None = None
