"""Organs in a text, joined into groups, each with the head after it and the words around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Literal

from bot.lexicon.organ_context import OrganContext, Surroundings, look_left, look_right
from bot.lexicon.organ_cues import Reading, is_verb_of_spread, read_left

Strength = Literal["noun", "adjective", "located"]
_GAP = 4
_HEAD_REACH = 5


class Head(Enum):
    """What kind of word follows an organ."""

    CANCER = "cancer"
    SPREAD = "spread"


@dataclass(frozen=True)
class Organ:
    """What a word for an organ can mean: the site and the cancer, where the vocabulary has them.

    An adjective ("hepatic") and an everyday place ("hip", "located") are no mention on their own.
    """

    site: str | None
    cancer: str | None
    strength: Strength

    @property
    def is_main_site(self) -> bool:
        """Whether the vocabulary names this place as one of its own."""
        return self.site is not None and self.site != "other"


@dataclass(frozen=True)
class OrganSpan:
    """An organ at the words `first` to `last` (exclusive)."""

    first: int
    last: int
    organ: Organ


@dataclass(frozen=True)
class Group:
    """Coordinated organs and how the words around them are read.

    `last` is the end with the head, `left` the reading of the words before alone, `reading` the
    verdict, `qualifiers` the words that modify the head ("metastatic").
    """

    spans: tuple[OrganSpan, ...]
    head: Head | None
    last: int
    left: Reading
    reading: Reading
    qualifiers: frozenset[str]


def join_spans(
    spans: Sequence[OrganSpan], lower: tuple[str, ...], ctx: OrganContext
) -> list[list[OrganSpan]]:
    """Join organs that are coordinated, or listed without a word between ("my bones liver")."""
    groups: list[list[OrganSpan]] = []
    for span in spans:
        if groups and _belong_together(groups[-1][-1], span, lower, ctx):
            groups[-1].append(span)
        else:
            groups.append([span])
    return groups


def _belong_together(
    one: OrganSpan, other: OrganSpan, lower: tuple[str, ...], ctx: OrganContext
) -> bool:
    between = lower[one.last : other.first]
    if not between:
        named = find_head(lower, other.last, ctx)[0] is Head.CANCER
        return not named and one.organ != other.organ
    lists = ("coordinators", "determiners", "repeated_prepositions")
    linking = all(any(ctx.has(name, word) for name in lists) for word in between)
    return len(between) <= _GAP and linking and ctx.any_of("coordinators", between)


def find_head(
    lower: tuple[str, ...], last: int, ctx: OrganContext
) -> tuple[Head | None, int, frozenset[str]]:
    """Return the head after the words up to `last`, its end, and the modifiers passed."""
    passed: set[str] = set()
    for index in range(last, min(last + _HEAD_REACH, len(lower))):
        word = lower[index]
        following = lower[index + 1] if index + 1 < len(lower) else ""
        is_head = ctx.has("cancer_heads", word) or ctx.has("spread_heads", word)
        if is_head and not (ctx.has("modifiers", word) and ctx.has("cancer_heads", following)):
            if following in {"n't", "nt"}:  # "can't" is tokenized "ca n't"
                break
            head = Head.CANCER if ctx.has("cancer_heads", word) else Head.SPREAD
            return head, index + 1, frozenset(passed)
        if not (ctx.has("modifiers", word) or ctx.has("transparent", word)):
            break
        passed.add(word)
    return None, last, frozenset()


def _read_group(
    spans: list[OrganSpan],
    following: Sequence[list[OrganSpan]],
    lower: tuple[str, ...],
    named_until: int,
    ctx: OrganContext,
) -> Group:
    first, last = spans[0].first, spans[-1].last
    left_words, adjacent = look_left(lower, first, named_until, ctx)
    around = Surroundings(left_words, look_right(lower, last), adjacent)
    left = read_left(around, ctx)
    qualifiers = frozenset(around.left[-1:])
    head, end, passed = find_head(lower, last, ctx)
    verbal = is_verb_of_spread(around, ctx)
    if head is not None and not (verbal and head is Head.SPREAD):
        reading = Reading.ORIGIN if head is Head.CANCER else Reading.PLACE
        return Group(tuple(spans), head, end, left, reading, qualifiers | passed)
    onward = ctx.any_of("onward_prepositions", around.right[:1])
    to_next = onward and any(s[0].first <= last + _GAP for s in following[:1])
    asked = left is Reading.NONE and (verbal or to_next)
    reading = Reading.ORIGIN if asked else left
    return Group(tuple(spans), None, last, left, reading, qualifiers)


def read_groups(
    lower: tuple[str, ...], spans: Sequence[OrganSpan], ctx: OrganContext
) -> list[Group]:
    """Return the groups of a text in order; a cancer named in one is known to the next."""
    joined = join_spans(spans, lower, ctx)
    groups: list[Group] = []
    named_until = 0
    for index, members in enumerate(joined):
        group = _read_group(members, joined[index + 1 :], lower, named_until, ctx)
        if group.head is Head.CANCER:
            named_until = group.last
        groups.append(group)
    return groups
