"""What the launcher can do: run the assistant, talk to it in the terminal, train it, check it."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from bot.channels.messaging.settings import Channel
from bot.launch import programs
from bot.launch.channels import channels_to_open, credentials_for, table
from bot.launch.child import ending_with_parent, last_error
from bot.launch.errors import LaunchError
from bot.launch.ports import HOST, Ports, chosen_ports, free_port, require_free
from bot.launch.project import LOGS
from bot.launch.readiness import Canary, action_server_state, trouble_text, wait_until_ready
from bot.launch.supervisor import Supervisor, stopped_at_the_end
from bot.launch.training import ensure_model
from bot.launch.yaml_check import check_yaml

_say = partial(print, flush=True)


def check(root: Path) -> int:
    """Check all YAML files."""
    check_yaml(root)
    _say("All YAML files can be read.")
    return 0


def train(root: Path) -> int:
    """Train where something changed."""
    ensure_model(root, _say)
    _say("The model is up to date.")
    return 0


def channels(root: Path) -> int:
    """List the channels, their state, and what they need.

    Raises:
        LaunchError: if the list of channels cannot be read.
    """
    for line in table(root, os.environ):
        _say(line)
    return 0


def run(root: Path) -> int:
    """Serve the assistant until Ctrl-C.

    Raises:
        LaunchError: if a channel is set up by half, if the assistant cannot start, or when its
            process has ended.
    """
    ports = chosen_ports(os.environ)
    require_free(ports)
    opened = channels_to_open(root, os.environ)
    try:
        ensure_model(root, _say)
        _serve(root, ports, opened)
    except KeyboardInterrupt:
        _say("Stopped.")
    return 0


def shell(root: Path) -> int:
    """Chat in the terminal, on ports of its own, so that `run` may go on beside it.

    Raises:
        LaunchError: if the chat cannot start or breaks.
    """
    ensure_model(root, _say)
    ports = Ports(free_port(), free_port())
    actions = programs.action_server(root, ports)
    with stopped_at_the_end(actions):
        _say("Starting the chat, a few seconds ...")
        actions.start()
        wait_until_ready(lambda: action_server_state(ports.actions), actions)
        _chat(programs.shell_command(ports), programs.assistant_environment(root, ports), root)
    return 0


def _chat(command: list[str], environment: dict[str, str], root: Path) -> None:
    """Chat until the person ends it; what Rasa reports meanwhile goes to a log."""
    log = root / LOGS / "shell.log"
    with log.open("wb") as reports:
        chat = subprocess.Popen(
            command, env=environment, stderr=reports, preexec_fn=ending_with_parent()
        )
    # Ctrl-C belongs to the chat, which shares the terminal with this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        status = chat.wait()
    finally:
        chat.terminate()
        chat.wait()
    if status not in (0, -signal.SIGINT):
        words = last_error(log.read_text(encoding="utf-8", errors="replace"))
        raise LaunchError(f"The chat broke off (status {status}): {words}")


def _serve(root: Path, ports: Ports, opened: Sequence[Channel]) -> None:
    actions = programs.action_server(root, ports)
    assistant = programs.assistant(root, ports, credentials_for(root, opened))
    canary = Canary(ports.assistant, trouble_text(root))
    with stopped_at_the_end(actions, assistant):
        _say("Starting the assistant, a few seconds ...")
        actions.start()
        assistant.start()
        try:
            wait_until_ready(lambda: action_server_state(ports.actions), actions)
            wait_until_ready(canary.state, assistant)
            _say(f"Chat:       http://{HOST}:{ports.assistant}/")
            _say(f"REST:       http://{HOST}:{ports.assistant}/webhooks/rest/webhook")
            for channel in opened:
                _say(_where(channel, ports))
            _say("Ctrl-C stops it.")
            Supervisor(assistant, actions, _say).watch()
        except KeyboardInterrupt:
            # The server finishes the answers that it has begun.
            _say("\nStopping ...")
            raise


def _where(channel: Channel, ports: Ports) -> str:
    """How a messaging channel is reached; its platform comes through a proxy."""
    if channel.webhook is None:
        return f"{channel.title}: no webhook, the assistant connects by itself"
    return f"{channel.title}: http://{HOST}:{ports.assistant}{channel.webhook}"
