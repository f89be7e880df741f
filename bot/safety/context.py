"""Clinical context: words that make a complaint absent, past, supposed, asked about or figurative.

After ConText (Harkema et al., J Biomed Inform 2009): a cue opens a scope of words, forward,
backward, over both sides, or over the cue itself; the scope ends at its reach, at the sentence's
end or at a word that stops it; a complaint inside the scope does not count. Which categories a
cue can silence is data, so that a denial never silences what a supposition may.
"""

from __future__ import annotations

from bot.safety.document import Document
from bot.safety.matching import Match
from bot.safety.scopes import Scope, ScopeFinder
from bot.safety.verdicts import Category
from bot.safety.vocabulary import TokenSpan

_LOWER = {
    Category.EMERGENCY: Category.URGENT,
    Category.URGENT: Category.SYMPTOM,
}


class Context:
    """The scopes of one document."""

    def __init__(self, document: Document, finder: ScopeFinder) -> None:
        """Find every scope."""
        self._over: dict[int, list[Scope]] = {}
        for scope in finder.scopes(document):
            first, last = min(scope.cue[0], scope.span[0]), max(scope.cue[1], scope.span[1])
            for token in range(first, last):
                self._over.setdefault(token, []).append(scope)

    def judge(self, match: Match, category: Category) -> Category | None:
        """Return what `category` comes to for this match: itself, one tier less, or nothing."""
        lowered = False
        for token in (token for span in match for token in range(*span)):
            for scope in self._over.get(token, ()):
                if category in scope.modifier.silences and _applies(scope, match):
                    if not scope.modifier.lowers:
                        return None
                    lowered = True
        return _LOWER.get(category) if lowered else category


def _applies(scope: Scope, match: Match) -> bool:
    """Whether the scope silences the match; a cue that is itself part of it does not."""
    if scope.modifier.where == "itself":
        return any(scope.cue[0] <= start and end <= scope.cue[1] for start, end in match)
    part_of_match = _covers(match, scope.cue) and not scope.modifier.covers_all
    if part_of_match or (scope.modifier.yields and _overlaps(scope.cue, match)):
        return False
    outside = [span for span in match if not _overlaps(scope.cue, (span,))]
    if not outside:
        return True
    inside = [scope.span[0] <= start and end <= scope.span[1] for start, end in outside]
    return all(inside) if scope.modifier.covers_all else any(inside)


def _covers(match: Match, cue: TokenSpan) -> bool:
    """Whether every word of the cue belongs to the match."""
    words = {token for span in match for token in range(*span)}
    return words.issuperset(range(*cue))


def _overlaps(cue: TokenSpan, match: Match) -> bool:
    return any(start < cue[1] and cue[0] < end for start, end in match)
