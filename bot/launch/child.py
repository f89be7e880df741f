"""A program that runs beside the launcher, writes to a log, and ends with it at the latest."""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_PR_SET_PDEATHSIG = 1
"""Linux, prctl(2): the signal a process gets when its parent dies."""

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_CAUSE_OF_THE_NEXT = "The above exception was the direct cause of the following exception:"
_LONGEST_LINE = 300


@dataclass
class Child:
    """A program in a session of its own, so that Ctrl-C reaches the launcher alone."""

    name: str
    """As it is called in messages, capitalised: "The action server"."""
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    grace: float = 10.0
    """Seconds from asking it to end until it is killed."""
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self, *, append: bool = False) -> None:
        """Start the program; its log begins anew unless told to append."""
        self.log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self.log.open("ab" if append else "wb") as log:
            self._process = subprocess.Popen(
                self.command,
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=ending_with_parent(),
            )

    def status(self) -> int | None:
        """Return the exit status, or nothing while it runs."""
        return self._started().poll()

    def wait(self, seconds: float | None = None) -> int | None:
        """Wait until it ends and return its exit status, or nothing if it takes longer."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._started().wait(seconds)
        return self.status()

    def stop(self) -> None:
        """End it and everything that it started; safe to call at any time."""
        if self._process is None:
            return
        self._signal_group(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(self.grace)
        self._signal_group(signal.SIGKILL)
        self._process.wait()

    def last_words(self) -> str:
        """Return why it ended, as far as its log or the signal tells, and where to read on."""
        status = self.status()
        if status is not None and status < 0:
            words = f"ended by a signal ({signal.strsignal(-status)})"
        else:
            words = last_error(self.log.read_text(encoding="utf-8", errors="replace"))
        return f"{words}\n{self.details}"

    @property
    def details(self) -> str:
        """Where to read on, with a path as one would type it from here."""
        here = Path.cwd()
        log = self.log.relative_to(here) if self.log.is_relative_to(here) else self.log
        return f"Details are in {log}."

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            raise RuntimeError(f"{self.name} has not been started.")
        return self._process

    def _signal_group(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._started().pid, number)


def last_error(log: str) -> str:
    """Return the line of a log that most likely says what went wrong.

    That is the last one that names an error; of exceptions that caused each other, the first;
    where nothing names an error, the last line that is not empty.
    """
    lines = [line for raw in log.splitlines() if (line := _COLOUR.sub("", raw).strip())]
    errors = [index for index, line in enumerate(lines) if _names_error(line)]
    while len(errors) > 1 and _CAUSE_OF_THE_NEXT in lines[errors[-2] : errors[-1]]:
        errors.pop()
    found = lines[errors[-1]] if errors else (lines or ["it wrote nothing"])[-1]
    return found[:_LONGEST_LINE]


def _names_error(line: str) -> bool:
    """A log line of level ERROR, or the line that ends a traceback: `package.SomeError: text`."""
    first = line.split(maxsplit=1)[0]
    exception = first.rstrip(":").rpartition(".")[2]
    return (
        " ERROR " in f" {line} "
        or "[error" in line
        or (first.endswith(":") and exception.endswith(("Error", "Exception")))
    )


def ending_with_parent() -> Callable[[], Any] | None:
    """Return what a child does before it starts: ask Linux to kill it when the launcher dies."""
    if sys.platform != "linux":
        return None
    libc, parent = ctypes.CDLL(None), os.getpid()

    def ask() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)

    return ask
