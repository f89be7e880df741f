"""Finding a compiled pattern in a document.

The cost grows with the number of times the pattern's rarest group occurs: each looks only at its
nearest neighbours, so a long message costs in proportion to its length.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, product

from bot.safety.document import Document
from bot.safety.patterns import ANY_WORD, Item, Part, Pattern
from bot.safety.vocabulary import TokenSpan

Match = tuple[TokenSpan, ...]
_UNLESS_REACH = 3
_LONGEST_PHRASE = 12


def find_matches(pattern: Pattern, document: Document) -> Iterator[Match]:
    """Yield each way in which `pattern` stands in `document`, as the spans of its items."""
    if not _possible(pattern, document):
        return
    groups: list[list[Match]] = []
    for part in pattern.parts:
        groups.append(list(_chains(part, document)))
        if not groups[-1]:
            return
    for match in _combined(groups, pattern.within, document):
        if not (pattern.unless and _stands_near(pattern.unless, match, document)):
            yield match


def _possible(pattern: Pattern, document: Document) -> bool:
    if pattern.needs_anywhere and not document.mentions(pattern.needs_anywhere):
        return False
    return not (pattern.unless_anywhere and document.mentions(pattern.unless_anywhere))


def _chains(part: Part, document: Document) -> Iterator[Match]:
    """Yield the occurrences of items that follow one another within their gaps."""
    for first in _beginnings(part, document):
        if _is_barred(part.barred[0], first[1], document):
            continue
        if len(part.items) == 1:
            yield (first,)
        else:
            chain = _continue(part, 1, (first,), document)
            if chain:
                yield chain


def _beginnings(part: Part, document: Document) -> Sequence[TokenSpan]:
    """Return where the first item occurs, near enough before the part's rarest item to count."""
    counts = [document.commonness(item) for item in part.items]
    rarest = min(range(len(counts)), key=counts.__getitem__)
    if counts[0] <= 2 * counts[rarest]:
        return document.occurrences(part.items[0])
    reach = sum(part.gaps[1 : rarest + 1]) + _LONGEST_PHRASE * rarest
    near: set[TokenSpan] = set()
    for start, _ in document.occurrences(part.items[rarest]):
        near.update(document.starting_between(part.items[0], start - reach, start))
    return sorted(near)


def _continue(part: Part, index: int, chain: Match, document: Document) -> Match | None:
    end = chain[-1][1]
    for span in document.starting_between(part.items[index], end, end + part.gaps[index]):
        last = end - 1
        if not document.together(last, span[0]) or document.gap(last, span[0]) > part.gaps[index]:
            break
        if _is_barred(part.barred[index], span[1], document):
            continue
        longer = (*chain, span)
        if index + 1 == len(part.items):
            return longer
        whole = _continue(part, index + 1, longer, document)
        if whole:
            return whole
    return None


def _is_barred(names: Item, token: int, document: Document) -> bool:
    """Whether one of the concepts begins at `token`, or any word that follows without a break."""
    if names == (ANY_WORD,):
        return document.goes_on(token)
    return bool(names) and bool(document.starting_between(names, token, token))


def _combined(groups: Sequence[list[Match]], within: int, document: Document) -> Iterator[Match]:
    """Yield one match of each group where all stand near one another."""
    rarest = min(range(len(groups)), key=lambda index: len(groups[index]))
    others = [group for index, group in enumerate(groups) if index != rarest]
    cursors = [0] * len(others)
    for anchor in groups[rarest]:
        choices: list[list[Match]] = []
        for index, group in enumerate(others):
            cursors[index] = _advance(group, cursors[index], anchor[0][0])
            choices.append(_neighbours(group, cursors[index], anchor, within, document))
        for combination in product(*choices):
            whole = tuple(sorted(span for match in (anchor, *combination) for span in match))
            if _disjoint(whole) and _extent(whole, document) <= within:
                yield whole


def _advance(group: list[Match], cursor: int, start: int) -> int:
    while cursor < len(group) and group[cursor][0][0] < start:
        cursor += 1
    return cursor


def _neighbours(
    group: list[Match], cursor: int, anchor: Match, within: int, document: Document
) -> list[Match]:
    """Return at most two matches on each side of the anchor that can stand with it."""
    near: list[Match] = []
    for match in group[max(0, cursor - 2) : cursor + 3]:
        first, last = min(anchor[0][0], match[0][0]), max(anchor[-1][1], match[-1][1]) - 1
        if document.together(first, last) and document.gap(first, last) <= within + 1:
            near.append(match)
    return near


def _disjoint(spans: Match) -> bool:
    return all(one[1] <= other[0] for one, other in pairwise(spans))


def _extent(spans: Match, document: Document) -> int:
    """Return how many words stand between the two ends of the match."""
    return document.gap(spans[0][0], spans[-1][1] - 1) if spans[-1][1] - 1 > spans[0][0] else 0


def _stands_near(items: Item, match: Match, document: Document) -> bool:
    first, last = match[0][0], match[-1][1] - 1
    reach = _UNLESS_REACH
    return any(
        document.together(first, span[0])
        for span in document.starting_between(items, first - reach, last + reach)
    )
