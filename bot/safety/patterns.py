"""The little language in which rules are written, and its compiled form.

    CANNOT ... LEG              these in this order, with up to six words between
    CANNOT (move|lift) LEG      in this order, with up to two words between each
    on_the_floor                a fixed phrase: nothing between
    (is|could)_(it|this)        nothing between these two
    can !(I|my)                 "can", not followed at once by one of these
    gone !(*)                   "gone", with no word following at once
    LEG & WEAK                  in any order, in one sentence, within eight words
    CANNOT FEEL & LEG           the two groups in any order

Capitals name a concept of the vocabulary, brackets hold alternatives (concepts or phrases), other
words stand for themselves.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.safety.datafiles import SafetyDataError, only_keys, strings
from bot.safety.vocabulary import Vocabulary, is_concept_name

Item = tuple[str, ...]
ANY_WORD = "*"
DEFAULT_WITHIN = 8
DEFAULT_GAP = 2
_GAPS = {"...": 6, "_": 0}
_PARTS = re.compile(r"!?\([^()]*\)|\.\.\.|(?<=\))_(?=\()|&|[^\s()&]+")
_KEYS = frozenset({"match", "gap", "within", "unless", "unless_anywhere", "needs_anywhere"})


@dataclass(frozen=True)
class Part:
    """Items that follow one another.

    Attributes:
        items: what to find, from left to right.
        gaps: the most words allowed before each item.
        barred: for each item, what must not follow it at once.
    """

    items: tuple[Item, ...]
    gaps: tuple[int, ...]
    barred: tuple[Item, ...]


@dataclass(frozen=True)
class Pattern:
    """Parts that stand near one another in any order, and what must or must not stand there.

    Attributes:
        parts: the groups to find, all in one sentence.
        within: the most words from the first group to the last.
        unless: concepts that void the match when they stand near it.
        unless_anywhere: concepts that void the match anywhere in the message.
        needs_anywhere: concepts of which one must occur somewhere in the message.
    """

    parts: tuple[Part, ...]
    within: int = DEFAULT_WITHIN
    unless: Item = ()
    unless_anywhere: Item = ()
    needs_anywhere: Item = ()


def compile_pattern(entry: Any, defaults: Mapping[str, Any], vocabulary: Vocabulary) -> Pattern:
    """Compile a pattern, given as a text or as a mapping with `match` and conditions.

    Args:
        entry: the pattern as it stands in the data.
        defaults: conditions of the whole rule (`gap`, `within`, `unless`, ...).
        vocabulary: the concepts; words of the pattern are added to it.

    Raises:
        SafetyDataError: the pattern is empty, names an unknown concept or has an unknown key.
    """
    fields = dict(entry) if isinstance(entry, dict) else {"match": entry}
    where = f"pattern {fields.get('match')!r}"
    only_keys(fields, _KEYS, where)
    source = fields.get("match")
    if not isinstance(source, str) or not source.strip():
        raise SafetyDataError(f"{where}: give the words to match.")
    groups = [group.strip() for group in source.split("&")]
    gap = int(fields.get("gap", defaults.get("gap", DEFAULT_GAP)))
    return Pattern(
        parts=tuple(_compile_part(group, gap, vocabulary, where) for group in groups),
        within=int(fields.get("within", defaults.get("within", DEFAULT_WITHIN))),
        unless=_condition("unless", fields, defaults, vocabulary, where),
        unless_anywhere=_condition("unless_anywhere", fields, defaults, vocabulary, where),
        needs_anywhere=_condition("needs_anywhere", fields, defaults, vocabulary, where),
    )


def compile_item(text: str, vocabulary: Vocabulary, where: str) -> Item:
    """Compile one item: a concept, a phrase with underscores, or alternatives in brackets.

    Raises:
        SafetyDataError: it names a concept that does not exist.
    """
    if text.strip("()") == ANY_WORD:
        return (ANY_WORD,)
    names: list[str] = []
    for choice in text.strip("()").split("|"):
        choice = choice.strip()
        if is_concept_name(choice):
            if choice not in vocabulary:
                raise SafetyDataError(f"{where}: no concept is called '{choice}'.")
            names.append(choice)
        elif choice:
            names.append(vocabulary.literal(choice.replace("_", " ")))
    if not names:
        raise SafetyDataError(f"{where}: an item is empty.")
    return tuple(names)


def compile_items(texts: tuple[str, ...], vocabulary: Vocabulary, where: str) -> Item:
    """Compile a list of single items into one set of alternatives."""
    return tuple(name for text in texts for name in compile_item(text, vocabulary, where))


def _compile_part(group: str, usual_gap: int, vocabulary: Vocabulary, where: str) -> Part:
    items: list[Item] = []
    gaps: list[int] = []
    barred: list[Item] = []
    gap = usual_gap
    for piece in _PARTS.findall(group):
        if piece in _GAPS:
            gap = _GAPS[piece]
        elif piece.startswith("!") and barred:
            barred[-1] = compile_item(piece[1:], vocabulary, where)
        else:
            items.append(compile_item(piece, vocabulary, where))
            gaps.append(gap)
            barred.append(())
            gap = usual_gap
    if not items:
        raise SafetyDataError(f"{where}: a side of '&' is empty.")
    return Part(tuple(items), tuple(gaps), tuple(barred))


def _condition(
    key: str,
    fields: Mapping[str, Any],
    defaults: Mapping[str, Any],
    vocabulary: Vocabulary,
    where: str,
) -> Item:
    texts = (*strings(fields.get(key), where), *strings(defaults.get(key), where))
    return compile_items(texts, vocabulary, where)
