"""Put load on the assistant: one long conversation, many people, impatient and oversized messages.

`python -m tools.benchmark.load` serves the trained model on a database and writes a table, a
picture of the long conversation and the raw figures to reports/.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

import yaml

from bot.launch.errors import LaunchError
from bot.launch.ports import HOST, Ports, free_port
from bot.launch.programs import action_server
from bot.launch.project import MODEL, ROOT
from bot.launch.readiness import Canary, trouble_text
from bot.launch.supervisor import stopped_at_the_end
from tools.benchmark import load_report
from tools.benchmark.figures import latencies
from tools.benchmark.load_report import EDGE, Load
from tools.benchmark.measure import BENCHMARK_LOGS, SERVER, START_LIMIT, program
from tools.benchmark.subjects import Subject, own
from tools.benchmark.traffic import PATH, Client, many_clients, mixed, one_client
from tools.evaluation.sets import load_named_set

_STORE = "bot.store.sql_store.BoundedSQLTrackerStore"
_MEGABYTE = 1_000_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.benchmark.load", description=__doc__)
    parser.add_argument("--turns", type=int, default=2000, help="of the long conversation")
    turns = parser.parse_args(arguments).turns
    os.chdir(ROOT)
    try:
        with tempfile.TemporaryDirectory(prefix="load-") as directory:
            load, long = _measure(Path(directory), turns)
    except LaunchError as error:
        print(error, file=sys.stderr)
        return 1
    print(load_report.table(load, turns).as_text())
    load_report.write(ROOT / "reports", load, long)
    return 0


def _measure(directory: Path, turns: int) -> tuple[Load, list[float]]:
    ports = Ports(free_port(), free_port())
    subject = _on_database(directory, ports)
    server = program(ROOT, subject, subject.server_command(ports.assistant), SERVER)
    actions = replace(action_server(ROOT, ports), log=ROOT / BENCHMARK_LOGS / "actions.log")
    # As `make train` does; else the server would build the graph of the encoder at its start.
    for number, command in enumerate(subject.training_commands()[: len(subject.prepared_by)]):
        program(ROOT, subject, command, f"prepare-{number}").run_to_end(START_LIMIT)
    with stopped_at_the_end(actions, server):
        actions.start()
        start = server.start_until_answered(
            Canary(ports.assistant, trouble_text(ROOT)), START_LIMIT
        )
        return _talk(ports.assistant, turns, start, server.memory)


def _on_database(directory: Path, ports: Ports) -> Subject:
    """The project with the trained model and a database of its own."""
    subject = own(ROOT, directory, ports.actions)
    settings = yaml.safe_load(subject.endpoints.read_text(encoding="utf-8"))
    database = str(directory / "conversations.db")
    settings["tracker_store"] = {"type": _STORE, "dialect": "sqlite", "db": database}
    subject.endpoints.write_text(yaml.safe_dump(settings), encoding="utf-8")
    subject.model.parent.mkdir(parents=True)
    shutil.copy(ROOT / MODEL, subject.model)
    return subject


def _talk(port: int, turns: int, start: float, memory: Any) -> tuple[Load, list[float]]:
    texts = mixed([dialogue.turns[0].text for dialogue in load_named_set("practice")])
    # A repeated text is embedded from a cache: what is compared gets texts not sent before.
    fresh, late, others = texts[:EDGE], texts[EDGE : 2 * EDGE], texts[2 * EDGE :]
    one_client(port, others[:30], "warm")
    alone = latencies(one_client(port, others[30:130], "alone").seconds)
    together, seconds = many_clients(port, others[130:370], 8, "together")
    long = _conversation(port, (others * turns)[: turns - EDGE])
    first, last = _by_turns(port, fresh, late)
    status, refused, behind = _megabyte(port)
    load = Load(
        start=1000 * start,
        p50=alone["p50"],
        p95=alone["p95"],
        messages_a_second=len(together.seconds) / seconds,
        first_turns=median(first),
        last_turns=median(last),
        second_message=_second_message(port, others),
        megabyte=refused,
        megabyte_status=status,
        behind_megabyte=behind,
        memory=memory(),
    )
    return load, [*long, *last]


def _conversation(port: int, texts: Sequence[str]) -> list[float]:
    with Client(port) as client:
        return [_timed(client, "long", text) for text in texts]


def _by_turns(
    port: int, fresh: Sequence[str], late: Sequence[str]
) -> tuple[list[float], list[float]]:
    """First messages of new people and further ones of the long conversation, alternating.

    So that a slow minute of the machine hits both.
    """
    first, last = [], []
    with Client(port) as client:
        for number, (new, further) in enumerate(zip(fresh, late, strict=True)):
            first.append(_timed(client, f"new-{number}", new))
            last.append(_timed(client, "long", further))
    return first, last


def _timed(client: Client, sender: str, text: str) -> float:
    """Milliseconds until the answer is there."""
    began = time.perf_counter()
    client.say(sender, text)
    return 1000 * (time.perf_counter() - began)


def _second_message(port: int, texts: Sequence[str]) -> float:
    """How long the later of two messages takes that one person sends at once, median."""
    later = []
    with Client(port) as one, Client(port) as two, ThreadPoolExecutor(2) as pool:
        for text in texts[:20]:
            pair = [pool.submit(_timed, client, "impatient", text) for client in (one, two)]
            later.append(max(each.result() for each in pair))
    return median(later)


def _megabyte(port: int) -> tuple[int, float, float]:
    """The status and the time of a message of a megabyte, and the time of the one behind it."""
    body = json.dumps({"sender": "large", "message": "x " * (_MEGABYTE // 2)}).encode()
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    began = time.perf_counter()
    # Refused before all of it was sent; the answer is there to be read.
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        connection.request("POST", PATH, body, {"Content-Type": "application/json"})
    status = connection.getresponse().status
    refused = time.perf_counter() - began
    connection.close()
    with Client(port) as client:
        return status, 1000 * refused, _timed(client, "behind", "hello")


if __name__ == "__main__":
    sys.exit(main())
