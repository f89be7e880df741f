from __future__ import annotations

import pytest

from tools.progress import track
from tools.tables import Table, percent


def test_columns_of_a_text_table_are_aligned_with_the_first_one_flush_left() -> None:
    table = Table("Sets", ("set", "right"), [("questions", "9.5%"), ("a", "100.0%")])
    assert table.as_text().splitlines() == [
        "Sets",
        "set         right",
        "---------  ------",
        "questions    9.5%",
        "a          100.0%",
    ]


def test_a_markdown_table_has_a_heading_and_a_rule_that_aligns_figures_right() -> None:
    table = Table("Sets", ("set", "right"), [("a|b", "1")])
    assert table.as_markdown().splitlines() == [
        "## Sets",
        "",
        "| set | right |",
        "| --- | ---: |",
        "| a\\|b | 1 |",
    ]


def test_a_table_without_rows_still_shows_its_head() -> None:
    assert Table("Sets", ("set", "right"), []).as_text().splitlines()[1] == "set  right"


@pytest.mark.parametrize(("part", "whole", "shown"), [(1, 3, "33.3%"), (0, 5, "0.0%"), (0, 0, "-")])
def test_a_share_has_one_decimal_and_a_dash_where_there_is_nothing(
    part: int, whole: int, shown: str
) -> None:
    assert percent(part, whole) == shown


def test_progress_yields_every_item_and_says_on_standard_error_how_many_are_done(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert list(track(list("abcdefgh"), "Letters")) == list("abcdefgh")
    written = capsys.readouterr()
    assert written.out == ""
    assert written.err.splitlines() == [f"Letters: {done} of 8" for done in (2, 4, 6, 8)]


def test_progress_over_nothing_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(track([], "Nothing")) == []
    assert capsys.readouterr().err == ""
