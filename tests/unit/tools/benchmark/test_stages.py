from __future__ import annotations

import asyncio

import pytest

from tools.benchmark import stages
from tools.benchmark.stages import Clock


@pytest.fixture
def ticks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that has gone on by one second each time it is looked at."""
    seconds = iter(range(1000))
    monkeypatch.setattr(stages.time, "perf_counter", lambda: float(next(seconds)))


class Outer:
    """Calls another stage in the middle."""

    def __init__(self) -> None:
        self.inner = Inner()

    async def run(self) -> str:
        return self.inner.run()


class Inner:
    def run(self) -> str:
        return "done"


@pytest.mark.usefixtures("ticks")
def test_a_stage_is_charged_its_own_time_without_that_of_what_it_calls() -> None:
    clock = Clock()
    clock.wrap(Outer, "run", "outer")
    clock.wrap(Inner, "run", "inner")
    assert asyncio.run(Outer().run()) == "done"
    assert dict(clock.spent) == {"outer": 2.0, "inner": 1.0}
