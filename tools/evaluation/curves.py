"""What the pictures show, as numbers: who is taken for whom, how sure, and at which threshold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.evaluation.judged import (
    ASKED_WHICH,
    NOT_UNDERSTOOD,
    OTHER_WORDING,
    OUT_OF_SCOPE,
    Judged,
)

Shares = NDArray[np.float64]


@dataclass(frozen=True)
class Confusion:
    """counts[i, j]: how often expected[i] was answered as got[j]; got begins with expected."""

    expected: tuple[str, ...]
    got: tuple[str, ...]
    counts: NDArray[np.int64]


def confusion(judged: Sequence[Judged], groups: Mapping[str, str]) -> Confusion:
    """Count what was answered for each expected label; labels of one group stand together."""
    order = {name: position for position, name in enumerate(dict.fromkeys(groups.values()))}

    def place(label: str) -> tuple[int, str]:
        return order.get(groups.get(label, ""), len(order)), label

    known = {one.label for one in judged}
    odd = {one.got for one in judged} - known
    last = [name for name in (OTHER_WORDING, ASKED_WHICH, NOT_UNDERSTOOD) if name in odd]
    expected = sorted(known, key=place)
    got = [*expected, *sorted(odd.difference(last), key=place), *last]
    counts = np.zeros((len(expected), len(got)), dtype=np.int64)
    for (wanted, answered), number in Counter((one.label, one.got) for one in judged).items():
        counts[expected.index(wanted), got.index(answered)] = number
    return Confusion(tuple(expected), tuple(got), counts)


def most_confused(whole: Confusion, most: int) -> Confusion:
    """The part of a confusion matrix with the labels that are most often taken for another.

    A column stays if it is one of these labels, or if one of them was answered so.
    """
    wrong = whole.counts.copy()
    np.fill_diagonal(wrong, 0)
    lost = wrong.sum(axis=1) + wrong[:, : len(whole.expected)].sum(axis=0)
    rows = np.sort(np.argsort(-lost, kind="stable")[: min(most, int((lost > 0).sum()))])
    used = whole.counts[rows].any(axis=0)
    used[rows] = True
    columns = np.flatnonzero(used)
    return Confusion(
        tuple(whole.expected[i] for i in rows),
        tuple(whole.got[j] for j in columns),
        whole.counts[np.ix_(rows, columns)],
    )


def scope_confidence(judged: Sequence[Judged]) -> Shares:
    """How sure the classifier is that it knows what each message asks, from 0 to 1.

    Nothing where its first guess is that the message is out of scope.
    """
    return np.array(
        [0.0 if one.reply.best == OUT_OF_SCOPE else one.reply.best_confidence for one in judged]
    )


@dataclass(frozen=True)
class ScopeCurve:
    """kept: share of in-scope messages at or above each threshold; refused: of the others below."""

    thresholds: Shares
    kept: Shares
    refused: Shares


def scope_curve(judged: Sequence[Judged], steps: int = 100) -> ScopeCurve:
    """What the classifier alone would keep and refuse, from threshold 0 to 1."""
    thresholds = np.linspace(0.0, 1.0, steps + 1)
    inside = scope_confidence([one for one in judged if one.in_scope])
    outside = scope_confidence([one for one in judged if not one.in_scope])
    # A message that is read as out of scope is refused at every threshold, also at 0.
    kept = [np.mean((inside >= limit) & (inside > 0)) for limit in thresholds]
    refused = [np.mean((outside < limit) | (outside == 0)) for limit in thresholds]
    return ScopeCurve(thresholds, np.array(kept), np.array(refused))
