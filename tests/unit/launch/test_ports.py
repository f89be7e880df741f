"""Which ports are taken, and what is said when one cannot be."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from bot.launch.errors import LaunchError
from bot.launch.ports import HOST, Ports, chosen_ports, free_port, require_free


@pytest.fixture
def busy_port() -> Iterator[int]:
    with socket.socket() as listening:
        listening.bind((HOST, 0))
        listening.listen()
        yield listening.getsockname()[1]


def test_the_usual_ports_are_those_of_rasa() -> None:
    assert chosen_ports({}) == Ports(assistant=5005, actions=5055)


def test_an_empty_variable_counts_as_none() -> None:
    assert chosen_ports({"COMPANION_PORT": ""}).assistant == 5005


def test_the_environment_chooses_other_ports() -> None:
    environment = {"COMPANION_PORT": "6001", "COMPANION_ACTION_PORT": "6002"}
    assert chosen_ports(environment) == Ports(assistant=6001, actions=6002)


@pytest.mark.parametrize("text", ["abc", "0", "65536", "-1", "5005 ", "\uff15", "1e3"])
def test_what_is_no_port_is_refused_with_the_name_of_its_variable(text: str) -> None:
    with pytest.raises(LaunchError, match=r"COMPANION_PORT=.* is no port: set it to"):
        chosen_ports({"COMPANION_PORT": text})


def test_one_port_for_both_servers_is_refused() -> None:
    with pytest.raises(LaunchError, match="COMPANION_PORT and COMPANION_ACTION_PORT are both 5055"):
        chosen_ports({"COMPANION_PORT": "5055"})


def test_a_busy_port_is_named_with_the_variable_that_moves_the_assistant(busy_port: int) -> None:
    message = f"Port {busy_port} is in use: stop what runs there or set COMPANION_PORT="
    with pytest.raises(LaunchError, match=message):
        require_free(Ports(assistant=busy_port, actions=free_port()))


def test_a_busy_port_is_named_with_the_variable_that_moves_the_actions(busy_port: int) -> None:
    message = f"Port {busy_port} is in use: stop what runs there or set COMPANION_ACTION_PORT="
    with pytest.raises(LaunchError, match=message):
        require_free(Ports(assistant=free_port(), actions=busy_port))


def test_a_port_that_is_busy_on_all_addresses_counts_as_busy() -> None:
    with socket.create_server(("", 0)) as listening, pytest.raises(LaunchError, match="in use"):
        require_free(Ports(assistant=listening.getsockname()[1], actions=free_port()))


def test_looking_at_free_ports_leaves_them_free() -> None:
    ports = Ports(assistant=free_port(), actions=free_port())
    require_free(ports)
    with socket.create_server((HOST, ports.assistant)) as listening:
        assert listening.getsockname()[1] == ports.assistant
