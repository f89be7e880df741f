"""Where the context cues of a message reach: each cue's scope, in tokens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.safety.document import Document
from bot.safety.index import PatternIndex
from bot.safety.matching import find_matches
from bot.safety.modifiers import Modifier
from bot.safety.patterns import Item
from bot.safety.vocabulary import TokenSpan, Vocabulary

_CONTRAST = ("CONTRAST",)
_LIST_REACH = 4


@dataclass(frozen=True)
class Scope:
    """The words that one cue governs.

    Attributes:
        modifier: the family of the cue.
        cue: the tokens of the cue itself.
        span: the tokens that it governs.
    """

    modifier: Modifier
    cue: TokenSpan
    span: TokenSpan


class ScopeFinder:
    """All families of cues, indexed by their words."""

    def __init__(
        self, modifiers: Iterable[Modifier], lead_in: Item, vocabulary: Vocabulary
    ) -> None:
        """Index the cues; `lead_in` are words that may stand before a sentence's opening."""
        self.lead_in = lead_in
        self.all = tuple(modifiers)
        self._cues = tuple((each, cue) for each in self.all for cue in each.cues)
        self._index = PatternIndex((cue for _, cue in self._cues), vocabulary)

    def scopes(self, document: Document) -> Iterable[Scope]:
        """Yield every scope of the document."""
        openings = _openings(document, self.lead_in)
        pseudo: dict[str, set[int]] = {}
        for position in self._index.candidates(document):
            modifier, pattern = self._cues[position]
            if modifier.modifier_id not in pseudo:
                pseudo[modifier.modifier_id] = _pseudo(modifier, document)
            for match in find_matches(pattern, document):
                cue = (match[0][0], match[-1][1])
                opens = not modifier.opening or cue[0] in openings[modifier.opening]
                void = document.sentence_holds(modifier.void_by, cue[0])
                counts = pseudo[modifier.modifier_id].isdisjoint(range(*cue))
                if opens and not void and counts:
                    for span in _spans(modifier, cue, document):
                        yield Scope(modifier, cue, span)


def _pseudo(modifier: Modifier, document: Document) -> set[int]:
    """Return the tokens of longer phrases in which the modifier's cues do not count."""
    return {
        token
        for pattern in modifier.not_cues
        if all(document.mentions(item) for part in pattern.parts for item in part.items)
        for match in find_matches(pattern, document)
        for span in match
        for token in range(*span)
    }


def _spans(modifier: Modifier, cue: TokenSpan, document: Document) -> Iterable[TokenSpan]:
    if modifier.where == "itself":
        yield cue
    if modifier.where in ("after", "around"):
        yield cue[1], _edge(modifier, cue[1], 1, document)
    if modifier.where in ("before", "around"):
        yield _edge(modifier, cue[0] - 1, -1, document) + 1, cue[0]


def _edge(modifier: Modifier, start: int, step: int, document: Document) -> int:
    """Walk from `start` until the scope ends; return the first token outside it."""
    position = start
    while 0 <= position < len(document.tokens) and abs(position - start) < modifier.reach:
        behind = position - step
        if not document.together(behind, position) or _is_stop(modifier, position, document):
            break
        paused = modifier.pause_stops and document.gap(*sorted((behind, position)))
        if paused and not _lists_on(modifier, position, document):
            break
        position += step
    return position


def _lists_on(modifier: Modifier, token: int, document: Document) -> bool:
    """Whether an enumeration goes on after a comma ("no fever, cough or rash")."""
    for start, _ in document.starting_between(modifier.lists, token, token + _LIST_REACH):
        return document.together(token, start)
    return False


def _is_stop(modifier: Modifier, token: int, document: Document) -> bool:
    if not any(
        span[0] == token for span in document.starting_between(modifier.stops, token, token)
    ):
        return False
    around = document.starting_between(modifier.passes, token - 2, token) if modifier.passes else []
    return not any(start <= token < end for start, end in around)


def _openings(document: Document, lead_in: Item) -> dict[str, set[int]]:
    """Return the tokens at which a sentence or a clause begins, greetings skipped."""
    skipped = {span[0]: span[1] for span in document.occurrences(lead_in)}
    contrasts = {span[1] for span in document.occurrences(_CONTRAST)}
    sentence: set[int] = set()
    clause: set[int] = set()
    for token in range(len(document.tokens)):
        first = token == 0 or not document.together(token - 1, token)
        if first or token in sentence or token in contrasts:
            sentence.add(token)
            sentence.add(skipped.get(token, token))
        if token in sentence or document.gap(token - 1, token):
            clause.add(token)
            clause.add(skipped.get(token, token))
    return {"sentence": sentence, "clause": clause}
