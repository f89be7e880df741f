"""Drawing without a screen, the same on every machine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import matplotlib  # type: ignore[import-untyped]

matplotlib.use("Agg")
matplotlib.rcParams.update({"font.family": "DejaVu Sans", "font.size": 9, "savefig.dpi": 130})

from matplotlib.figure import Figure  # type: ignore[import-untyped]  # noqa: E402

GOOD, BAD, OTHER = "#2f6f8f", "#b5492f", "#8a8a8a"
"""Blue, red and grey that differ in brightness too, for whoever sees no colours."""


def canvas(width: float, height: float, columns: int = 1) -> tuple[Any, Any]:
    """A figure of this size in inches, and its axes (an array where there are several)."""
    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, figure.subplots(1, columns)


def save(figure: Any, path: Path) -> None:
    """Write a figure as PNG, without the name of the program that drew it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Software": None})
