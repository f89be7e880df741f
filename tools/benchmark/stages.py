"""Where a message's milliseconds go: `python -m tools.benchmark.stages`.

Runs the trained model in this process, with a clock around each stage, and writes a table and a
picture to reports/. A stage's time is its own, without that of the stages it calls.
"""

from __future__ import annotations

import asyncio
import functools
import inspect
import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import mean, median
from typing import Any

from bot.launch.project import MODEL, ROOT, shared_environment
from tools.benchmark.report import machine
from tools.benchmark.traffic import mixed, sessions
from tools.evaluation.sets import load_named_set
from tools.pictures import GOOD, canvas, save
from tools.tables import Table

TEXT, RAW, CHART = "stages.md", "stages.json", "stages.png"
WARM_UP, TIMED = 40, 200
REST = "Rasa: graph, tracker, actions"


class Clock:
    """Adds up the time that each stage takes itself."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.spent: dict[str, float] = defaultdict(float)
        self._running: list[str] = []
        self._since = 0.0

    def wrap(self, owner: type, name: str, stage: str) -> None:
        """Put the clock around a method of a class."""
        method = inspect.getattr_static(owner, name)
        setattr(owner, name, self._around(method, stage))

    def _around(self, method: Callable[..., Any], stage: str) -> Callable[..., Any]:
        @functools.wraps(method)
        def timed(*arguments: Any, **options: Any) -> Any:
            self._enter(stage)
            try:
                return method(*arguments, **options)
            finally:
                self._leave()

        @functools.wraps(method)
        async def timed_async(*arguments: Any, **options: Any) -> Any:
            self._enter(stage)
            try:
                return await method(*arguments, **options)
            finally:
                self._leave()

        return timed_async if inspect.iscoroutinefunction(method) else timed

    def _enter(self, stage: str) -> None:
        self._charge()
        self._running.append(stage)

    def _leave(self) -> None:
        self._charge()
        self._running.pop()

    def _charge(self) -> None:
        now = time.perf_counter()
        if self._running:
            self.spent[self._running[-1]] += now - self._since
        self._since = now


def main() -> int:
    """Measure and write; return the exit status."""
    os.environ.update(shared_environment(ROOT))
    os.chdir(ROOT)
    stages = asyncio.run(_measure())
    table = Table("Where a message's milliseconds go", ("stage", "median", "mean"), _rows(stages))
    print(table.as_text())
    _write(table, stages)
    return 0


async def _measure() -> Mapping[str, Sequence[float]]:
    """For each stage its milliseconds in each message."""
    from rasa.core.agent import load_agent
    from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
    from rasa.core.utils import AvailableEndpoints

    clock = Clock()
    _put_clocks(clock)
    endpoints = AvailableEndpoints.read_endpoints("endpoints.yml")
    agent = await load_agent(str(MODEL), endpoints=endpoints)
    texts = mixed([dialogue.turns[0].text for dialogue in load_named_set("practice")])
    found: dict[str, list[float]] = defaultdict(list)
    for number, session in enumerate(sessions(texts[: WARM_UP + TIMED])):
        for text in session:
            clock.spent.clear()
            message = UserMessage(text, CollectingOutputChannel(), f"stages-{number}")
            await agent.handle_message(message)
            for stage in _STAGES:
                found[stage].append(1000 * clock.spent[stage])
    return {stage: values[WARM_UP:] for stage, values in found.items()}


_STAGES = (
    "split and correct",
    "encode",
    "find vocabulary",
    "classify",
    "judge safety",
    "plan",
    "word the answer",
    "load and save",
    REST,
)


def _put_clocks(clock: Clock) -> None:
    from rasa.core.agent import Agent

    from bot.nlg.curated_generator import CuratedGenerator
    from bot.nlu.act_classifier import ActClassifier
    from bot.nlu.clinical_extractor import ClinicalEntityExtractor
    from bot.nlu.message_splitter import MessageSplitter
    from bot.nlu.safety_guard import SafetyGuard
    from bot.nlu.sentence_featurizer import SentenceEncoderFeaturizer
    from bot.policies.guarded_policy import GuardedRulePolicy
    from bot.store.memory_store import BoundedMemoryTrackerStore

    clock.wrap(MessageSplitter, "process", "split and correct")
    clock.wrap(SentenceEncoderFeaturizer, "process", "encode")
    clock.wrap(ClinicalEntityExtractor, "process", "find vocabulary")
    clock.wrap(ActClassifier, "process", "classify")
    clock.wrap(SafetyGuard, "process", "judge safety")
    clock.wrap(GuardedRulePolicy, "predict_action_probabilities", "plan")
    clock.wrap(CuratedGenerator, "generate", "word the answer")
    clock.wrap(BoundedMemoryTrackerStore, "retrieve", "load and save")
    clock.wrap(BoundedMemoryTrackerStore, "save", "load and save")
    clock.wrap(Agent, "handle_message", REST)


def _rows(stages: Mapping[str, Sequence[float]]) -> list[tuple[str, str, str]]:
    whole = [sum(values) for values in zip(*stages.values(), strict=True)]
    everything = {**stages, "all": whole}
    return [(name, f"{median(v):.1f} ms", f"{mean(v):.1f} ms") for name, v in everything.items()]


def _write(table: Table, stages: Mapping[str, Sequence[float]]) -> None:
    reports = ROOT / "reports"
    _draw(reports / CHART, stages)
    raw = {name: [round(ms, 3) for ms in values] for name, values in stages.items()}
    (reports / RAW).write_text(json.dumps(raw) + "\n", encoding="utf-8")
    facts = ", ".join(f"{name} {value}" for name, value in machine().items())
    parts = ["# Stages", f"Written by `make load`. Taken on: {facts}.", table.as_markdown()]
    text = "\n\n".join([*parts, f"![Milliseconds of each stage]({CHART})"])
    (reports / TEXT).write_text(text + "\n", encoding="utf-8")


def _draw(path: Path, stages: Mapping[str, Sequence[float]]) -> None:
    figure, axes = canvas(7, 3)
    names = list(stages)[::-1]
    axes.barh(names, [median(stages[name]) for name in names], color=GOOD)
    axes.set_xlabel("ms of a message, median")
    save(figure, path)


if __name__ == "__main__":
    sys.exit(main())
