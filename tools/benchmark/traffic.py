"""Talks to an assistant over REST, one session after the other or several at once."""

from __future__ import annotations

import http.client
import json
import random
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from bot.launch.ports import HOST

TIMEOUT = 60.0
"""Seconds to wait for one answer."""
PATH = "/webhooks/rest/webhook"
SESSION_LENGTH = 10
_SEED = 7


@dataclass
class Traffic:
    """How long each message took, in seconds, and how many got no answer at all."""

    seconds: list[float] = field(default_factory=list)
    unanswered: int = 0

    def add(self, other: Traffic) -> None:
        """Take in what another client measured."""
        self.seconds += other.seconds
        self.unanswered += other.unanswered


class Client:
    """One person's connection, kept open between messages as a browser keeps it."""

    def __init__(self, port: int) -> None:
        """Talk to the assistant on this port of the loopback interface."""
        self._connection = http.client.HTTPConnection(HOST, port, timeout=TIMEOUT)

    def __enter__(self) -> Client:
        """Use as a context manager: the connection is closed at the end."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connection."""
        self._connection.close()

    def say(self, sender: str, text: str) -> list[dict[str, Any]]:
        """Send a message and return what is answered."""
        body = json.dumps({"sender": sender, "message": text}).encode()
        try:
            return self._post(body)
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            self._connection.close()  # the server closes what was idle; a new one is opened
            return self._post(body)

    def _post(self, body: bytes) -> list[dict[str, Any]]:
        self._connection.request("POST", PATH, body, {"Content-Type": "application/json"})
        answer = self._connection.getresponse()
        content = answer.read()
        return list(json.loads(content)) if answer.status == http.HTTPStatus.OK else []


def mixed(texts: Sequence[str]) -> list[str]:
    """The texts in one fixed random order, so that no session is about one topic only."""
    shuffled = list(texts)
    random.Random(_SEED).shuffle(shuffled)
    return shuffled


def sessions(texts: Sequence[str], length: int = SESSION_LENGTH) -> list[Sequence[str]]:
    """The texts cut into conversations of this length; the last may be shorter."""
    return [texts[start : start + length] for start in range(0, len(texts), length)]


def one_client(port: int, texts: Sequence[str], name: str) -> Traffic:
    """Hold short conversations one after the other and time every message."""
    traffic = Traffic()
    with Client(port) as client:
        for number, session in enumerate(sessions(texts)):
            for text in session:
                began = time.perf_counter()
                answers = client.say(f"{name}-{number}", text)
                traffic.seconds.append(time.perf_counter() - began)
                traffic.unanswered += not answers
    return traffic


def many_clients(port: int, texts: Sequence[str], clients: int, name: str) -> tuple[Traffic, float]:
    """Share the texts among clients that talk at the same time; also the seconds it took."""
    shares = [texts[client::clients] for client in range(clients)]
    total = Traffic()
    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        names = [f"{name}-{client}" for client in range(clients)]
        for traffic in pool.map(one_client, [port] * clients, shares, names):
            total.add(traffic)
    return total, time.perf_counter() - began
