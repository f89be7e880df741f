from __future__ import annotations

import json
from pathlib import Path

from tools.benchmark.figures import METRICS
from tools.benchmark.report import CHART, RAW, TEXT, table, write

FIGURES = {
    "companion": {"training": [30.0, 32.0, 31.0], "p50": [10.0]},
    "stock": {"training": [124.0], "p50": [40.0]},
}


def test_the_table_has_medians_ratio_aim_and_number_of_runs() -> None:
    rows = {row[0]: tuple(row[1:]) for row in table(FIGURES).rows}
    assert rows["training, cold"] == (
        "31.0 s",
        "124.0 s",
        "0.25",
        "ratio up to 0.25, up to 40 s",
        "3 / 1",
    )


def test_what_was_not_measured_is_a_dash() -> None:
    rows = {row[0]: tuple(row[1:]) for row in table({"companion": FIGURES["companion"]}).rows}
    assert rows["a message, median"][:3] == ("10.0 ms", "-", "-")
    assert rows["start to first answer"][:3] == ("-", "-", "-")
    assert len(rows) == len(METRICS)


def test_the_report_the_raw_figures_and_the_picture_are_written(tmp_path: Path) -> None:
    write(tmp_path / "reports", FIGURES, {"runs": 3})
    raw = json.loads((tmp_path / "reports" / RAW).read_text(encoding="utf-8"))
    assert raw["figures"] == FIGURES
    assert raw["plan"] == {"runs": 3}
    assert "| training, cold | 31.0 s |" in (tmp_path / "reports" / TEXT).read_text("utf-8")
    assert (tmp_path / "reports" / CHART).read_bytes().startswith(b"\x89PNG")


def test_the_report_says_so_where_stock_was_trained_for_fewer_epochs(tmp_path: Path) -> None:
    write(tmp_path, FIGURES, {"stock_epochs": 10})
    assert "10 of their 100 epochs" in (tmp_path / TEXT).read_text("utf-8")
    write(tmp_path, FIGURES, {"stock_epochs": None})
    assert "100 epochs" not in (tmp_path / TEXT).read_text("utf-8")
