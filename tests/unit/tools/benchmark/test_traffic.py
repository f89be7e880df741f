from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tools.benchmark.traffic import Client, many_clients, mixed, one_client, sessions


class Echo(BaseHTTPRequestHandler):
    """Answers as the REST channel does; says nothing to the word "silence"."""

    protocol_version = "HTTP/1.1"
    senders: list[str]

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.senders.append(body["sender"])
        answers = [] if body["message"] == "silence" else [{"text": body["message"]}]
        content = json.dumps(answers).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture
def server() -> Iterator[tuple[int, list[str]]]:
    handler = type("Handler", (Echo,), {"senders": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield running.server_address[1], handler.senders  # type: ignore[attr-defined]
        running.shutdown()


def test_texts_are_cut_into_sessions_of_ten() -> None:
    assert [len(session) for session in sessions([str(n) for n in range(25)])] == [10, 10, 5]


def test_mixing_keeps_every_text_and_is_the_same_each_time() -> None:
    texts = [str(number) for number in range(50)]
    assert sorted(mixed(texts)) == sorted(texts)
    assert mixed(texts) == mixed(texts) != texts


def test_a_client_gets_what_is_answered(server: tuple[int, list[str]]) -> None:
    with Client(server[0]) as client:
        assert client.say("me", "hello") == [{"text": "hello"}]


def test_every_message_is_timed_and_silence_is_counted(server: tuple[int, list[str]]) -> None:
    traffic = one_client(server[0], ["a", "silence", "b"], "one")
    assert len(traffic.seconds) == 3
    assert traffic.unanswered == 1


def test_each_session_is_a_conversation_of_its_own(server: tuple[int, list[str]]) -> None:
    one_client(server[0], ["a"] * 11, "one")
    assert server[1] == ["one-0"] * 10 + ["one-1"]


def test_clients_share_the_messages_and_no_conversation(server: tuple[int, list[str]]) -> None:
    traffic, seconds = many_clients(server[0], ["a"] * 7, 3, "many")
    assert len(traffic.seconds) == 7
    assert sorted(set(server[1])) == ["many-0-0", "many-1-0", "many-2-0"]
    assert seconds > 0
