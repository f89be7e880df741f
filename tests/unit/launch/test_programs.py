"""The commands by which the programs are started."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bot.launch import programs
from bot.launch.child import Child
from bot.launch.ports import Ports
from bot.launch.project import ACTION_SERVER_URL, ROOT

PORTS = Ports(assistant=6001, actions=6002)


def option(command: list[str], name: str) -> str:
    return command[command.index(name) + 1]


def test_everything_runs_in_the_launchers_own_interpreter(project: Path) -> None:
    children = [
        programs.assistant(project, PORTS),
        programs.action_server(project, PORTS),
        programs.encoder_build(project),
        programs.training(project),
    ]
    commands = [child.command for child in children] + [programs.shell_command(PORTS)]
    assert {command[0] for command in commands} == {sys.executable}


def test_nothing_listens_on_other_addresses(project: Path) -> None:
    assistant = list(programs.assistant(project, PORTS).command)
    assert option(assistant, "--interface") == "127.0.0.1"
    assert option(programs.shell_command(PORTS), "--interface") == "127.0.0.1"
    assert programs.action_server(project, PORTS).environment["SANIC_HOST"] == "127.0.0.1"


def test_the_http_interface_that_can_forge_state_stays_off(project: Path) -> None:
    assert "--enable-api" not in programs.assistant(project, PORTS).command
    assert "--enable-api" not in programs.shell_command(PORTS)


def test_each_server_listens_on_its_port(project: Path) -> None:
    assert option(list(programs.assistant(project, PORTS).command), "--port") == "6001"
    assert option(list(programs.action_server(project, PORTS).command), "--port") == "6002"


def test_the_assistant_finds_its_action_server(project: Path) -> None:
    environment = programs.assistant(project, PORTS).environment
    assert environment["ACTION_SERVER_URL"] == "http://127.0.0.1:6002/webhook"


def test_the_endpoints_leave_the_address_of_the_action_server_to_the_environment() -> None:
    endpoints = (ROOT / "endpoints.yml").read_text(encoding="utf-8")
    assert f"url: ${{{ACTION_SERVER_URL}}}\n" in endpoints


@pytest.mark.parametrize(
    "make", [programs.encoder_build, programs.training], ids=["encoder", "training"]
)
def test_training_runs_in_the_projects_environment(project: Path, make: object) -> None:
    assert callable(make)
    child = make(project)
    assert isinstance(child, Child)
    assert child.environment["A"] == "1"
