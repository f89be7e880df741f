"""Programs that are timed and weighed, and that never outlive the benchmark."""

from __future__ import annotations

import time
from pathlib import Path

from bot.launch.child import Child
from bot.launch.errors import LaunchError
from bot.launch.readiness import Canary, State

_PAUSE = 0.02
"""Seconds between two looks at a program: the grain of the figures."""


class Program(Child):
    """A program whose time and memory can be taken."""

    def run_to_end(self, limit: float) -> float:
        """Run it; return the seconds from its start to its end.

        Raises:
            LaunchError: if it fails, or is not done after `limit` seconds.
        """
        began = time.perf_counter()
        self.start()
        try:
            while (status := self.status()) is None:
                if time.perf_counter() - began > limit:
                    raise LaunchError(f"{self.name} took more than {limit:.0f} s. {self.details}")
                time.sleep(_PAUSE)
            took = time.perf_counter() - began
        finally:
            self.stop()
        if status != 0:
            raise LaunchError(f"{self.name} failed: {self.last_words()}")
        return took

    def start_until_answered(self, canary: Canary, limit: float) -> float:
        """Start a server; return the seconds until it has answered its first message.

        Raises:
            LaunchError: if it ends, answers nothing, or is silent after `limit` seconds.
        """
        began = time.perf_counter()
        self.start()
        while (state := canary.state()) is not State.READY:
            if state is State.BROKEN or self.status() is not None:
                raise LaunchError(f"{self.name} does not answer: {self.last_words()}")
            if time.perf_counter() - began > limit:
                raise LaunchError(f"{self.name} is silent after {limit:.0f} s. {self.details}")
            time.sleep(_PAUSE)
        return time.perf_counter() - began

    def memory(self) -> float:
        """The resident memory of the program and what it started, in megabytes."""
        return sum(map(_resident, _tree(self._started().pid))) / 1e6


def _resident(process: int) -> int:
    """Bytes of a process that are in memory; none if it has just ended."""
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    sizes = (line.split()[1] for line in lines if line.startswith("VmRSS:"))
    return 1024 * int(next(sizes, "0"))


def _tree(process: int) -> list[int]:
    try:
        text = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    except OSError:
        return [process]
    return [process, *(found for child in text.split() for found in _tree(int(child)))]
