"""`make shell`: Rasa's own chat, in a terminal."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from bot.launch.project import ROOT, child_environment

PATIENCE = 240.0
"""Seconds without a new character until the shell is given up."""

GRACE = 60.0
"""Seconds the shell gets to stop its servers before it is killed, and they with it."""

_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|\r")


class Terminal:
    """A program in a terminal of its own."""

    def __init__(self, program: subprocess.Popen[bytes], terminal: int) -> None:
        self._program = program
        self._terminal = terminal
        self.shown = ""

    def types(self, text: str) -> None:
        """Type a line and press Enter."""
        os.write(self._terminal, f"{text}\r".encode())

    def reads_until(self, words: str) -> str:
        """Read on until these words appear; return what was shown since the last call."""
        while words not in self.shown:
            if not self._read():
                pytest.fail(f"{words!r} did not appear:\n{self.shown}", pytrace=False)
        before, _, self.shown = self.shown.partition(words)
        return before + words

    def reads_to_the_end(self) -> str:
        """Read until the program has ended."""
        while self._read():
            pass
        return self.shown

    def _read(self) -> bool:
        ready, _, _ = select.select([self._terminal], [], [], PATIENCE)
        if not ready:
            return False
        with suppress(OSError):  # Linux says so when the other side is closed
            if data := os.read(self._terminal, 65536):
                # A prompt may ask where the cursor is, and waits for an answer.
                if b"\x1b[6n" in data:
                    os.write(self._terminal, b"\x1b[1;1R")
                self.shown += _CONTROL.sub("", data.decode("utf-8", "replace"))
                return True
        return False


@contextmanager
def _shell() -> Iterator[tuple[subprocess.Popen[bytes], Terminal]]:
    ours, theirs = pty.openpty()
    program = subprocess.Popen(
        [sys.executable, "-m", "bot.launch", "shell"],
        cwd=ROOT,
        env=child_environment(ROOT, os.environ, {"TERM": "xterm"}),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    try:
        yield program, Terminal(program, ours)
    finally:
        program.terminate()
        try:
            program.wait(GRACE)
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait()
        os.close(ours)


def test_the_shell_answers_a_question_in_full_and_ends() -> None:
    with _shell() as (program, terminal):
        terminal.reads_until("Your input ->")
        terminal.types("Which cancers travel to bone?")
        assert "prostate" in terminal.reads_until("Sources: ")
        assert "[Symptoms]" in terminal.reads_until("Your input ->")
        terminal.types("Symptoms")
        terminal.reads_until("Sources: ")
        terminal.reads_until("Your input ->")
        terminal.types("/stop")
        terminal.reads_to_the_end()
        assert program.wait(GRACE) == 0
