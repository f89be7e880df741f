"""Measure speed and memory beside Rasa's stock configuration: `python -m tools.benchmark`.

Trains and serves both in a temporary directory, on free ports of the loopback interface, and
writes a table, a picture and the raw figures to reports/.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from bot.launch.errors import LaunchError
from bot.launch.ports import Ports, free_port
from bot.launch.programs import action_server
from bot.launch.project import ROOT
from bot.launch.readiness import action_server_state, wait_until_ready
from bot.launch.supervisor import stopped_at_the_end
from tools.benchmark import assessment, report
from tools.benchmark.measure import BENCHMARK_LOGS, Measured, Plan, measure
from tools.benchmark.subjects import OWN, STOCK, own, stock, stock_python
from tools.benchmark.traffic import mixed
from tools.evaluation.sets import load_named_set

REPORTS = ROOT / "reports"
QUICK = Plan(runs=1, stock_epochs=1, warm_up=10, messages=20, parallel=16)
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure; return the exit status."""
    options = _options(arguments)
    os.chdir(ROOT)
    for number in (signal.SIGTERM, signal.SIGHUP):  # as Ctrl-C does: stop the servers first
        signal.signal(number, signal.default_int_handler)
    timings = assessment.measure(ROOT)
    print(f"{assessment.table(timings).as_text()}\n", flush=True)
    if options.assessment:
        return int(not all(timing.holds for timing in timings))
    plan = QUICK if options.quick else Plan(options.runs, options.stock_epochs)
    try:
        with tempfile.TemporaryDirectory(prefix="benchmark-") as directory:
            measured = _measure(Path(directory), plan, options)
    except LaunchError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return INTERRUPTED
    figures = {one.subject.name: one.figures for one in measured}
    print(f"\n{report.table(figures).as_text()}")
    if options.quick:
        print("\nA smoke test: the figures mean nothing, and no report was written.")
    else:
        report.write(REPORTS, figures, asdict(plan), timings)
        print(f"\nReport: {REPORTS / report.TEXT}")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.benchmark", description=__doc__)
    parser.add_argument("--runs", type=int, default=Plan.runs, help="how often each is measured")
    parser.add_argument(
        "--stock-epochs",
        type=int,
        help="train stock's networks for so many epochs instead of 100, which may take hours; "
        "the report says so",
    )
    parser.add_argument(
        "--assessment", action="store_true", help="time the safety assessment and nothing else"
    )
    parser.add_argument("--skip-stock", action="store_true", help="measure this assistant alone")
    parser.add_argument(
        "--quick", action="store_true", help="a smoke test: few messages, stock barely trained"
    )
    return parser.parse_args(arguments)


def _measure(directory: Path, plan: Plan, options: argparse.Namespace) -> list[Measured]:
    ports = Ports(assistant=free_port(), actions=free_port())
    subjects = [own(ROOT, directory / OWN, ports.actions)]
    if not options.skip_stock:
        if not stock_python(ROOT).exists():
            raise LaunchError("Stock needs the real TensorFlow: run `make setup STOCK=1` before.")
        subjects.append(stock(ROOT, directory / STOCK, ports.actions, plan.stock_epochs))
    texts = mixed([dialogue.turns[0].text for dialogue in load_named_set("practice")])
    if len(texts) < plan.texts:
        raise LaunchError(f"{plan.texts} practice messages are needed, there are {len(texts)}.")
    log = ROOT / BENCHMARK_LOGS / "actions.log"
    actions = replace(action_server(ROOT, ports), log=log)
    with stopped_at_the_end(actions):
        actions.start()
        wait_until_ready(lambda: action_server_state(ports.actions), actions)
        return measure(ROOT, subjects, texts, plan)


if __name__ == "__main__":
    sys.exit(main())
