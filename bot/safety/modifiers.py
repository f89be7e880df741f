"""Families of context cues ("no", "ten years ago", "what if"): their records, from data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.safety.datafiles import SafetyDataError, only_keys, strings
from bot.safety.patterns import Item, Pattern, compile_items, compile_pattern
from bot.safety.verdicts import Category
from bot.safety.vocabulary import Vocabulary

_KEYS = frozenset(
    {"id", "why", "cues", "not_cues", "where", "reach", "stops", "passes", "silences", "lowers",
     "covers", "opening", "gap", "unless", "pause_stops", "lists", "yields", "void_by"}
)  # fmt: skip
_ITEM_KEYS = ("stops", "passes", "lists", "void_by")
_WHERE = frozenset({"after", "before", "around", "itself"})
_OPENINGS = frozenset({"", "sentence", "clause"})


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
    if side not in _WHERE or entry.get("opening", "") not in _OPENINGS:
        raise SafetyDataError(
            f"{where}: 'where' must be one of {sorted(_WHERE)}, 'opening' sentence or clause."
        )
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
