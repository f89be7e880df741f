"""The table of main sites answers for a cancer and for a pair, and rules nothing out."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge.errors import KnowledgeError
from bot.knowledge.loader import load_facts, load_sources
from bot.knowledge.table import load_table

DATA = Path(__file__).parents[3] / "data"
TABLE = load_table(DATA)
SMALL = """
spread_table:
  source: somewhere
  cancers: {breast: [bone, brain]}
  site_names: {bone: bone, brain: the brain}
  special_names: {}
  part_of: {spine: bone}
  separator: "; "
  last_separator: " as well as "
"""


def test_a_cancer_has_its_main_sites_in_order() -> None:
    assert TABLE.sites_of("melanoma") == ("bone", "brain", "liver", "lung", "skin", "muscle")


def test_a_cancer_outside_the_table_has_no_sites() -> None:
    assert TABLE.sites_of("kidney") == ()
    assert TABLE.site_list("kidney") is None


def test_the_spine_counts_as_bone() -> None:
    assert TABLE.pair_state("prostate", "spine") == "listed"


@pytest.mark.parametrize(
    ("cancer", "site", "state"),
    [
        ("breast", "brain", "listed"),
        ("lung", "lung", "listed"),
        ("colon", "brain", "not_listed"),
        ("colon", "other", "not_listed"),
        ("lung", "brain", "lung_brain"),
        ("kidney", "bone", None),
    ],
)
def test_a_pair_is_listed_not_listed_or_unknown(cancer: str, site: str, state: str | None) -> None:
    assert TABLE.pair_state(cancer, site) == state


def test_sites_are_listed_in_words() -> None:
    assert TABLE.site_list("breast") == "bone, the brain, the liver and the lung"


def test_lung_cancer_goes_to_the_other_lung() -> None:
    assert (TABLE.site_list("lung") or "").endswith(" and the other lung")


def test_a_single_site_stands_alone_in_words(tmp_path: Path) -> None:
    table = load_table(written(tmp_path, SMALL.replace("[bone, brain]", "[bone]")))
    assert table.site_list("breast") == "bone"


def test_the_words_between_the_sites_are_data(tmp_path: Path) -> None:
    three_sites = SMALL.replace("[bone, brain]", "[bone, brain, skin]")
    named = three_sites.replace("brain: the brain", "brain: the brain, skin: the skin")
    table = load_table(written(tmp_path, named))
    assert table.site_list("breast") == "bone; the brain as well as the skin"


@pytest.mark.parametrize("cancer", TABLE.cancers)
def test_the_table_says_what_the_facts_say(cancer: str) -> None:
    says = load_facts(DATA)[f"sites-{cancer}"].says.partition(": ")[2].rstrip(".")
    words = {"adrenal gland": "adrenal", "the other lung": "lung"}
    assert {words.get(site, site) for site in says.split(", ")} == set(TABLE.sites_of(cancer))


def test_the_table_is_cited() -> None:
    assert TABLE.source in load_sources(DATA)


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("[bone, brain]", "[]", "cancers.breast: is empty"),
        ("[bone, brain]", "[bone, toe]", "unknown site 'toe'"),
        ("spine: bone", "spine: toe", "part_of.spine: names the unknown site 'toe'"),
        ("source: somewhere", "origin: somewhere", "unknown key 'origin'"),
        ("bone: bone,", "bone: 1,", "site_names.bone: is not a text"),
        ("{breast: [bone, brain]}", "[breast]", "cancers: is not a mapping"),
    ],
)
def test_a_broken_table_is_refused(tmp_path: Path, right: str, wrong: str, message: str) -> None:
    assert right in SMALL
    with pytest.raises(KnowledgeError, match=message) as error:
        load_table(written(tmp_path, SMALL.replace(right, wrong)))
    assert "spread_table.yml" in str(error.value)


def written(data: Path, text: str) -> Path:
    (data / "knowledge").mkdir()
    (data / "knowledge" / "spread_table.yml").write_text(text, encoding="utf-8")
    return data
