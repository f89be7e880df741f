"""Takes the measurements, the two assistants by turns, so that a slow minute hits both."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bot.encoder.store import CACHE_ENV
from bot.launch.ports import free_port
from bot.launch.project import LOGS, child_environment
from bot.launch.readiness import Canary, trouble_text
from bot.launch.supervisor import stopped_at_the_end
from tools.benchmark.figures import (
    MEMORY,
    START,
    THROUGHPUT,
    TRAINING,
    UNANSWERED,
    latencies,
)
from tools.benchmark.processes import Program
from tools.benchmark.subjects import Subject
from tools.benchmark.traffic import SESSION_LENGTH, Traffic, many_clients, one_client

BENCHMARK_LOGS = LOGS / "benchmark"
TRAINING_LIMIT, START_LIMIT = 4 * 3600.0, 300.0
"""Seconds after which a training, and a server that does not answer, are given up."""
REPEAT_WITHIN = 900.0
"""No training is begun again once an assistant has spent so many seconds on it."""
_say = partial(print, flush=True)
SERVER = "server"
"""The name of the log of the program that serves."""


@dataclass(frozen=True)
class Plan:
    """How much is measured; `stock_epochs` where its networks are not trained for all of theirs."""

    runs: int = 3
    stock_epochs: int | None = None
    warm_up: int = 50
    messages: int = 20 * SESSION_LENGTH
    clients: int = 8
    parallel: int = 8 * 3 * SESSION_LENGTH

    @property
    def texts(self) -> int:
        """How many different messages are needed; repeated ones would come from a cache."""
        return self.warm_up + self.messages + self.parallel


@dataclass
class Measured:
    """An assistant and its figures, one for each run."""

    subject: Subject
    figures: dict[str, list[float]] = field(default_factory=dict)

    def add(self, key: str, value: float) -> None:
        """Add the figure of one more run."""
        self.figures.setdefault(key, []).append(value)


def measure(
    root: Path, subjects: Sequence[Subject], texts: Sequence[str], plan: Plan
) -> list[Measured]:
    """Train and serve each assistant as often as the plan says."""
    measured = [Measured(subject) for subject in subjects]
    for one in measured:
        _repeat_training(root, one, plan.runs)
    for run in range(plan.runs):
        for one in measured:
            _serve(root, one, texts, plan, f"{run + 1} of {plan.runs}")
    return measured


def _repeat_training(root: Path, one: Measured, runs: int) -> None:
    for run in range(runs):
        if sum(one.figures.get(TRAINING.key, ())) > REPEAT_WITHIN:
            _say(f"{one.subject.name}: training takes long and is not repeated.")
            return
        _say(f"{one.subject.name}: training, {run + 1} of {runs} ... ", end="")
        took = _train(root, one.subject)
        one.add(TRAINING.key, took)
        _say(f"{took:.1f} s")


def _train(root: Path, subject: Subject) -> float:
    """Train from nothing: no cache of Rasa's, no graph of the encoder from before."""
    for kept in (_cache(subject), subject.model.parent):
        shutil.rmtree(kept, ignore_errors=True)
    return sum(
        program(root, subject, command, f"train-{step}").run_to_end(TRAINING_LIMIT)
        for step, command in enumerate(subject.training_commands())
    )


def _serve(root: Path, one: Measured, texts: Sequence[str], plan: Plan, run: str) -> None:
    port = free_port()
    server = program(root, one.subject, one.subject.server_command(port), SERVER)
    canary = Canary(port, trouble_text(root))
    _say(f"{one.subject.name}: serving, {run} ... ", end="")
    with stopped_at_the_end(server):
        one.add(START.key, server.start_until_answered(canary, START_LIMIT))
        _talk(one, port, server.memory, texts, plan)
    _say("done")


def _talk(
    one: Measured, port: int, memory: Callable[[], float], texts: Sequence[str], plan: Plan
) -> None:
    warm, timed = texts[: plan.warm_up], texts[plan.warm_up : plan.warm_up + plan.messages]
    rest = texts[plan.warm_up + plan.messages : plan.texts]
    whole = Traffic()
    whole.add(one_client(port, warm, "warm"))
    one.add(MEMORY.key, memory())
    alone = one_client(port, timed, "alone")
    for key, milliseconds in latencies(alone.seconds).items():
        one.add(key, milliseconds)
    together, seconds = many_clients(port, rest, plan.clients, "together")
    one.add(THROUGHPUT.key, len(rest) / seconds)
    whole.add(alone)
    whole.add(together)
    one.add(UNANSWERED.key, 100 * whole.unanswered / len(whole.seconds))


def program(root: Path, subject: Subject, command: Sequence[str], log: str) -> Program:
    """One program of an assistant, with caches and a log of its own; a server has its limits."""
    additions = {
        **(subject.environment if log == SERVER else {}),
        CACHE_ENV: str(_cache(subject) / "encoder"),
        "RASA_CACHE_DIRECTORY": str(_cache(subject) / "rasa"),
    }
    environment = child_environment(root, os.environ, additions)
    name = f"{subject.name} ({log})"
    return Program(name, command, environment, root / BENCHMARK_LOGS / f"{subject.name}-{log}.log")


def _cache(subject: Subject) -> Path:
    return subject.directory / "cache"
