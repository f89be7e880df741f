"""A broken knowledge file is named, with the key and what to do; a whole one is typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge.errors import KnowledgeError
from bot.knowledge.loader import load_facts, load_sources, load_topics
from bot.knowledge.records import Fact, NewerFigure, Source, Topic

SOURCES = """
sources:
  first-2019: {organisation: First Institute, title: "Spread: a page", year: 2019}
  later-2026: {organisation: Later Society, title: Figures, doi: 10.1/2, cite: "1(2):3"}
"""
FACTS = """
facts:
  - id: share
    sources: [first-2019]
    as_of: "2019"
    country: Ireland
    says: A third.
    newer: {source: later-2026, says: A quarter.}
    care: Always dated.
"""
TOPICS = """
topics:
  metastasis/sites:
    title: Sites
    question: Where does it go?
    focus: [cancer_type]
    values: {cancer_type: [breast, other]}
    why: metastasis/cause
    next: [metastasis/cause]
  metastasis/cause: {title: Cause, question: "Why does it spread?"}
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data directory with three small files that are right."""
    (tmp_path / "knowledge").mkdir()
    for name, text in (("sources", SOURCES), ("facts", FACTS), ("topics", TOPICS)):
        write(tmp_path, name, text)
    return tmp_path


def write(data: Path, name: str, text: str) -> None:
    (data / "knowledge" / f"{name}.yml").write_text(text, encoding="utf-8")


def test_sources_are_read_by_id(data: Path) -> None:
    assert load_sources(data) == {
        "first-2019": Source("first-2019", "First Institute", "Spread: a page", year=2019),
        "later-2026": Source("later-2026", "Later Society", "Figures", cite="1(2):3", doi="10.1/2"),
    }


def test_facts_are_read_by_id_with_their_newer_figure(data: Path) -> None:
    fact = Fact(
        "share", ("first-2019",), "A third.", as_of="2019", country="Ireland",
        newer=NewerFigure("later-2026", "A quarter."), care="Always dated.",
    )  # fmt: skip
    assert load_facts(data) == {"share": fact}


def test_the_sources_of_a_fact_include_the_one_of_its_newer_figure(data: Path) -> None:
    assert load_facts(data)["share"].all_sources == ("first-2019", "later-2026")


def test_topics_are_read_by_id_with_what_they_lead_to(data: Path) -> None:
    topics = load_topics(data)
    assert topics["metastasis/sites"] == Topic(
        "metastasis/sites", "Sites", "Where does it go?", ("cancer_type",),
        {"cancer_type": ("breast", "other")}, ("metastasis/cause",), "metastasis/cause",
    )  # fmt: skip
    assert topics["metastasis/cause"].focus == () and topics["metastasis/cause"].why is None


BREAKS = [
    ("sources", "first-2019", "first-2019: [", "valid YAML"),
    ("sources", "sources:", "source:", "write the entries under `sources:`"),
    ("sources", "later-2026", "first-2019", "written twice"),
    ("sources", "organisation: First Institute, ", "", "first-2019.organisation: is missing"),
    ("sources", "organisation: First", "publisher: First", "unknown key 'publisher'"),
    ("sources", "year: 2019", 'year: "2019"', "first-2019.year: is not a whole number"),
    ("sources", "Later Society", "7", "later-2026.organisation: is not a text"),
    ("facts", "- id: share", "- name: share", "unknown key 'name'"),
    ("facts", "sources: [first-2019]", "sources: [nobody]", "unknown source 'nobody'"),
    ("facts", "sources: [first-2019]", "sources: []", "share.sources: is empty"),
    ("facts", "sources: [first-2019]", "sources: first-2019", "is not a list of texts"),
    ("facts", "later-2026", "nobody", "unknown source 'nobody'"),
    ("facts", "says: A third.", "says: ''", "share.says: is not a text"),
    ("facts", "    says:", "  says:", "valid YAML"),
    ("topics", "title: Sites", "title: A title that is too long", "use at most 20"),
    ("topics", "title: Cause", "title: Sites", "is the title of metastasis/sites too"),
    ("topics", "next: [metastasis/cause]", "next: [metastasis/none]", "'metastasis/none'"),
    ("topics", "why: metastasis/cause", "why: metastasis/sites", "not another topic"),
    ("topics", "values: {cancer_type", "values: {body_site", "unknown key 'body_site'"),
    ("topics", "[breast, other]", "[]", "values.cancer_type: is empty"),
    ("topics", "[breast, other]", "[other, other]", "names something twice"),
    ("topics", '{title: Cause, question: "Why does it spread?"}', "text", "is not a mapping"),
]
LOADERS = {"sources": load_sources, "facts": load_facts, "topics": load_topics}


@pytest.mark.parametrize(("name", "right", "wrong", "message"), BREAKS)
def test_a_broken_file_is_named_with_its_fault(
    data: Path, name: str, right: str, wrong: str, message: str
) -> None:
    text = {"sources": SOURCES, "facts": FACTS, "topics": TOPICS}[name]
    assert right in text
    write(data, name, text.replace(right, wrong, 1))
    with pytest.raises(KnowledgeError) as error:
        LOADERS[name](data)
    assert message in str(error.value)
    assert f"{name}.yml" in str(error.value)


def test_a_fact_that_is_there_twice_is_refused(data: Path) -> None:
    write(data, "facts", FACTS + FACTS.replace("facts:\n", ""))
    with pytest.raises(KnowledgeError, match=r"share: is there twice; give each fact its own id"):
        load_facts(data)


def test_facts_are_a_list_and_topics_a_mapping(data: Path) -> None:
    write(data, "facts", "facts: {share: 1}")
    write(data, "topics", "topics: [1]")
    with pytest.raises(KnowledgeError, match="facts: is not a list"):
        load_facts(data)
    with pytest.raises(KnowledgeError, match="topics: is not a mapping"):
        load_topics(data)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"sources\.yml: sources: cannot be read; restore"):
        load_sources(tmp_path)


def test_a_file_that_is_not_text_is_named(data: Path) -> None:
    (data / "knowledge" / "sources.yml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(KnowledgeError, match=r"is not valid YAML \(not UTF-8\)"):
        load_sources(data)
