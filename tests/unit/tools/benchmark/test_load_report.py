from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from tools.benchmark.load_report import CHART, EDGE, RAW, TEXT, Load, table, write

LOAD = Load(
    start=3000.0,
    p50=12.0,
    p95=24.0,
    messages_a_second=80.0,
    first_turns=20.0,
    last_turns=30.0,
    second_message=40.0,
    megabyte=2.0,
    megabyte_status=413,
    behind_megabyte=15.0,
    memory=300.0,
)


def test_growth_is_how_many_times_slower_the_last_turns_are() -> None:
    assert LOAD.growth == 1.5
    assert replace(LOAD, last_turns=20.0).growth == 1.0


def test_the_table_names_the_turns_and_the_status() -> None:
    text = table(LOAD, 2000).as_text()
    assert f"the last {EDGE} of its 2,000 turns" in text
    assert "1.50 times" in text
    assert "status 413" in text


def test_the_report_shows_the_picture_and_keeps_the_raw_figures(tmp_path: Path) -> None:
    write(tmp_path, LOAD, [20.0] * 50)
    assert CHART in (tmp_path / TEXT).read_text(encoding="utf-8")
    assert (tmp_path / CHART).stat().st_size > 0
    raw = json.loads((tmp_path / RAW).read_text(encoding="utf-8"))
    assert raw["load"]["p50"] == 12.0
    assert len(raw["long"]) == 50
