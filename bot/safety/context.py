"""Clinical context: words that make a complaint absent, past, supposed, asked about or figurative.

After ConText (Harkema et al., J Biomed Inform 2009): a cue opens a scope of words, forward,
backward, over both sides, or over the cue itself; the scope ends at its reach, at the sentence's
end or at a word that stops it; a complaint inside the scope does not count. Which categories a
cue can silence is data, so that a denial never silences what a supposition may.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.safety.datafiles import SafetyDataError, only_keys, strings
from bot.safety.document import Document
from bot.safety.index import PatternIndex
from bot.safety.matching import Match, find_matches
from bot.safety.patterns import Item, Pattern, compile_items, compile_pattern
from bot.safety.verdicts import Category
from bot.safety.vocabulary import TokenSpan, Vocabulary

_KEYS = frozenset(
    {"id", "why", "cues", "not_cues", "where", "reach", "stops", "passes", "silences", "lowers",
     "covers", "opening", "gap", "unless", "pause_stops", "lists",
     "yields", "void_by"}
)  # fmt: skip
_ITEM_KEYS = ("stops", "passes", "lists", "void_by")
_CONTRAST = ("CONTRAST",)
_LIST_REACH = 4
_WHERE = frozenset({"after", "before", "around", "itself"})


@dataclass(frozen=True)
class Modifier:
    """One family of cues.

    Attributes:
        modifier_id: its readable id ("negation").
        cues: patterns of the words that open a scope.
        not_cues: patterns of longer phrases in which a cue does not count ("not only").
        where: which side of the cue its scope lies on.
        reach: the most words in a scope.
        stops: concepts that end a scope.
        passes: concepts in which a stop does not count ("my cancer" does not end a question).
        silences: categories that do not count inside the scope.
        lowers: a complaint inside the scope counts one tier lower instead of not at all.
        covers_all: the scope must hold the whole complaint, not only a part of it.
        opening: the cue counts only where a "sentence" begins, or a "clause" (after a comma too);
            the empty string means anywhere.
        pause_stops: a comma ends the scope,
        lists: unless one of these words follows soon, as in an enumeration.
        yields: a cue does not count when any of its words belongs to the complaint itself.
        void_by: a cue does not count in a sentence that holds one of these concepts.
    """

    modifier_id: str
    cues: tuple[Pattern, ...]
    not_cues: tuple[Pattern, ...]
    where: str
    reach: int
    stops: Item
    passes: Item
    silences: frozenset[Category]
    lowers: bool
    covers_all: bool
    opening: str
    pause_stops: bool
    lists: Item
    yields: bool
    void_by: Item


@dataclass(frozen=True)
class _Scope:
    modifier: Modifier
    cue: TokenSpan
    span: TokenSpan


class Modifiers:
    """All families of cues, indexed by their words."""

    def __init__(
        self, modifiers: Iterable[Modifier], lead_in: Item, vocabulary: Vocabulary
    ) -> None:
        """Index the cues; `lead_in` are words that may stand before a sentence's opening."""
        self.lead_in = lead_in
        self.all = tuple(modifiers)
        self._cues = tuple((each, cue) for each in self.all for cue in each.cues)
        self._index = PatternIndex((cue for _, cue in self._cues), vocabulary)

    def scopes(self, document: Document) -> Iterable[_Scope]:
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
                if opens and not void and cue[0] not in pseudo[modifier.modifier_id]:
                    for span in _spans(modifier, cue, document):
                        yield _Scope(modifier, cue, span)


class Context:
    """The scopes of one document."""

    def __init__(self, document: Document, modifiers: Modifiers) -> None:
        """Find every scope."""
        self._over: dict[int, list[_Scope]] = {}
        for scope in modifiers.scopes(document):
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


_LOWER = {
    Category.EMERGENCY: Category.URGENT,
    Category.URGENT: Category.SYMPTOM,
}


def compile_modifier(entry: Mapping[str, Any], vocabulary: Vocabulary) -> Modifier:
    """Compile one entry of `safety_context:`.

    Raises:
        SafetyDataError: a key is unknown or missing, or a value is outside its closed set.
    """
    where = f"context '{entry.get('id')}'"
    only_keys(entry, _KEYS, where)
    try:
        side, silences = entry["where"], entry["silences"]
        categories = frozenset(Category(name) for name in silences)
    except (KeyError, ValueError) as error:
        raise SafetyDataError(f"{where}: missing or unknown value: {error}.") from error
    if side not in _WHERE:
        raise SafetyDataError(f"{where}: 'where' must be one of {sorted(_WHERE)}.")
    items = {key: _items(entry, key, vocabulary, where) for key in _ITEM_KEYS}
    defaults = {key: entry[key] for key in ("gap", "unless") if key in entry}
    not_defaults = {"gap": 0}
    return Modifier(
        modifier_id=str(entry["id"]),
        cues=tuple(compile_pattern(cue, defaults, vocabulary) for cue in entry["cues"]),
        not_cues=tuple(
            compile_pattern(c, not_defaults, vocabulary) for c in entry.get("not_cues", ())
        ),
        where=side,
        reach=int(entry.get("reach", 6)),
        stops=items["stops"],
        passes=items["passes"],
        silences=categories,
        lowers=entry.get("lowers") == "true",
        covers_all=entry.get("covers", "any") == "all",
        opening=str(entry.get("opening", "")),
        pause_stops=entry.get("pause_stops") == "true",
        lists=items["lists"],
        yields=entry.get("yields") == "true",
        void_by=items["void_by"],
    )


def _items(entry: Mapping[str, Any], key: str, vocabulary: Vocabulary, where: str) -> Item:
    return compile_items(strings(entry.get(key), where), vocabulary, where)


def _applies(scope: _Scope, match: Match) -> bool:
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
