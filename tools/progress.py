"""Shows how far something long has come."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

_STEPS = 4
"""Where the output is no terminal, a line is written after each of so many parts."""


def track(items: Sequence[T], label: str) -> Iterator[T]:
    """Yield the items and show on standard error how many are done."""
    total = len(items)
    terminal = sys.stderr.isatty()
    for done, item in enumerate(items, start=1):
        yield item
        if terminal:
            print(f"\r{label}: {done} of {total}", end="", file=sys.stderr, flush=True)
        elif done * _STEPS // total != (done - 1) * _STEPS // total:
            print(f"{label}: {done} of {total}", file=sys.stderr, flush=True)
    if terminal and total:
        print(file=sys.stderr)
