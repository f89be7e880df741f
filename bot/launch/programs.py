"""The programs that the launcher starts: the assistant, its action server, the shell, training."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from bot.launch.channels import CREDENTIALS
from bot.launch.child import Child
from bot.launch.ports import HOST, Ports
from bot.launch.project import ACTION_SERVER_URL, LOGS, MODEL, MODEL_NAME, child_environment

LARGEST_BODY = 128 * 1024
"""Bytes of a request; a larger one is refused before it is read. Six times the longest message."""

SERVER_LIMITS = {
    # Read by Sanic; Rasa allows a hundred megabytes, and one megabyte blocks everybody for seconds.
    "SANIC_REQUEST_MAX_SIZE": str(LARGEST_BODY),
    # One vector at a time is multiplied: more threads only wait for each other.
    "OPENBLAS_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
}
"""What is set for a server alone, and not for training or for the action server."""


def action_server(root: Path, ports: Ports) -> Child:
    """The server that runs what is in `actions/`."""
    arguments = ["rasa_sdk", "--actions", "actions", "--port", str(ports.actions)]
    # The action server listens on all addresses unless Sanic's own variable says otherwise.
    environment = child_environment(root, os.environ, {"SANIC_HOST": HOST})
    return Child("The action server", _module(*arguments), environment, root / LOGS / "actions.log")


def assistant(root: Path, ports: Ports, credentials: Path = CREDENTIALS) -> Child:
    """The server that people talk to, on the channels that a credentials file names."""
    options = [*_server_options(ports), "--credentials", str(credentials)]
    command = _module("bot.launch.server", *options)
    log = root / LOGS / "assistant.log"
    return Child("The assistant", command, assistant_environment(root, ports), log)


def shell_command(ports: Ports) -> list[str]:
    """The command of the chat in the terminal."""
    return _module("bot.launch.terminal", *_server_options(ports))


def assistant_environment(root: Path, ports: Ports) -> dict[str, str]:
    """The environment in which the assistant finds its action server."""
    url = f"http://{HOST}:{ports.actions}/webhook"
    return child_environment(root, os.environ, {ACTION_SERVER_URL: url, **SERVER_LIMITS})


def encoder_build(root: Path) -> Child:
    """Build the graph of the sentence encoder where it is missing."""
    environment = child_environment(root, os.environ, {})
    return Child("The encoder", _module("bot.encoder"), environment, root / LOGS / "encoder.log")


def training(root: Path) -> Child:
    """Train the model from the configuration, the domain and the data."""
    # The tests validate the data; here it would double the time of a small change.
    arguments = ["rasa", "train", "--skip-validation", "--fixed-model-name", MODEL_NAME]
    arguments += ["--out", str(MODEL.parent)]
    environment = child_environment(root, os.environ, {})
    return Child("Training", _module(*arguments), environment, root / LOGS / "train.log")


def _server_options(ports: Ports) -> list[str]:
    options = ["--interface", HOST, "--port", str(ports.assistant)]
    return [*options, "--model", str(MODEL), "--endpoints", "endpoints.yml"]


def _module(*arguments: str) -> list[str]:
    return [sys.executable, "-m", *arguments]
