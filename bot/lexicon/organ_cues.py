"""What the words beside an organ say: the cancer began there, or went there.

Each function documents the wordings it must read; the words are in ``organ_context.yml``.
"""

from __future__ import annotations

from enum import Enum

from bot.lexicon.organ_context import NAMED_CANCER, OrganContext, Surroundings

_VERB_WINDOW = 6


class Reading(Enum):
    """How certain words around an organ make its reading."""

    ORIGIN = "the cancer began here"
    PLACE = "the cancer went here"
    HOUSED = "a cancer or tumor is here"
    WITHIN = "something is here"
    NONE = "nothing is said"


def _nearest(window: tuple[str, ...], ctx: OrganContext) -> str:
    """Return which list the nearest telling word belongs to, or an empty text."""
    for word in reversed(window[-_VERB_WINDOW:]):
        if word == NAMED_CANCER:
            return NAMED_CANCER
        for name in ("spread_verbs", "origin_verbs", "motion_verbs", "cancer_heads"):
            if ctx.has(name, word):
                return name
    return ""


def _read_adjacent(word: str, before: str, ctx: OrganContext) -> Reading:
    """Read the word before: "ca breast", "stage 4 lung", "metastatic breast", "mets liver"."""
    staged = before == "stage" and ctx.has("stages", word)
    if staged or ctx.has("cancer_heads", word) or ctx.has("qualifiers", word):
        return Reading.ORIGIN
    return Reading.PLACE if ctx.has("spread_heads", word) else Reading.NONE


def _read_preposition(word: str, window: tuple[str, ...], ctx: OrganContext) -> Reading:
    """Read "started in the", "spread to my", "gone into the", "tumors in her", "in my"."""
    nearest = _nearest(window, ctx)
    onward = ctx.has("onward_prepositions", word)
    if nearest in {"spread_verbs", NAMED_CANCER} or (onward and nearest):
        return Reading.PLACE
    if nearest == "origin_verbs":
        return Reading.ORIGIN
    if nearest == "cancer_heads":
        return Reading.HOUSED
    return Reading.WITHIN if ctx.has("strict_place_prepositions", word) else Reading.NONE


def _read_of(before: str, ctx: OrganContext) -> Reading:
    """Read "cancer of the", "metastasis of the"."""
    if ctx.has("cancer_heads", before):
        return Reading.ORIGIN
    return Reading.PLACE if ctx.has("spread_heads", before) else Reading.NONE


def read_left(around: Surroundings, ctx: OrganContext) -> Reading:
    """Read the words before an organ.

    "from the" and "beyond the" name the origin when spread or cancer is spoken of, "diagnosed with"
    and "primary is" always; "reached the" and "affecting my" name the place.
    """
    if not around.left:
        return Reading.NONE
    word, window = around.left[-1], around.left[:-1]
    before = window[-1] if window else ""
    if ctx.has("direct_verbs", word):
        return Reading.PLACE
    if ctx.has("beyond", word):
        known = _nearest(window, ctx) or around.right[:1] == ("to",)
        return Reading.ORIGIN if known else Reading.NONE
    if word == "of":
        return _read_of(before, ctx)
    if word == "with":
        return Reading.ORIGIN if before == "diagnosed" else Reading.NONE
    if ctx.has("being", word):
        return Reading.ORIGIN if ctx.any_of("origin_nouns", window[-3:]) else Reading.NONE
    if ctx.has("place_prepositions", word):
        return _read_preposition(word, window, ctx)
    return _read_adjacent(word, before, ctx) if around.adjacent else Reading.NONE


def is_verb_of_spread(around: Surroundings, ctx: OrganContext) -> bool:
    """Return whether the word after an organ is a verb: "does lung spread", "breast goes to"."""
    if not around.right:
        return False
    following = around.right[1] if len(around.right) > 1 else ""
    onward = ctx.has("onward_prepositions", following)
    if ctx.has("verbs_of_spread", around.right[0]):
        return onward or ctx.any_of("asking_verbs", around.left[-4:])
    return onward and ctx.has("motion_verbs", around.right[0])
