"""The two ports of the assistant: which they are, and whether they are free."""

from __future__ import annotations

import errno
import socket
from collections.abc import Mapping
from dataclasses import dataclass

from bot.launch.errors import LaunchError

HOST = "127.0.0.1"
"""The only address that is listened on: nobody else on the network can reach the assistant."""

PORT_VARIABLE = "COMPANION_PORT"
ACTION_PORT_VARIABLE = "COMPANION_ACTION_PORT"
_DEFAULTS = {PORT_VARIABLE: 5005, ACTION_PORT_VARIABLE: 5055}


@dataclass(frozen=True)
class Ports:
    """Where the assistant and its action server listen."""

    assistant: int
    actions: int


def chosen_ports(environment: Mapping[str, str]) -> Ports:
    """Return Rasa's usual ports, or those that the environment asks for.

    Raises:
        LaunchError: if a variable is no port, or both are the same.
    """
    ports = Ports(_read(environment, PORT_VARIABLE), _read(environment, ACTION_PORT_VARIABLE))
    if ports.assistant == ports.actions:
        raise LaunchError(
            f"{PORT_VARIABLE} and {ACTION_PORT_VARIABLE} are both {ports.actions}: "
            f"set one of them to another port."
        )
    return ports


def require_free(ports: Ports) -> None:
    """Check that nothing listens on either port.

    Raises:
        LaunchError: if a port is in use or may not be used.
    """
    for variable, port in ((PORT_VARIABLE, ports.assistant), (ACTION_PORT_VARIABLE, ports.actions)):
        try:
            with _listening_socket(port):
                pass
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                problem = f"Port {port} is in use: stop what runs there or"
            else:
                problem = f"Port {port} cannot be used ({error.strerror}):"
            raise LaunchError(f"{problem} set {variable}=<another port>.") from error


def free_port() -> int:
    """Return a port that nothing uses at the moment."""
    with _listening_socket(0) as listening:
        return int(listening.getsockname()[1])


def _read(environment: Mapping[str, str], variable: str) -> int:
    text = environment.get(variable) or str(_DEFAULTS[variable])
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise LaunchError(f"{variable}={text} is no port: set it to a number from 1 to 65535.")
    return int(text)


def _listening_socket(port: int) -> socket.socket:
    listening = socket.socket()
    try:
        # As a server does it: connections that just closed do not count as use.
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((HOST, port))
        listening.listen()
    except OSError:
        listening.close()
        raise
    return listening
