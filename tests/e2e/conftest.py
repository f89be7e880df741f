"""The assistant as a person starts it: `python -m bot.launch run`, on ports of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, sync_playwright

from bot.channels.origins import ORIGINS_VARIABLE
from bot.launch.ports import ACTION_PORT_VARIABLE, HOST, PORT_VARIABLE, free_port
from bot.launch.project import ROOT, child_environment
from tests.e2e.chat_widget import Widget, newcomer

READY = "Ctrl-C"
"""The launcher says how to stop it once both servers answer."""

GRACE = 60.0
"""Seconds the launcher gets to stop its servers before it is killed, and they with it."""

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ELSEWHERE_PORT = free_port()
"""Where the tests serve pages that are not the assistant's, and that it allows."""

_open = urllib.request.build_opener(urllib.request.ProxyHandler({})).open


@dataclass(frozen=True)
class Running:
    """A running assistant."""

    origin: str

    def says(self, text: str, sender: str | None = None) -> list[dict[str, Any]]:
        """Send a message over REST and return the messages that come back."""
        body = {"message": text} | ({"sender": sender} if sender else {})
        status, content = self.post("/webhooks/rest/webhook", json.dumps(body).encode())
        assert status == 200
        return list(json.loads(content))

    def post(self, path: str, body: bytes) -> tuple[int, bytes]:
        """Post a body as JSON; return the status and the content of the answer."""
        headers = {"Content-Type": "application/json"}
        return self._ask(urllib.request.Request(f"{self.origin}{path}", body, headers))

    def get(self, path: str) -> tuple[int, bytes]:
        """Return the status and the content behind a path."""
        return self._ask(urllib.request.Request(f"{self.origin}{path}"))

    def _ask(self, request: urllib.request.Request) -> tuple[int, bytes]:
        try:
            with _open(request) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()


@pytest.fixture(scope="session")
def assistant() -> Iterator[Running]:
    """The assistant and its action server, started once and stopped in any case."""
    ports = {PORT_VARIABLE: str(free_port()), ACTION_PORT_VARIABLE: str(free_port())}
    with running(ports) as origin:
        yield Running(origin)


@contextmanager
def running(ports: dict[str, str]) -> Iterator[str]:
    """An assistant on these ports; gives its origin once it answers."""
    allowed = {ORIGINS_VARIABLE: f"http://{HOST}:{ELSEWHERE_PORT}"}
    with _launched("run", {**ports, **allowed}) as launcher:
        printed = _read_until_ready(launcher)
        if READY not in printed:
            pytest.fail(f"The assistant did not start:\n{printed}", pytrace=False)
        yield f"http://{HOST}:{ports[PORT_VARIABLE]}"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window. Closed with each file: it occupies the thread's event loop."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        missing = "Chromium is missing (on Debian: apt-get install chromium)."
        pytest.fail(missing, pytrace=False) if os.environ.get("CI") else pytest.skip(missing)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def chat(browser: Browser, assistant: Running) -> Iterator[Widget]:
    """The widget on the assistant's own page, opened by a new person who read the notice."""
    widget, context = newcomer(browser, viewport={"width": 1000, "height": 800})
    yield widget.visits(f"{assistant.origin}/").opens().agrees()
    context.close()


@contextmanager
def _launched(command: str, ports: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    launcher = subprocess.Popen(
        [sys.executable, "-m", "bot.launch", command],
        cwd=ROOT,
        env=child_environment(ROOT, os.environ, ports),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield launcher
    finally:
        launcher.terminate()
        try:
            launcher.communicate(timeout=GRACE)
        except subprocess.TimeoutExpired:
            launcher.kill()
            launcher.communicate()


def _read_until_ready(launcher: subprocess.Popen[str]) -> str:
    """What it prints until it is ready or has ended; its own patience bounds the wait."""
    lines = []
    for line in launcher.stdout or ():
        lines.append(line)
        if READY in line:
            break
    return "".join(lines)


def curated(response: str) -> str:
    """The text of a response that has one wording and fills in nothing, on one line."""
    for path in sorted((ROOT / "data" / "responses").glob("*.yml")):
        responses = yaml.safe_load(path.read_text(encoding="utf-8"))["responses"]
        if response in responses:
            (wording,) = responses[response]
            return on_one_line(wording["text"])
    raise KeyError(response)


def on_one_line(text: str) -> str:
    """A text with every run of white space as one space."""
    return " ".join(text.split())
