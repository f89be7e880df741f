"""Several processes that walk side by side.

They stand in a module of their own: a process that is spawned imports the functions it is to
call, and never a package's `__main__`.
"""

from __future__ import annotations

import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from bot.launch.project import ROOT
from tools.prove.walk import Walk

SEEDS_EACH = 1_000_000
"""Each process that walks has so many seeds of its own."""


@dataclass(frozen=True)
class Walked:
    """What random conversations came to: their turns, minutes, and the faults that ended some."""

    turns: int
    minutes: float
    faults: tuple[str, ...]

    def __str__(self) -> str:
        """In a line, after the faults."""
        broken = f"{len(self.faults)} broken promises" if self.faults else "no promise broken"
        lines = [f"A random conversation breaks a promise:\n{fault}" for fault in self.faults]
        lines.append(
            f"Random conversations: {self.turns:,} turns in {self.minutes:.0f} min, {broken}."
        )
        return "\n".join(lines)


def walk(turns: int, workers: int) -> Walked:
    """Make so many turns in several processes, each with its own share and its own seeds."""
    began = time.perf_counter()
    share = -(-turns // workers)
    first_seeds = [1 + SEEDS_EACH * worker for worker in range(workers)]
    # A process that is spawned has no threads of this one, and one that fails stands alone.
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        walked = list(pool.map(_walk_alone, [share] * workers, first_seeds))
    minutes = (time.perf_counter() - began) / 60
    return Walked(
        sum(made for made, _ in walked), minutes, tuple(fault for _, fault in walked if fault)
    )


def _walk_alone(turns: int, first_seed: int) -> tuple[int, str]:
    """How many turns were made, and the fault that ended them early."""
    alone = Walk(ROOT)
    try:
        alone.go(turns, first_seed)
    except AssertionError as error:
        return alone.turns, str(error)
    return alone.turns, ""
