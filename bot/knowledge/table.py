"""The table of main sites: where six cancers mainly spread to.

Source: National Cancer Institute, "Metastatic cancer: when cancer spreads" (2020). It lists
main sites, so a pair that is not in it is "not listed", never ruled out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bot.knowledge.errors import KnowledgeError
from bot.knowledge.reader import Entry, read_section

PairState = Literal["listed", "not_listed", "lung_brain"]

_TABLE_KEYS = (
    *("source", "cancers", "site_names", "special_names", "part_of"),
    *("separator", "last_separator"),
)


@dataclass(frozen=True)
class SpreadTable:
    """Main sites of each cancer of the table.

    source: id of the source that the table is from.
    cancers: sites of a cancer type, in the order of the table.
    site_names: the words for a site in a list.
    special_names: for a cancer type, the words for a site that differ ("the other lung").
    part_of: places that belong to a site of the table (the spine is bone).
    separator, last_separator: what stands between sites in a list, and before the last one.
    """

    source: str
    cancers: Mapping[str, tuple[str, ...]]
    site_names: Mapping[str, str]
    special_names: Mapping[str, Mapping[str, str]]
    part_of: Mapping[str, str]
    separator: str
    last_separator: str

    def sites_of(self, cancer: str) -> tuple[str, ...]:
        """The main sites of a cancer type; empty if the table has not got it."""
        return self.cancers.get(cancer, ())

    def pair_state(self, cancer: str, site: str) -> PairState | None:
        """How the table stands to a cancer and a site; None if it has not got the cancer.

        Lung to brain is listed too, and has a figure of its own: `lung_brain`.
        """
        if cancer not in self.cancers:
            return None
        place = self.part_of.get(site, site)
        if place not in self.cancers[cancer]:
            return "not_listed"
        return "lung_brain" if (cancer, place) == ("lung", "brain") else "listed"

    def site_list(self, cancer: str) -> str | None:
        """The main sites of a cancer type as words ("bone, brain and liver"), or None."""
        special = self.special_names.get(cancer, {})
        names = [special.get(site, self.site_names[site]) for site in self.sites_of(cancer)]
        if len(names) < 2:
            return names[0] if names else None
        return f"{self.separator.join(names[:-1])}{self.last_separator}{names[-1]}"


def load_table(data_dir: Path) -> SpreadTable:
    """Reads `knowledge/spread_table.yml`; raises KnowledgeError if it is broken."""
    file = data_dir / "knowledge" / "spread_table.yml"
    content = read_section(file, "spread_table")
    entry = Entry.of(file, "spread_table", content, _TABLE_KEYS)
    names = _names(entry, "site_names")
    cancers = _entry(entry, "cancers")
    special = _entry(entry, "special_names")
    table = SpreadTable(
        source=entry.text("source"),
        cancers={cancer: cancers.texts(cancer) for cancer in cancers.content},
        site_names=names,
        special_names={cancer: _names(special, cancer) for cancer in special.content},
        part_of=_names(entry, "part_of"),
        separator=entry.text("separator"),
        last_separator=entry.text("last_separator"),
    )
    _check(file, table)
    return table


def _entry(parent: Entry, name: str) -> Entry:
    content = parent.content.get(name)
    allowed = content if isinstance(content, dict) else ()
    return Entry.of(parent.file, f"{parent.key}.{name}", content, allowed)


def _names(parent: Entry, name: str) -> dict[str, str]:
    entry = _entry(parent, name)
    return {key: entry.text(key) for key in entry.content}


def _check(file: Path, table: SpreadTable) -> None:
    for cancer, sites in table.cancers.items():
        key = f"spread_table.cancers.{cancer}"
        if not sites:
            raise KnowledgeError(file, key, "is empty", "list its main sites")
        for site in sites:
            if site not in table.site_names:
                problem = f"names the unknown site {site!r}"
                raise KnowledgeError(file, key, problem, "add it to `site_names`")
    for place, site in table.part_of.items():
        if site not in table.site_names:
            key = f"spread_table.part_of.{place}"
            problem = f"names the unknown site {site!r}"
            raise KnowledgeError(file, key, problem, "use a key of `site_names`")
