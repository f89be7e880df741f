"""Which wording of an answer fits: the clinical words of the question, resolved to slots.

A topic declares the slots that its wording depends on, in order; the first that has a
value decides, and all others are empty, so that exactly one wording ever matches.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.dialogue.names import FOCUS_SLOTS, WORDING_SLOTS
from bot.dialogue.reading import Named
from bot.knowledge.records import Topic

OTHER = "other"
PAIR_TOPIC = "metastasis/spread_pair"
SITES_TOPIC = "metastasis/spread_sites"
SOURCES_TOPIC = "metastasis/spread_sources"
MAX_FOCUSES = 3

Slots = dict[str, object]


@dataclass(frozen=True)
class Vocabulary:
    """What the focus needs to know of the clinical words.

    name: the words for a (slot, value) inside a sentence.
    as_cancer_type, as_body_site: how an organ named alone reads as the other kind, or None.
    pair_state: how the table of main sites stands to a (cancer type, body site), or None.
    site_list: the main sites of a cancer type as words, or None.
    """

    name: Callable[[str, str], str | None]
    as_cancer_type: Callable[[str], str | None]
    as_body_site: Callable[[str], str | None]
    pair_state: Callable[[str, str], str | None]
    site_list: Callable[[str], str | None]


def empty() -> Slots:
    """All focus and wording slots, empty."""
    return dict.fromkeys(FOCUS_SLOTS + WORDING_SLOTS)


def topic_for(
    topic: str, named: tuple[Named, ...], inherited: Mapping[str, object] | None = None
) -> str:
    """The topic that the words named, now or before, really allow.

    A yes-or-no question about a cancer and a place needs both; with one of them it is
    the question where that cancer goes, or which cancers go there.
    """
    if topic != PAIR_TOPIC:
        return topic
    kinds = {word.kind for word in named} | set(inherited or ())
    if "cancer_type" in kinds and "body_site" not in kinds:
        return SITES_TOPIC
    if "body_site" in kinds and "cancer_type" not in kinds:
        return SOURCES_TOPIC
    return topic


def focuses(
    topic: str,
    record: Topic,
    named: tuple[Named, ...],
    inherited: Mapping[str, object],
    vocabulary: Vocabulary,
) -> list[Slots]:
    """The slot settings to answer a topic with, one for each value that was named.

    `inherited` holds what was named before; it counts only when the message itself names
    nothing that the topic's wording depends on. Never empty.
    """
    if topic == PAIR_TOPIC:
        return [_pair(named, inherited, vocabulary)]
    for slot in record.focus:
        values = _values(slot, named, vocabulary)
        if len(values) > MAX_FOCUSES:  # the general wording names them all
            return [empty()]
        if values:
            return [_setting(slot, v, record, vocabulary) for v in values]
    for slot in record.focus:
        value = inherited.get(slot)
        if isinstance(value, str):
            return [_setting(slot, value, record, vocabulary)]
    return [empty()]


def takes(topic: str, record: Topic, named: tuple[Named, ...], vocabulary: Vocabulary) -> bool:
    """Whether a topic's wording depends on one of the words named."""
    slots = ("cancer_type", "body_site") if topic == PAIR_TOPIC else record.focus
    return any(_values(slot, named, vocabulary) for slot in slots)


def _values(slot: str, named: tuple[Named, ...], vocabulary: Vocabulary) -> list[str]:
    found = [word.value for word in named if word.kind == slot and not word.bare]
    if not found:
        found = [word.value for word in named if word.kind == slot]
    if not found:
        read_as = {"cancer_type": vocabulary.as_cancer_type, "body_site": vocabulary.as_body_site}
        convert = read_as.get(slot)
        if convert:
            readings = [convert(word.value) for word in named if _may_read(word, slot)]
            found = [value for value in readings if value]
    return list(dict.fromkeys(found))


def _may_read(word: Named, slot: str) -> bool:
    """An organ alone may be either kind; "brain cancer" as a place is the brain.

    Lung is left out: cancer of the lung and cancer in the lung are different questions.
    """
    if slot == "cancer_type":
        return word.kind == "body_site" and word.bare
    return word.kind == "cancer_type" and word.value in {"brain", "bone", "liver"}


def _setting(slot: str, value: str, record: Topic, vocabulary: Vocabulary) -> Slots:
    slots = empty()
    known = record.values.get(slot, ())
    slots[slot] = value if value in known else (OTHER if OTHER in known else None)
    name_slot = f"{slot}_name"
    if name_slot in WORDING_SLOTS:
        slots[name_slot] = vocabulary.name(slot, value)
    return slots


def _pair(
    named: tuple[Named, ...], inherited: Mapping[str, object], vocabulary: Vocabulary
) -> Slots:
    slots = empty()
    sites = [word.value for word in named if word.kind == "body_site"]
    cancers = [word.value for word in named if word.kind == "cancer_type"]
    if not cancers and sites and "cancer_type" not in inherited:
        cancers = _values("cancer_type", named, vocabulary)
    cancer = cancers[0] if cancers else inherited.get("cancer_type")
    site = sites[0] if sites else inherited.get("body_site")
    if not (isinstance(cancer, str) and isinstance(site, str)):
        return slots
    slots["pair"] = vocabulary.pair_state(cancer, site)
    slots["cancer_type_name"] = vocabulary.name("cancer_type", cancer)
    slots["body_site_name"] = vocabulary.name("body_site", site)
    slots["site_list"] = vocabulary.site_list(cancer)
    return slots
