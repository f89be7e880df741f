"""What is timed of the safety assessment, and how it is reported."""

from __future__ import annotations

from tools.benchmark.assessment import LONG, Timing, long_messages, table


def test_a_timing_holds_up_to_its_limit() -> None:
    assert Timing("rules", 3.0, 3.0).holds
    assert not Timing("rules", 3.1, 3.0).holds


def test_long_messages_are_of_several_kinds_and_all_equally_long() -> None:
    kinds = long_messages(["what is a bone scan?"] * 1_000)
    assert len(set(kinds)) == len(kinds) == 5
    assert {len(text) for text in kinds} == {LONG}


def test_the_table_shows_what_is_aimed_at() -> None:
    shown = table([Timing("rules alone", 0.96, 3.0)]).as_text()
    assert "1.0 ms" in shown and "up to 3 ms" in shown
