"""The table for the clinician holds every rule, fetches nothing, and claims no sign-off."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot.dialogue.replies import REFUSALS
from bot.safety.rules import load_safety_data
from bot.safety.verdicts import Category
from tools.review.page import STATUS, page
from tools.review.rows import GROUPS, Row, rows

DATA = Path(__file__).parents[2] / "data"
ROWS = rows(DATA)
ALL = [row for held in ROWS.values() for row in held]
PAGE = page(ROWS, "2026-01-01")


class Cells(HTMLParser):
    """Gathers the ids of the rows, the number of cells, and the tags of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.cells: list[int] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "tr" and dict(attrs).get("id"):
            self.ids.append(str(dict(attrs)["id"]))
            self.cells.append(0)
        if tag == "td":
            self.cells[-1] += 1


@pytest.fixture(scope="module")
def cells() -> Cells:
    parser = Cells()
    parser.feed(PAGE)
    return parser


def test_every_rule_that_leads_to_something_has_a_row(cells: Cells) -> None:
    safety = load_safety_data(DATA / "knowledge" / "safety")
    each = [*safety.rules, *safety.combinations, *safety.bands]
    wanted = {rule.rule_id for rule in each if rule.category is not Category.NONE}
    assert set(cells.ids) == wanted and len(cells.ids) == len(wanted) > 50


def test_every_row_has_a_place_for_the_signature(cells: Cells) -> None:
    assert set(cells.cells) == {5}
    assert PAGE.count('<td class="sign"></td>') == len(ALL)


@pytest.mark.parametrize("row", ALL, ids=lambda row: row.rule_id)
def test_a_row_has_a_source_examples_and_the_whole_text_that_the_person_gets(row: Row) -> None:
    assert row.source and row.finds and row.said
    assert not any("{" in text for text in row.said)


def test_every_category_but_none_belongs_to_one_part() -> None:
    held = [category for categories in GROUPS.values() for category in categories]
    assert sorted(c.value for c in held) == sorted(c.value for c in Category if c.value != "none")
    assert {row.category for row in ROWS["What is declined"]} <= set(REFUSALS)


def test_the_page_claims_no_sign_off() -> None:
    assert STATUS in PAGE and "Not signed off" in STATUS
    own = re.sub(r"<td.*?</td>", "", PAGE.replace(STATUS, ""), flags=re.S)
    assert not re.search(r"approved|signed off|validated|certified|medical device", own, re.I)


def test_the_page_fetches_nothing_and_runs_nothing(cells: Cells) -> None:
    assert cells.tags.isdisjoint({"script", "link", "img", "iframe", "form"})
    assert "http" not in PAGE.lower() and "url(" not in PAGE


def test_markup_in_an_example_is_shown_and_not_obeyed() -> None:
    row = Row("x", Category.EMERGENCY, "<b>", ("<script>",), ("&",), ("<i>",))
    shown = page({"Part": [row]}, "2026-01-01")
    assert "<script>" not in shown and "&lt;script&gt;" in shown
