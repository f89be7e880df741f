from __future__ import annotations

import pytest

from tools.benchmark.figures import MEMORY, P50, TRAINING, latencies, middle, percentile, ratio


@pytest.mark.parametrize(
    ("share", "value"), [(0.0, 1.0), (0.5, 3.0), (0.75, 4.0), (0.9, 4.6), (1.0, 5.0)]
)
def test_a_percentile_is_interpolated_between_its_neighbours(share: float, value: float) -> None:
    assert percentile([5.0, 1.0, 4.0, 2.0, 3.0], share) == pytest.approx(value)


def test_the_percentile_of_one_value_is_that_value() -> None:
    assert percentile([7.0], 0.99) == 7.0


def test_there_is_no_percentile_of_nothing() -> None:
    with pytest.raises(ValueError, match="nothing"):
        percentile([], 0.5)


def test_latencies_are_in_milliseconds() -> None:
    assert latencies([0.010, 0.020, 0.030]) == pytest.approx(
        {"p50": 20.0, "p95": 29.0, "p99": 29.8}
    )


def test_the_figure_of_several_runs_is_their_median() -> None:
    assert middle({"p50": [9.0, 1.0, 2.0]}, P50) == 2.0


def test_a_metric_that_was_not_measured_has_no_figure() -> None:
    assert middle({}, MEMORY) is None


@pytest.mark.parametrize(
    ("own", "stock", "times"),
    [(1.0, 4.0, 0.25), (1.0, None, None), (None, 2.0, None), (1, 0, None)],
)
def test_a_ratio_needs_both_figures(
    own: float | None, stock: float | None, times: float | None
) -> None:
    assert ratio(own, stock) == times


def test_a_figure_is_shown_with_its_unit() -> None:
    assert (TRAINING.shown(35.44), MEMORY.shown(1103.2)) == ("35.4 s", "1,103 MB")
