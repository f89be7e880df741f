"""The figures of `make load` as a table, as raw figures, and as a picture."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tools.benchmark.report import machine
from tools.pictures import GOOD, canvas, save
from tools.tables import Table

TEXT, RAW, CHART = "load.md", "load.json", "load.png"
EDGE = 40
"""So many last turns of the long conversation are compared with as many first ones of others."""


@dataclass(frozen=True)
class Load:
    """What was measured; times in milliseconds."""

    start: float
    p50: float
    p95: float
    messages_a_second: float
    first_turns: float
    last_turns: float
    second_message: float
    megabyte: float
    megabyte_status: int
    behind_megabyte: float
    memory: float

    @property
    def growth(self) -> float:
        """How many times slower the last turns of the long conversation are than the first."""
        return self.last_turns / self.first_turns


def table(load: Load, turns: int) -> Table:
    """What was measured, one figure a line."""
    rows = [
        ("start to first answer", f"{load.start:,.0f} ms"),
        ("a message, one client, median / 95th", f"{load.p50:.1f} / {load.p95:.1f} ms"),
        ("8 clients at once", f"{load.messages_a_second:.0f} messages/s"),
        (f"the first turn of {EDGE} conversations", f"{load.first_turns:.1f} ms"),
        (f"the last {EDGE} of its {turns:,} turns", f"{load.last_turns:.1f} ms"),
        ("the last against the first", f"{load.growth:.2f} times"),
        ("the later of two messages sent at once", f"{load.second_message:.1f} ms"),
        (f"a message of 1 MB: status {load.megabyte_status}", f"{load.megabyte:.1f} ms"),
        ("the message behind it", f"{load.behind_megabyte:.1f} ms"),
        ("resident memory at the end", f"{load.memory:.0f} MB"),
    ]
    return Table("Under load, conversations on SQLite", ("what", "figure"), rows)


def write(directory: Path, load: Load, long: Sequence[float]) -> None:
    """Write report, raw figures and picture; `long` has the milliseconds of every turn."""
    taken_on = machine()
    _draw(directory / CHART, long)
    raw = {"machine": taken_on, "load": asdict(load), "long": [round(ms, 2) for ms in long]}
    (directory / RAW).write_text(json.dumps(raw) + "\n", encoding="utf-8")
    facts = ", ".join(f"{name} {value}" for name, value in taken_on.items())
    parts = [
        "# Load",
        "Written by `make load`: the trained model, whole processes on the loopback interface.",
        f"Taken on: {facts}.",
        table(load, len(long)).as_markdown(),
        f"![Every turn of the long conversation]({CHART})",
        f"Raw figures: [{RAW}]({RAW}).",
    ]
    (directory / TEXT).write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _draw(path: Path, long: Sequence[float]) -> None:
    figure, axes = canvas(8, 3)
    axes.plot(range(1, len(long) + 1), long, ".", color=GOOD, markersize=3)
    axes.set_xlabel("turn of the conversation")
    axes.set_ylabel("ms")
    axes.set_ylim(bottom=0)
    save(figure, path)
