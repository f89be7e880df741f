"""The way in: one message and what came before it, to one verdict.

Order of precedence: the categories in the order of `Category`; among hits of one category the
first rule of the data. Combinations are judged last, over the findings of this and earlier
messages, and count like any other hit.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.safety.combine import AMBER, EMPTY, ConversationContext, observe
from bot.safety.context import Context
from bot.safety.document import Document
from bot.safety.length import LONGEST, both_ends
from bot.safety.matching import Match, find_matches
from bot.safety.patterns import Pattern
from bot.safety.people import is_about_other_person
from bot.safety.rules import Rule, SafetyData, load_safety_data
from bot.safety.temperature import read_temperatures
from bot.safety.verdicts import Assessment, Category

__all__ = ["EMPTY", "GUARD_FAILED", "ConversationContext", "SafetyCore", "observe"]

GUARD_FAILED = "guard-failed"
FEVER_WORDS = frozenset({"fever", "hot", "chills", "low_temperature"})
_COURSE = ("COURSE",)
_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Hit:
    category: Category
    rule_id: str
    match: Match
    findings: tuple[str, ...]


class SafetyCore:
    """The compiled rules; stateless after loading, so one instance serves every conversation."""

    def __init__(self, data: SafetyData) -> None:
        """Keep the compiled data; use `load` to read it from a directory."""
        self.data = data

    @classmethod
    def load(cls, directory: Path) -> SafetyCore:
        """Read and compile the safety data of `directory`.

        Raises:
            SafetyDataError: the data is missing or inconsistent; the message says what to mend.
        """
        return cls(load_safety_data(directory))

    def assess(self, text: str, context: ConversationContext = EMPTY) -> Assessment:
        """Return the verdict on `text` after the messages that `context` remembers.

        Never raises. If the assessment itself fails, the verdict is `urgent` with the rule id
        "guard-failed": "call your care team today" is safe advice for whatever was not
        understood, while the emergency number for every fault would teach people to ignore it,
        and silence would fail open. Of a text beyond `LONGEST` characters the first and the last
        half of that many are read.
        """
        try:
            return self._assess(_shortened(text), context)
        except Exception:
            _logger.error("The safety assessment failed; the message is treated as urgent.")
            return Assessment(Category.URGENT, GUARD_FAILED)

    def _assess(self, text: str, context: ConversationContext) -> Assessment:
        document = Document(text, self.data.vocabulary, self.data.wording)
        if not document.tokens:
            return Assessment()
        scopes = Context(document, self.data.scope_finder)
        hits = [*self._rule_hits(document, scopes), *self._fevers(document, scopes, context)]
        hits = _each_amber_once(hits, document)
        hits += self._combinations(hits, context)
        return _verdict(hits, document)

    def _rule_hits(self, document: Document, scopes: Context) -> Iterator[_Hit]:
        """Yield each rule's most pressing hit, in the order of the data."""
        hits: dict[str, _Hit] = {}
        for position in self.data.rule_index.candidates(document):
            rule, pattern = self.data.rule_patterns[position]
            known = hits.get(rule.rule_id)
            if known is None or known.category is not rule.category:
                hit = _first_hit(rule, pattern, document, scopes)
                if hit and (known is None or hit.category > known.category):
                    hits[rule.rule_id] = hit
        yield from hits.values()

    def _fevers(
        self, document: Document, scopes: Context, context: ConversationContext
    ) -> Iterator[_Hit]:
        expected = not FEVER_WORDS.isdisjoint(context.findings)
        seen: set[str] = set()
        for reading in read_temperatures(document, expected):
            for band in self.data.bands:
                if band.rule_id in seen or not band.holds(reading):
                    continue
                category = scopes.judge((reading.span,), band.category)
                if category is not None:
                    seen.add(band.rule_id)
                    findings = _findings(category, "fever", band.finds)
                    yield _Hit(category, band.rule_id, (reading.span,), findings)

    def _combinations(self, hits: Sequence[_Hit], context: ConversationContext) -> Iterator[_Hit]:
        new = {finding for hit in hits for finding in hit.findings}
        for combination in self.data.combinations:
            if combination.completed_by(new, context.findings):
                match = tuple(sorted({span for hit in hits if hit.findings for span in hit.match}))
                yield _Hit(combination.category, combination.rule_id, match, ())


def _first_hit(rule: Rule, pattern: Pattern, document: Document, scopes: Context) -> _Hit | None:
    """Return the first match at full strength, else the first that context has lowered."""
    lowered: _Hit | None = None
    for match in find_matches(pattern, document):
        category = scopes.judge(match, rule.category)
        if category is None:
            continue
        hit = _Hit(category, rule.rule_id, match, _findings(category, rule.sign, rule.finds))
        if category is rule.category:
            return hit
        lowered = lowered or hit
    return lowered


def _findings(category: Category, sign: str, finds: tuple[str, ...]) -> tuple[str, ...]:
    return (*finds, f"{AMBER}{sign}") if category is Category.URGENT else finds


def _each_amber_once(hits: Sequence[_Hit], document: Document) -> list[_Hit]:
    """Take the amber sign from a hit on words that an earlier amber hit has already counted.

    "My back pain is unbearable" is one sign, though two rules see it; words that only tell the
    course ("worse", "at night") may be shared.
    """
    course = {token for span in document.occurrences(_COURSE) for token in range(*span)}
    counted: set[int] = set()
    kept: list[_Hit] = []
    for hit in hits:
        if hit.category is Category.URGENT:
            tokens = {token for span in hit.match for token in range(*span)} - course
            if not tokens.isdisjoint(counted):
                findings = tuple(name for name in hit.findings if not name.startswith(AMBER))
                hit = replace(hit, findings=findings)
            counted |= tokens
        kept.append(hit)
    return kept


def _verdict(hits: Sequence[_Hit], document: Document) -> Assessment:
    findings = tuple(sorted({finding for hit in hits for finding in hit.findings}))
    reported = [hit for hit in hits if hit.category is not Category.NONE]
    if not reported:
        return Assessment(findings=findings)
    ranked = sorted(reported, key=lambda hit: hit.category, reverse=True)
    first = ranked[0]
    return Assessment(
        category=first.category,
        rule_id=first.rule_id,
        spans=document.characters(first.match),
        about_other_person=is_about_other_person(first.match, document),
        signs=tuple((hit.category, hit.rule_id) for hit in ranked[1:]),
        findings=findings,
    )


def _shortened(text: str) -> str:
    return both_ends(text, LONGEST) if isinstance(text, str) else ""
