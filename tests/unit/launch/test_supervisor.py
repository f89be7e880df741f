"""What happens when one of the two servers ends."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.launch import supervisor
from bot.launch.child import Child
from bot.launch.errors import LaunchError
from bot.launch.supervisor import MOST_RESTARTS, Supervisor, stopped_at_the_end
from tests.unit.launch.conftest import MakeChild

ENDS_AT_ONCE = "echo KeyError: x"
"""An action server that writes one line and ends."""


@pytest.fixture
def end(tmp_path: Path) -> Path:
    """The file whose presence ends the assistant of these tests."""
    return tmp_path / "end"


@pytest.fixture
def assistant(make_child: MakeChild, end: Path) -> Child:
    script = f'while [ ! -e "{end}" ]; do sleep 0.01; done; echo "ValueError: enough"; exit 5'
    return make_child(script, "The assistant")


def watch(assistant: Child, actions: Child, say: Callable[[str], None]) -> str:
    """Watch to the end of the assistant and return the last message."""
    assistant.start()
    actions.start()
    with pytest.raises(LaunchError) as caught:
        Supervisor(assistant, actions, say, pause=0.005).watch()
    return str(caught.value)


def said_until(
    end: Path, is_last: Callable[[list[str]], bool]
) -> tuple[list[str], Callable[[str], None]]:
    """A list, and a function that fills it and ends the assistant after the last line."""
    said: list[str] = []

    def say(line: str) -> None:
        said.append(line)
        if is_last(said):
            end.touch()

    return said, say


def test_the_end_of_the_assistant_ends_the_watch_with_its_reason(
    assistant: Child, make_child: MakeChild, end: Path
) -> None:
    end.touch()
    said: list[str] = []
    actions = make_child("exec sleep 30")
    message = watch(assistant, actions, said.append)
    assert said == []
    assert message.startswith("The assistant stopped: ValueError: enough\nDetails")
    assert actions.status() is None


def test_an_action_server_that_ends_is_started_again_with_one_message(
    assistant: Child, make_child: MakeChild, end: Path, tmp_path: Path
) -> None:
    once = tmp_path / "once"
    script = f'[ -e "{once}" ] && exec sleep 30; touch "{once}"; {ENDS_AT_ONCE}'
    actions = make_child(script, "The action server")
    said, say = said_until(end, bool)
    watch(assistant, actions, say)
    (message,) = said
    assert message.startswith("The action server stopped and is started again: KeyError: x\n")
    assert actions.status() is None


def test_an_action_server_that_keeps_ending_is_left_alone_at_last(
    assistant: Child, make_child: MakeChild, end: Path
) -> None:
    actions = make_child(ENDS_AT_ONCE, "The action server")
    said, say = said_until(end, lambda said: "stays off" in said[-1])
    watch(assistant, actions, say)
    assert actions.log.read_text(encoding="utf-8").count("KeyError") == 1 + MOST_RESTARTS
    assert len(said) == MOST_RESTARTS + 1


def test_an_action_server_that_ran_steadily_is_always_started_again(
    assistant: Child, make_child: MakeChild, end: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "STEADY_AFTER", -1)
    said, say = said_until(end, lambda said: len(said) == 2 * MOST_RESTARTS)
    watch(assistant, make_child(ENDS_AT_ONCE), say)
    assert not any("stays off" in line for line in said)


@pytest.mark.parametrize("error", [LaunchError, KeyboardInterrupt])
def test_everything_is_stopped_however_it_ends(
    make_child: MakeChild, error: type[BaseException]
) -> None:
    started, unstarted = make_child("exec sleep 30"), make_child("exec sleep 30")
    with pytest.raises(error), stopped_at_the_end(started, unstarted):
        started.start()
        raise error
    assert started.status() == -signal.SIGTERM


def test_a_second_signal_does_not_interrupt_the_stopping(tmp_path: Path) -> None:
    class UnderFire(Child):
        def stop(self) -> None:
            os.kill(os.getpid(), signal.SIGINT)
            super().stop()

    handler = signal.getsignal(signal.SIGINT)
    child = UnderFire("A", ["sleep", "30"], os.environ, tmp_path / "log")
    with stopped_at_the_end(child):
        child.start()
    assert child.status() == -signal.SIGTERM
    assert signal.getsignal(signal.SIGINT) is handler
