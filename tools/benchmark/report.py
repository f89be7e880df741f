"""The benchmark as a table, as raw figures, and as a picture."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tools.benchmark import assessment
from tools.benchmark.assessment import Timing
from tools.benchmark.figures import METRICS, UNANSWERED, Figures, Metric, middle, ratio
from tools.benchmark.subjects import OWN, STOCK
from tools.pictures import GOOD, OTHER, canvas, save
from tools.tables import Table

TEXT, RAW, CHART = "benchmark.md", "benchmark.json", "benchmark.png"
_DRAWN = tuple(metric for metric in METRICS if metric is not UNANSWERED)
INTRODUCTION = """# Benchmark

Written by `make benchmark`: whole processes on the loopback interface, medians over the runs.
Stock is the configuration that `rasa init` writes, trained on the same examples, rules and
responses in the same run. This project has rules and no stories, so stock's two dialogue
networks (TED, UnexpecTED) have nothing to learn: its training is the shorter for it. Training is
cold: without Rasa's cache, and with the encoder's graph built anew. Messages are different
practice questions in sessions of ten, over one connection a client."""


def table(figures: Mapping[str, Figures]) -> Table:
    """Each metric for this assistant and for stock, with their ratio and what is aimed at."""
    own, stock = figures[OWN], figures.get(STOCK, {})
    rows = []
    for metric in METRICS:
        ours, theirs = middle(own, metric), middle(stock, metric)
        times = ratio(ours, theirs)
        runs = f"{len(own.get(metric.key, ()))} / {len(stock.get(metric.key, ()))}"
        shown = [_shown(metric, ours), _shown(metric, theirs)]
        rows.append((metric.title, *shown, f"{times:.2f}" if times else "-", _aim(metric), runs))
    head = ("metric", "this assistant", "stock", "ratio", "aim", "runs")
    return Table("This assistant beside stock", head, rows)


def machine() -> dict[str, Any]:
    """What the figures were taken on."""
    return {
        "date": date.today().isoformat(),
        "system": f"{platform.system()} {platform.machine()}",
        "processors": len(os.sched_getaffinity(0)),
        "python": platform.python_version(),
        "rasa": version("rasa"),
    }


def write(
    directory: Path,
    figures: Mapping[str, Figures],
    plan: Mapping[str, int | None],
    timings: Sequence[Timing] = (),
) -> None:
    """Write the report, the raw figures and the picture."""
    directory.mkdir(parents=True, exist_ok=True)
    taken_on = machine()
    raw: dict[str, Any] = {"machine": taken_on, "plan": dict(plan), "figures": figures}
    raw["assessment"] = [asdict(timing) for timing in timings]
    (directory / RAW).write_text(json.dumps(raw, indent=2) + "\n", encoding="utf-8")
    facts = ", ".join(f"{name} {value}" for name, value in taken_on.items())
    parts = [
        INTRODUCTION,
        *_cut_short(plan.get("stock_epochs")),
        f"Taken on: {facts}.",
        table(figures).as_markdown(),
        *([assessment.table(timings).as_markdown()] if timings else []),
        f"![Each metric for both]({CHART})",
        f"Raw figures: [{RAW}]({RAW}).",
    ]
    (directory / TEXT).write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    draw(directory / CHART, figures)


def _cut_short(epochs: int | None) -> list[str]:
    if epochs is None:
        return []
    return [
        f"Stock's networks were trained for {epochs} of their 100 epochs, so a full training of "
        "stock takes far longer than shown; start, memory and message times do not depend on it."
    ]


def draw(path: Path, figures: Mapping[str, Figures]) -> None:
    """One small bar chart a metric; a dot for each run."""
    figure, places = canvas(13, 3.2, len(_DRAWN))
    present = [name for name in (OWN, STOCK) if name in figures]
    for axes, metric in zip(places, _DRAWN, strict=True):
        for position, name in enumerate(present):
            runs: Sequence[float] = figures[name].get(metric.key, ())
            colour = GOOD if name == OWN else OTHER
            axes.bar(position, middle(figures[name], metric) or 0.0, color=colour, width=0.7)
            axes.plot([position] * len(runs), runs, ".", color="black", markersize=4)
        axes.set_xticks(range(len(present)), present)
        axes.set_title(f"{metric.title.replace(', ', ',' + chr(10), 1)}", fontsize=8)
        axes.set_ylabel(metric.unit, fontsize=8)
        axes.set_ylim(bottom=0)
    save(figure, path)


def _shown(metric: Metric, value: float | None) -> str:
    return "-" if value is None else metric.shown(value)


def _aim(metric: Metric) -> str:
    aims = []
    if metric.aim is not None:
        aims.append(f"ratio up to {metric.aim:.2f}")
    if metric.limit is not None:
        aims.append(f"up to {metric.limit:.0f} {metric.unit}")
    return ", ".join(aims)
