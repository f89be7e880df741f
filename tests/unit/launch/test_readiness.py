"""When a server counts as ready."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from bot.launch.errors import LaunchError
from bot.launch.ports import HOST, free_port
from bot.launch.project import ROOT
from bot.launch.readiness import (
    Canary,
    State,
    action_server_state,
    trouble_text,
    wait_until_ready,
)
from tests.unit.launch.conftest import MakeChild

TROUBLE = "Something went wrong."

Serve = Callable[[int, str], int]


@pytest.fixture
def requests() -> list[tuple[str, Any]]:
    """The paths and bodies that the server was asked for."""
    return []


@pytest.fixture
def serve(requests: list[tuple[str, Any]]) -> Iterator[Serve]:
    """Starts a server that gives everybody the same answer; returns its port."""
    servers: list[HTTPServer] = []

    def start(status: int, body: str) -> int:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answer(None)

            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                self._answer(json.loads(self.rfile.read(length)))

            def _answer(self, asked: object) -> None:
                requests.append((self.path, asked))
                self.send_response(status)
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        server = HTTPServer((HOST, 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        return int(server.server_port)

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def test_an_action_server_is_ready_when_it_is_well(serve: Serve) -> None:
    assert action_server_state(serve(200, '{"status": "ok"}')) is State.READY


@pytest.mark.parametrize(("status", "body"), [(503, "{}"), (200, "<html>")])
def test_an_action_server_that_is_not_well_is_waited_for(
    serve: Serve, status: int, body: str
) -> None:
    assert action_server_state(serve(status, body)) is State.SILENT


def test_a_server_that_is_not_there_is_waited_for() -> None:
    assert action_server_state(free_port()) is State.SILENT
    assert Canary(free_port(), TROUBLE).state() is State.SILENT


def test_no_proxy_of_the_environment_is_asked(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", f"http://{HOST}:{free_port()}")
    assert action_server_state(serve(200, "{}")) is State.READY


def test_an_assistant_is_ready_when_it_answers_a_greeting(
    serve: Serve, requests: list[tuple[str, Any]]
) -> None:
    assert Canary(serve(200, '[{"text": "Hello."}]'), TROUBLE).state() is State.READY
    ((path, body),) = requests
    assert path == "/webhooks/rest/webhook"
    assert body["message"] == "hello"


def test_each_canary_has_a_conversation_of_its_own(
    serve: Serve, requests: list[tuple[str, Any]]
) -> None:
    port = serve(200, "[]")
    for _ in range(2):
        Canary(port, TROUBLE).state()
    first, second = (body["sender"] for _, body in requests)
    assert first.startswith("canary-")
    assert first != second


@pytest.mark.parametrize("answer", [[], [{"text": TROUBLE}]])
def test_an_assistant_that_answers_nothing_is_broken(serve: Serve, answer: list[Any]) -> None:
    assert Canary(serve(200, json.dumps(answer)), TROUBLE).state() is State.BROKEN


def test_an_assistant_that_fails_is_waited_for(serve: Serve) -> None:
    assert Canary(serve(500, "[]"), TROUBLE).state() is State.SILENT


def test_the_reply_for_trouble_is_found_in_the_responses() -> None:
    assert len(trouble_text(ROOT)) > 20


def test_a_server_is_asked_until_it_is_ready(
    make_child: MakeChild, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.launch.readiness._PAUSE", 0)
    server = make_child("sleep 30")
    server.start()
    states = iter([State.SILENT, State.SILENT, State.READY, State.BROKEN])
    wait_until_ready(lambda: next(states), server)
    assert next(states) is State.BROKEN


def test_a_server_that_ends_is_not_waited_for(make_child: MakeChild) -> None:
    server = make_child("echo 'OSError: no disk'; exit 1")
    server.start()
    server.wait()
    with pytest.raises(LaunchError, match="The server stopped at its start: OSError: no disk"):
        wait_until_ready(lambda: State.SILENT, server)


def test_a_broken_server_is_not_waited_for(make_child: MakeChild) -> None:
    server = make_child("echo 'ERROR model'; exec sleep 30")
    server.start()
    with pytest.raises(LaunchError, match="The server is up but cannot answer"):
        wait_until_ready(lambda: State.BROKEN, server)


def test_patience_ends(make_child: MakeChild) -> None:
    server = make_child("exec sleep 30")
    server.start()
    with pytest.raises(LaunchError, match=r"silent after 0 s\. Details are in .*0\.log"):
        wait_until_ready(lambda: State.SILENT, server, patience=0)
