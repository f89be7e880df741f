"""Programs that run beside the launcher."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.launch.child import Child, last_error
from bot.launch.project import ROOT
from tests.unit.launch.conftest import MakeChild

ORPHAN = """
import sys, time
from pathlib import Path
from bot.launch.child import Child
child = Child("A", ["sh", "-c", "echo $$; exec sleep 30"], {}, Path(sys.argv[1]))
child.start()
time.sleep(30)
"""

CAUSED = "The above exception was the direct cause of the following exception:"


def eventually(condition: Callable[[], object]) -> bool:
    """Wait up to ten seconds until a condition holds."""
    deadline = time.monotonic() + 10
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.01)
    return bool(condition())


def is_alive(pid: int) -> bool:
    """A process that has ended may wait as a zombie for a parent that does not look."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def pid_in(log: Path) -> int:
    """Wait for the process number that a program writes to its log."""
    assert eventually(lambda: log.exists() and log.read_text(encoding="utf-8").endswith("\n"))
    return int(log.read_text(encoding="utf-8"))


def test_output_and_errors_go_to_the_log(make_child: MakeChild) -> None:
    child = make_child("echo out; echo err >&2; exit 3")
    child.start()
    assert child.wait() == 3
    assert child.log.read_text(encoding="utf-8") == "out\nerr\n"


def test_a_new_start_begins_a_new_log_unless_it_appends(make_child: MakeChild) -> None:
    child = make_child("echo line")
    for append, lines in ((False, 1), (True, 2), (False, 1)):
        child.start(append=append)
        child.wait()
        assert child.log.read_text(encoding="utf-8").count("line") == lines


def test_the_logs_are_for_their_owner_only(make_child: MakeChild) -> None:
    child = make_child("true")
    child.start()
    assert child.log.parent.stat().st_mode & 0o077 == 0


def test_a_program_waits_for_no_input(make_child: MakeChild) -> None:
    child = make_child("read line || exit 7")
    child.start()
    assert child.wait() == 7


def test_stopping_ends_what_the_program_started_as_well(make_child: MakeChild) -> None:
    child = make_child("sleep 30 & echo $!; wait")
    child.start()
    grandchild = pid_in(child.log)
    child.stop()
    assert child.status() == -signal.SIGTERM
    assert eventually(lambda: not is_alive(grandchild))


def test_a_program_that_will_not_end_is_killed(make_child: MakeChild) -> None:
    child = make_child("trap '' TERM; echo $$; while :; do sleep 0.05; done")
    child.start()
    pid_in(child.log)
    child.stop()
    assert child.status() == -signal.SIGKILL


def test_stopping_what_never_ran_or_has_ended_does_nothing(make_child: MakeChild) -> None:
    child = make_child("exit 4")
    child.stop()
    child.start()
    child.wait()
    child.stop()
    assert child.status() == 4


def test_asking_after_a_program_that_was_not_started_is_an_error(make_child: MakeChild) -> None:
    with pytest.raises(RuntimeError, match="has not been started"):
        make_child("true").status()


def test_a_signal_to_the_launchers_group_does_not_reach_it(make_child: MakeChild) -> None:
    child = make_child("echo $$; exec sleep 30")
    child.start()
    assert os.getpgid(pid_in(child.log)) != os.getpgrp()


def test_a_program_that_was_killed_is_said_to_be(make_child: MakeChild) -> None:
    child = make_child("echo all is well; kill -KILL $$")
    child.start()
    child.wait()
    assert child.last_words().startswith("ended by a signal (Killed)\nDetails are in ")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
def test_a_program_dies_with_a_launcher_that_is_killed(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with subprocess.Popen([sys.executable, "-c", ORPHAN, str(log)], cwd=ROOT) as launcher:
        orphan = pid_in(log)
        assert is_alive(orphan)
        launcher.kill()
    assert eventually(lambda: not is_alive(orphan))


@pytest.mark.parametrize(
    ("log", "line"),
    [
        ("", "it wrote nothing"),
        ("one\ntwo\n\n", "two"),
        ("2024 ERROR rasa.x  - broken\nshutting down\n", "2024 ERROR rasa.x  - broken"),
        ("Traceback\n  x\nrasa.E.YamlError: bad\n\nbye\n", "rasa.E.YamlError: bad"),
        ("ValueError: first\nRasaException: last\n", "RasaException: last"),
        ("2024 [error    ] no model\ndone", "2024 [error    ] no model"),
        ("\x1b[91mError: no domain\x1b[0m\nbye", "Error: no domain"),
        (f"OSError: full\n\n{CAUSED}\n\nTraceback\n  x\na.BError: outer\n", "OSError: full"),
        (f"KeyError: 1\n{CAUSED}\nA: x\nAError: 2\n{CAUSED}\nBError: 3\n", "KeyError: 1"),
        (f"KeyError: 1\n{CAUSED}\nAError: 2\ntried again\nCError: 4\n", "CError: 4"),
        ("no errors were found\nSome: thing\n", "Some: thing"),
    ],
)
def test_the_line_that_names_the_error_is_found(log: str, line: str) -> None:
    assert last_error(log) == line


def test_a_very_long_line_is_cut() -> None:
    assert len(last_error("x" * 5000)) == 300


def test_the_place_of_the_log_is_shown_from_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert Child("A", [], {}, tmp_path / ".logs/a.log").details == "Details are in .logs/a.log."
    assert Child("A", [], {}, Path("/elsewhere/a.log")).details.endswith("in /elsewhere/a.log.")
