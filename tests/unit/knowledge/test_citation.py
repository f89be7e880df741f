"""The line under an answer names every source, and the day of its review."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.knowledge.citation import Citations
from bot.knowledge.errors import KnowledgeError
from bot.knowledge.records import Source

DATA = Path(__file__).parents[3] / "data"
DATED = Source("a", "An Institute", "On it", 2020)
UNDATED = Source("b", "A Society", "Of it")
CITATIONS = Citations(
    {"a": DATED, "b": UNDATED},
    line="Sources: {sources}. Reviewed {reviewed_on}.",
    short_line="Sources: {sources}.",
    source="{organisation}, {title} ({year})",
    source_without_year="{organisation}, {title}",
    separator="; ",
)


@pytest.mark.parametrize(
    ("ids", "line"),
    [
        (["a"], "Sources: An Institute, On it (2020). Reviewed 2026-11-22."),
        (["b"], "Sources: A Society, Of it. Reviewed 2026-11-22."),
        (["b", "a"], "Sources: A Society, Of it; An Institute, On it (2020). Reviewed 2026-11-22."),
    ],
)
def test_the_line_names_the_sources_in_order_and_the_review(ids: list[str], line: str) -> None:
    assert CITATIONS.line_for(ids, "2026-11-22") == line


def test_braces_in_a_title_are_kept_as_they_are() -> None:
    odd = Source("c", "An Institute", "On {it}", 2020)
    line = Citations({"c": odd}, "{sources}", "", "{title}", "{title}", "; ").line_for(["c"], "")
    assert line == "On {it}"


def test_a_short_line_names_each_organisation_once() -> None:
    assert CITATIONS.short_line_for(["a", "b", "a"]) == (
        f"Sources: {'; '.join(dict.fromkeys([DATED.organisation, UNDATED.organisation]))}."
    )


def test_a_source_that_is_not_there_is_refused_by_name() -> None:
    with pytest.raises(KnowledgeError, match=r"nowhere.*is cited but not there"):
        CITATIONS.line_for(["nowhere"], "2026-11-22")


def test_the_real_templates_cite_topics_and_myths_alike() -> None:
    citations = Citations.load(DATA)
    line = citations.line_for(["nci-metastatic-2020", "nci-myths"], "2026-11-22")
    assert line.count("National Cancer Institute") == 2
    assert "(2020)" in line and "2026-11-22" in line and "{" not in line


@pytest.mark.parametrize("text", ["citation: {line: a}", "citation: []", "other: {}"])
def test_broken_templates_are_refused_with_their_path(tmp_path: Path, text: str) -> None:
    (tmp_path / "knowledge").mkdir()
    for name in ("sources.yml", "myth_sources.yml"):
        shutil.copy(DATA / "knowledge" / name, tmp_path / "knowledge")
    (tmp_path / "knowledge" / "citation.yml").write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"citation\.yml"):
        Citations.load(tmp_path)
