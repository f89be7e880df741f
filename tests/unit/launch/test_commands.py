"""The launcher's commands, with small programs in the place of Rasa's."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.launch import __main__ as launcher
from bot.launch import commands, programs
from bot.launch.errors import LaunchError
from bot.launch.ports import HOST, Ports
from bot.launch.readiness import Canary, State
from tests.unit.launch.conftest import Servers


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.fixture
def main(project: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[list[str]], int]:
    """The command line on the small project; signals and directory are restored afterwards."""
    monkeypatch.setattr(launcher, "ROOT", project)
    monkeypatch.chdir(project)
    monkeypatch.setattr(launcher, "_stop_in_order", lambda: None)
    return launcher.main


def test_running_prints_both_addresses_and_ctrl_c_ends_it_well(
    project: Path, servers: Servers, capsys: pytest.CaptureFixture[str]
) -> None:
    servers.stop_when_ready()
    assert commands.run(project) == 0
    printed = capsys.readouterr().out
    assert f"http://127.0.0.1:{servers.ports.assistant}/\n" in printed
    assert f"http://127.0.0.1:{servers.ports.assistant}/webhooks/rest/webhook\n" in printed
    assert printed.endswith("\nStopping ...\nStopped.\n")
    assert [server.status() for server in servers.both] == [-signal.SIGTERM] * 2


def test_a_server_that_does_not_get_ready_stops_the_other(
    project: Path, servers: Servers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Canary, "state", lambda _: State.BROKEN)
    with pytest.raises(LaunchError, match="is up but cannot answer"):
        commands.run(project)
    assert all(server.status() is not None for server in servers.both)


def test_ctrl_c_during_training_ends_it_well(
    project: Path, servers: Servers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "ensure_model", interrupt)
    assert commands.run(project) == 0


def test_a_busy_port_is_reported_before_anything_is_trained(
    project: Path, ports: Ports, monkeypatch: pytest.MonkeyPatch
) -> None:
    trained: list[Path] = []
    monkeypatch.setattr(commands, "ensure_model", lambda root, _: trained.append(root))
    with (
        socket.create_server((HOST, ports.assistant)),
        pytest.raises(LaunchError, match=f"Port {ports.assistant} is in use"),
    ):
        commands.run(project)
    assert trained == []


@pytest.fixture
def chat(project: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], int]]:
    """Chats by a line of shell in the place of Rasa's chat."""
    handler = signal.getsignal(signal.SIGINT)
    (project / ".logs").mkdir()

    def start(script: str) -> int:
        monkeypatch.setattr(programs, "shell_command", lambda _: ["sh", "-c", script])
        return commands.shell(project)

    yield start
    signal.signal(signal.SIGINT, handler)


@pytest.mark.parametrize("script", ["true", "kill -INT $$"])
def test_a_chat_that_the_person_ends_ends_well_and_its_action_server_with_it(
    chat: Callable[[str], int], servers: Servers, script: str
) -> None:
    assert chat(script) == 0
    assert servers.actions.status() == -signal.SIGTERM


def test_a_chat_that_breaks_says_why(chat: Callable[[str], int], servers: Servers) -> None:
    with pytest.raises(LaunchError, match=r"broke off \(status 6\): OSError: no terminal"):
        chat("echo OSError: no terminal >&2; exit 6")
    assert servers.actions.status() == -signal.SIGTERM


def test_checking_a_sound_project_says_so(
    main: Callable[[list[str]], int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "All YAML files can be read.\n"


def test_an_error_is_its_message_alone_and_a_failing_status(
    main: Callable[[list[str]], int], project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "domain.yml").unlink()
    assert main(["check"]) == 1
    assert capsys.readouterr() == ("", "domain.yml is missing: restore it.\n")


def test_ctrl_c_outside_of_running_is_told_to_the_shell(
    main: Callable[[list[str]], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(launcher.COMMANDS, "train", interrupt)
    assert main(["train"]) == 130
