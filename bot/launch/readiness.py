"""Ask the two servers whether they are ready to answer."""

from __future__ import annotations

import http.client
import json
import secrets
import time
import urllib.request
from collections.abc import Callable
from enum import Enum, auto
from pathlib import Path
from typing import Any

import yaml

from bot.launch.child import Child
from bot.launch.errors import LaunchError
from bot.launch.ports import HOST

PATIENCE = 180.0
"""Seconds to wait for a server: a cold disk and one busy core are slow."""

_PAUSE = 0.05
_ANSWER_TIMEOUT = 10.0
_TROUBLE = ("data/responses/small_talk.yml", "utter_trouble")

# The servers are on this machine: never through a proxy of the environment.
_open = urllib.request.build_opener(urllib.request.ProxyHandler({})).open


class State(Enum):
    """How far a server has come."""

    SILENT = auto()
    """Not up yet, or not any more."""
    BROKEN = auto()
    """Up, and unable to do its work."""
    READY = auto()


def action_server_state(port: int) -> State:
    """Ask the action server whether it is well."""
    answer = _ask(urllib.request.Request(f"http://{HOST}:{port}/health"))
    return State.SILENT if answer is None else State.READY


class Canary:
    """A message sent as a person would send it.

    A server whose model failed to load still answers its health check, and every message with
    nothing or with the reply for trouble; only a real answer shows that it works.
    """

    def __init__(self, port: int, trouble: str) -> None:
        """Talk to the assistant on this port; `trouble` is the reply that shows a failure."""
        body = {"sender": f"canary-{secrets.token_hex(8)}", "message": "hello"}
        self._request = urllib.request.Request(
            f"http://{HOST}:{port}/webhooks/rest/webhook",
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        self._trouble = trouble

    def state(self) -> State:
        """Send the message and judge what comes back."""
        messages = _ask(self._request)
        if messages is None:
            return State.SILENT
        texts = [message.get("text") for message in messages]
        return State.BROKEN if texts in ([], [self._trouble]) else State.READY


def trouble_text(root: Path) -> str:
    """Return the reply that a person gets when something failed."""
    name, response = _TROUBLE
    content = yaml.load((root / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return str(content["responses"][response][0]["text"])


def wait_until_ready(state: Callable[[], State], server: Child, patience: float = PATIENCE) -> None:
    """Wait until a server is ready.

    Args:
        state: asks the server.
        server: its program.
        patience: seconds until it is given up.

    Raises:
        LaunchError: if the server ends, is broken, or takes too long.
    """
    deadline = time.monotonic() + patience
    while (reached := state()) is not State.READY:
        if reached is State.BROKEN:
            raise LaunchError(f"{server.name} is up but cannot answer: {server.last_words()}")
        if server.status() is not None:
            raise LaunchError(f"{server.name} stopped at its start: {server.last_words()}")
        if time.monotonic() >= deadline:
            raise LaunchError(f"{server.name} is silent after {patience:.0f} s. {server.details}")
        time.sleep(_PAUSE)


def _ask(request: urllib.request.Request) -> Any:
    """Return the decoded JSON of the answer, or nothing while there is none."""
    try:
        with _open(request, timeout=_ANSWER_TIMEOUT) as answer:
            return json.load(answer)
    except (OSError, http.client.HTTPException, ValueError):
        return None
