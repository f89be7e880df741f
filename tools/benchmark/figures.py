"""What is measured, and how the figures of several runs become one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

Figures = Mapping[str, Sequence[float]]
"""For each metric, by its key, the figure of each run."""


@dataclass(frozen=True)
class Metric:
    """One thing that is measured.

    aim: the greatest ratio to stock that is aimed at, for metrics that have one.
    limit: the greatest figure that is aimed at, for metrics that have one.
    """

    key: str
    title: str
    unit: str
    digits: int = 0
    aim: float | None = None
    limit: float | None = None

    def shown(self, value: float) -> str:
        """A figure with its unit."""
        return f"{value:,.{self.digits}f} {self.unit}"


TRAINING = Metric("training", "training, cold", "s", digits=1, aim=0.25, limit=40)
START = Metric("start", "start to first answer", "s", digits=1)
MEMORY = Metric("memory", "resident memory after 50 messages", "MB")
P50 = Metric("p50", "a message, median", "ms", digits=1, aim=0.5)
P95 = Metric("p95", "a message, 95th percentile", "ms", digits=1)
P99 = Metric("p99", "a message, 99th percentile", "ms", digits=1)
THROUGHPUT = Metric("throughput", "8 clients at once", "messages/s", digits=1)
UNANSWERED = Metric("unanswered", "messages without any answer", "%", digits=1)
METRICS = (TRAINING, START, MEMORY, P50, P95, P99, THROUGHPUT, UNANSWERED)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share (0 to 1) of the values lies, interpolated.

    Raises:
        ValueError: if there are no values.
    """
    if not values:
        raise ValueError("There is no percentile of nothing.")
    ordered = sorted(values)
    position = share * (len(ordered) - 1)
    below = int(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (position - below)


def latencies(seconds: Sequence[float]) -> dict[str, float]:
    """The three percentiles of message times, in milliseconds."""
    shares = {P50.key: 0.5, P95.key: 0.95, P99.key: 0.99}
    return {key: 1000 * percentile(seconds, share) for key, share in shares.items()}


def middle(figures: Figures, metric: Metric) -> float | None:
    """The median over the runs, or nothing where it was not measured."""
    values = figures.get(metric.key)
    return median(values) if values else None


def ratio(own: float | None, stock: float | None) -> float | None:
    """How many times the stock figure the own one is."""
    return own / stock if own is not None and stock else None
