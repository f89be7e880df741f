"""Reads an organ as the cancer that began there, as a place of spread, or as neither yet.

Organs joined by "and", "or", commas share their surroundings: "breast and lung cancer" is two
cancers, "mets in bone, liver and lungs" three places. For such a group the first of these applies:

1. A word of cancer after it ("lung cancer", "brain tumor", "colon primary"): the cancer. But the
   place when no cancer of the vocabulary begins there ("peritoneal cancer"), when people mean it
   ("metastatic brain cancer", "secondary liver cancer"), or when the origin is said to be elsewhere
   ("liver cancer that came from the breast").
2. A word of spread after it ("lung mets"): the place; for an organ that is no main site of spread,
   the cancer that spread ("prostate mets").
3. The words before it: where it began ("started in the", "cancer of the", "from my"), or where it
   went ("spread to my", "gone to the", "in my"). "Tumors in the lung" is the place, "tumors in the
   prostate" the cancer.
4. "Lung to brain", "does lung spread": the cancer.
5. Otherwise a bare mention: the place if the organ is a main site of spread, else the cancer.

"Metastatic brain cancer" strictly is a brain primary that has spread, which hardly ever happens
(American Society of Clinical Oncology, Brain tumor: grades and prognostic factors, 2020): people
who say it mean brain metastases. The same holds for bone. "Metastatic liver cancer" keeps its
strict sense.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.lexicon.mention import Candidate
from bot.lexicon.organ_context import OrganContext, look_right
from bot.lexicon.organ_cues import Reading
from bot.lexicon.organ_groups import Group, Head, OrganSpan, read_groups

_ORIGIN_REACH = 9


def _place(span: OrganSpan, last: int, bare: bool = False) -> Candidate:
    return Candidate(span.first, last, "body_site", span.organ.site or "other", bare)


def _cancer(span: OrganSpan, last: int, bare: bool = False) -> Candidate:
    if span.organ.cancer is None:
        return _place(span, last, bare)
    return Candidate(span.first, last, "cancer_type", span.organ.cancer, bare)


def _bare(span: OrganSpan, last: int) -> Candidate | None:
    if span.organ.strength != "noun":
        return None
    return _place(span, last, True) if span.organ.is_main_site else _cancer(span, last, True)


@dataclass(frozen=True)
class OrganReader:
    """Turns organ spans into candidates; `ctx` holds the words that the rules look for."""

    ctx: OrganContext

    def read(self, lower: tuple[str, ...], spans: Sequence[OrganSpan]) -> list[Candidate]:
        """Return the candidates for organs that are in the order of the text, none overlapping."""
        groups = read_groups(lower, spans, self.ctx)
        found: list[Candidate] = []
        for index, group in enumerate(groups):
            elsewhere = self._began_elsewhere(lower, group, groups[index + 1 : index + 2])
            for span in group.spans:
                last = group.last if span is group.spans[-1] else span.last
                candidate = self._candidate(span, group, last, elsewhere)
                if candidate is not None:
                    found.append(candidate)
        return found

    def _candidate(
        self, span: OrganSpan, group: Group, last: int, elsewhere: bool
    ) -> Candidate | None:
        organ = span.organ
        if group.head is Head.SPREAD:
            return _place(span, last) if organ.site else _cancer(span, last)
        if group.reading is Reading.PLACE:
            return _place(span, last)
        if organ.strength == "located":
            housed = group.reading is Reading.HOUSED
            return _place(span, last) if housed else None
        if group.reading is Reading.ORIGIN:
            site = organ.is_main_site and (elsewhere or self._people_mean_site(span, group))
            return _place(span, last) if site else _cancer(span, last)
        if group.reading is Reading.HOUSED:
            return _place(span, last) if organ.is_main_site else _cancer(span, last)
        if group.reading is Reading.WITHIN and organ.is_main_site and organ.strength == "noun":
            return _place(span, last)
        return _bare(span, last)

    def _people_mean_site(self, span: OrganSpan, group: Group) -> bool:
        """Return whether "metastatic" or "secondary" turns the organ's cancer into the place."""
        site = span.organ.site or ""
        return any(
            self.ctx.any_of(f"{word}_words", group.qualifiers)
            and self.ctx.has(f"{word}_means_site", site)
            for word in ("metastatic", "secondary")
        )

    def _began_elsewhere(
        self, lower: tuple[str, ...], group: Group, following: Sequence[Group]
    ) -> bool:
        """Return whether a named cancer is said to come from elsewhere or from another organ."""
        if group.head is not Head.CANCER:
            return False
        right = f" {' '.join(look_right(lower, group.last))} "
        if any(f" {phrase} " in right for phrase in self.ctx.lists["began_elsewhere"]):
            return True
        return any(
            other.left is Reading.ORIGIN
            and other.spans[0].first - group.last <= _ORIGIN_REACH
            and other.spans[0].organ != group.spans[0].organ
            for other in following
        )
