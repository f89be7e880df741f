"""Finds the closed values of the clinical vocabulary in a message.

`ClinicalLexicon` matches every term with spaCy's `PhraseMatcher` on a blank English pipeline (no
model), checks the conditions of guarded terms, reads organs by their context (`bot.lexicon.organs`)
and settles overlaps (`bot.lexicon.mention`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from bot.lexicon.errors import LexiconError
from bot.lexicon.guards import holds
from bot.lexicon.mention import IGNORED, Candidate, Mention, settle
from bot.lexicon.organ_context import OrganContext
from bot.lexicon.organ_groups import Organ, OrganSpan, Strength
from bot.lexicon.organs import OrganReader
from bot.lexicon.vocabulary import Entry, GuardedTerm, load_ignored, load_vocabulary
from bot.lexicon.words import Words, blank_english

Phrase = tuple[str, ...]
_STRENGTHS: tuple[tuple[Literal["organs", "adjectives", "located"], Strength], ...] = (
    ("organs", "noun"),
    ("adjectives", "adjective"),
    ("located", "located"),
)


@dataclass(frozen=True)
class Meaning:
    """What a phrase stands for, and under which condition."""

    kind: str
    value: str
    exact: str | None = None
    alone: bool = False
    guard: GuardedTerm | None = None


@dataclass
class ClinicalLexicon:
    """The vocabulary, ready to search: build it with `load`."""

    vocabulary: dict[str, dict[str, Entry]]
    reader: OrganReader
    ignored: tuple[str, ...] = ()
    _meanings: dict[Phrase, list[Meaning]] = field(default_factory=dict)
    _organs: dict[Phrase, Organ] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Compile the phrases."""
        self._pipeline = blank_english()
        self._matcher = PhraseMatcher(self._pipeline.vocab, attr="ORTH")
        for phrase in self.ignored:
            self._add(phrase, Meaning(IGNORED, phrase))
        for entries in self.vocabulary.values():
            for entry in entries.values():
                self._add_entry(entry)
        vocab = self._pipeline.vocab
        phrases = {*self._meanings, *self._organs}
        self._matcher.add("phrase", [Doc(vocab, words=list(phrase)) for phrase in phrases])

    @classmethod
    def load(cls, directory: Path) -> ClinicalLexicon:
        """Read the files of ``data/lexicon``; raise `LexiconError` if one is malformed."""
        reader = OrganReader(OrganContext.load(directory))
        return cls(load_vocabulary(directory), reader, load_ignored(directory))

    def find(self, text: str) -> tuple[Mention, ...]:
        """Return the mentions in a message, in its order; offsets are into `text`."""
        words = self._words(text)
        spans = [(start, end) for _, start, end in self._matcher(words.doc)]
        candidates = [c for start, end in spans for c in self._plain(words, start, end)]
        organs = self._organ_spans(words, spans, candidates)
        candidates.extend(self.reader.read(words.lower, organs))
        return tuple(self._mention(words, candidate) for candidate in settle(candidates))

    def values(self, kind: str) -> tuple[str, ...]:
        """Return the closed values of a kind."""
        return tuple(self._kind(kind))

    def name(self, kind: str, value: str) -> str:
        """Return how a value reads inside a sentence ("the brain")."""
        return self._entry(kind, value).name

    def label(self, kind: str, value: str) -> str:
        """Return how a value reads on a button ("Brain")."""
        return self._entry(kind, value).label

    def as_cancer_type(self, value: str) -> str | None:
        """Return the cancer that begins in the organ of a bare mention; None if there is none."""
        return value if value in self._kind("cancer_type") else None

    def as_body_site(self, value: str) -> str | None:
        """Return the place that the organ of a bare mention is.

        "other" for an organ that is no main site of spread; None for what is no organ (lymphoma).
        """
        if value in self._kind("body_site"):
            return value
        entry = self._kind("cancer_type").get(value)
        return "other" if entry is not None and entry.organs else None

    def _kind(self, kind: str) -> dict[str, Entry]:
        if kind not in self.vocabulary:
            raise LexiconError(f"There is no kind '{kind}': use one of {sorted(self.vocabulary)}.")
        return self.vocabulary[kind]

    def _entry(self, kind: str, value: str) -> Entry:
        entries = self._kind(kind)
        if value not in entries:
            raise LexiconError(f"'{value}' is no {kind}: use one of {sorted(entries)}.")
        return entries[value]

    def _words(self, text: str) -> Words:
        return Words.of(text, self._pipeline)

    def _add(self, term: str, meaning: Meaning) -> None:
        # spaCy splits "u.s." and "U.S." differently, and people write hyphens as they like
        variants = {term, term.replace("-", " "), term.replace("-", "")}
        variants |= {term.upper()} if "." in term else set()
        for phrase in {self._words(variant).lower for variant in variants}:
            meanings = self._meanings.setdefault(phrase, [])
            if meaning not in meanings:
                meanings.append(meaning)

    def _add_entry(self, entry: Entry) -> None:
        kind, value = entry.kind, entry.value
        for term in entry.terms:
            self._add(term, Meaning(kind, value))
        for term in entry.exact:
            self._add(term, Meaning(kind, value, exact=term))
        for term in entry.alone:
            self._add(term, Meaning(kind, value, alone=True))
        for guard in entry.guarded:
            self._add(guard.term, Meaning(kind, value, guard=guard))
        for attribute, strength in _STRENGTHS:
            for term in getattr(entry, attribute):
                self._add_organ(self._words(term).lower, entry, strength)

    def _add_organ(self, phrase: Phrase, entry: Entry, strength: Strength) -> None:
        known = self._organs.get(phrase, Organ(None, None, strength))
        if entry.kind == "body_site":
            self._organs[phrase] = Organ(entry.value, known.cancer, known.strength)
        else:
            self._organs[phrase] = Organ(known.site, entry.value, known.strength)

    def _plain(self, words: Words, first: int, last: int) -> Iterator[Candidate]:
        for meaning in self._meanings.get(words.lower[first:last], ()):
            if _applies(meaning, words, first, last):
                yield Candidate(first, last, meaning.kind, meaning.value)

    def _organ_spans(
        self, words: Words, spans: list[tuple[int, int]], candidates: list[Candidate]
    ) -> list[OrganSpan]:
        """Return the organs, the longest where they overlap, none inside an ignored phrase."""
        blocked = {i for c in candidates if c.kind == IGNORED for i in range(c.first, c.last)}
        organs: list[OrganSpan] = []
        for first, last in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
            organ = self._organs.get(words.lower[first:last])
            if organ is None or blocked.intersection(range(first, last)):
                continue
            organs.append(OrganSpan(first, last, organ))
            blocked.update(range(first, last))
        return sorted(organs, key=lambda span: span.first)

    def _mention(self, words: Words, found: Candidate) -> Mention:
        start, end = words.span(found.first, found.last)
        return Mention(found.kind, found.value, start, end, words.text[start:end], found.bare)


def _applies(meaning: Meaning, words: Words, first: int, last: int) -> bool:
    """Return whether the conditions of a meaning hold at these words."""
    if meaning.exact is not None and (
        words.shouted or words.text[slice(*words.span(first, last))] != meaning.exact
    ):
        return False
    if meaning.alone and any(
        token.text.isalnum() for token in (*words.tokens[:first], *words.tokens[last:])
    ):
        return False
    return meaning.guard is None or holds(meaning.guard, words, first, last)
