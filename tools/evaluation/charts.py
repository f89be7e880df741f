"""The pictures of an evaluation: confusion, confidence, and the out-of-scope curve."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tools.evaluation.curves import (
    Confusion,
    confusion,
    most_confused,
    scope_confidence,
    scope_curve,
)
from tools.evaluation.judged import Judged, Tally, in_scope, out_of_scope
from tools.evaluation.scoring import Outcome
from tools.pictures import BAD, GOOD, OTHER, canvas, save

MOST_CONFUSED = "evaluation_confusion.png"
FULL_CONFUSION = "evaluation_confusion_full.png"
CONFIDENCE = "evaluation_confidence.png"
SCOPE = "evaluation_out_of_scope.png"
TITLES = {
    MOST_CONFUSED: "The labels most often taken for another",
    FULL_CONFUSION: "All labels",
    CONFIDENCE: "How sure the classifier was",
    SCOPE: "Out-of-scope refused against in-scope kept",
}
_MOST = 24
_BINS = 20


def draw(
    judged: Sequence[Judged], groups: Mapping[str, str], accept: float, directory: Path
) -> None:
    """Draw all four pictures; `accept` is the classifier's threshold."""
    whole = confusion(judged, groups)
    _most_confused(most_confused(whole, _MOST), directory / MOST_CONFUSED)
    _full_confusion(whole, directory / FULL_CONFUSION)
    _confidence(judged, accept, directory / CONFIDENCE)
    _scope(judged, accept, directory / SCOPE)


def _most_confused(part: Confusion, path: Path) -> None:
    figure, axes = canvas(2.5 + 0.36 * len(part.got), 2.5 + 0.3 * len(part.expected))
    axes.imshow(_shares(part), cmap="Blues", vmin=0, vmax=1, aspect="auto")
    for (row, column), number in np.ndenumerate(part.counts):
        if number:
            dark = number > part.counts[row].sum() / 2
            colour = "white" if dark else "black"
            axes.text(column, row, str(number), ha="center", va="center", color=colour, fontsize=8)
    axes.set_title(f"The {len(part.expected)} labels that are most often taken for another")
    _label(axes, part, size=8)
    save(figure, path)


def _full_confusion(whole: Confusion, path: Path) -> None:
    figure, axes = canvas(17, 16)
    image = axes.imshow(_shares(whole), cmap="magma_r", vmin=0, vmax=1, aspect="auto")
    figure.colorbar(image, ax=axes, shrink=0.5, label="share of the expected label's messages")
    axes.set_title("All labels: expected (rows) and answered (columns)")
    _label(axes, whole, size=6)
    save(figure, path)


def _shares(part: Confusion) -> Any:
    return part.counts / np.maximum(part.counts.sum(axis=1, keepdims=True), 1)


def _label(axes: Any, part: Confusion, size: int) -> None:
    axes.set_xticks(range(len(part.got)), part.got, rotation=90, fontsize=size)
    axes.set_yticks(range(len(part.expected)), part.expected, fontsize=size)
    axes.set_xlabel("answered")
    axes.set_ylabel("expected")


def _confidence(judged: Sequence[Judged], accept: float, path: Path) -> None:
    inside = in_scope(judged)
    right = [one for one in inside if one.outcome is Outcome.RIGHT]
    other = [one for one in inside if one.outcome is not Outcome.RIGHT]
    kinds = (
        (f"in scope, right ({len(right)})", right, GOOD),
        (f"in scope, not right ({len(other)})", other, BAD),
        (f"out of scope ({len(judged) - len(inside)})", out_of_scope(judged), OTHER),
    )
    figure, axes = canvas(10, 3.4, len(kinds))
    for place, (title, some, colour) in zip(axes, kinds, strict=True):
        place.hist(scope_confidence(some), bins=_BINS, range=(0, 1), color=colour)
        place.axvline(accept, color="black", linewidth=0.8, linestyle="--")
        place.set_title(title)
        place.set_xlabel("confidence (0: read as out of scope)")
        place.set_xlim(0, 1)
    axes[0].set_ylabel("messages")
    save(figure, path)


def _scope(judged: Sequence[Judged], accept: float, path: Path) -> None:
    curve = scope_curve(judged)
    figure, (left, right) = canvas(10, 4.2, 2)
    left.plot(curve.thresholds, curve.kept, color=GOOD, label="in scope: kept")
    left.plot(curve.thresholds, curve.refused, color=BAD, label="out of scope: refused")
    left.axvline(accept, color="black", linewidth=0.8, linestyle="--", label="threshold in use")
    left.set_xlabel("threshold of the classifier alone")
    left.set_ylabel("share of messages")
    left.legend(loc="lower left")
    right.plot(curve.refused, curve.kept, color=OTHER, label="the classifier alone")
    right.plot(*_operating_point(judged), "o", color=GOOD, label="the whole assistant")
    right.set_xlabel("out of scope: refused")
    right.set_ylabel("in scope: kept")
    right.legend(loc="lower left")
    for place in (left, right):
        place.set_ylim(0, 1.02)
        place.grid(alpha=0.3)
    save(figure, path)


def _operating_point(judged: Sequence[Judged]) -> tuple[float, float]:
    outside, inside = Tally.of(out_of_scope(judged)), Tally.of(in_scope(judged))
    refused = outside.kept_out / max(outside.total, 1)
    return refused, 1 - inside[Outcome.REFUSED] / max(inside.total, 1)
