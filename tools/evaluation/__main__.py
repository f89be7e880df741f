"""Measure the trained assistant on the evaluation sets: `python -m tools.evaluation`.

Writes tables and pictures to reports/. The misses are written only when they are asked for,
so that nobody tunes to the held-out messages by reading them.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path

from bot.dialogue.interpretation import Thresholds
from bot.launch.project import ROOT, shared_environment
from tools.evaluation import charts, report, safety_report
from tools.evaluation.corpus import groups, load_examples
from tools.evaluation.judged import SetResult
from tools.evaluation.misses import misses
from tools.evaluation.overlap import Seen, evaluation_texts
from tools.evaluation.safety_report import SafetyResult
from tools.evaluation.sets import HELD_OUT, PRACTICE
from tools.tables import Table

SAFETY = "safety"
EVERYTHING = (*HELD_OUT, *PRACTICE, SAFETY)
INTRODUCTION = """# Evaluation

Written by `make evaluate`. Right: everything that was asked got the answer that a fair reader
expects. Wrong: another answer. Asked which: the choice between two close topics. Refused: not
understood. The held-out sets were never trained on; the practice sets serve for tuning."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Evaluate; return the exit status."""
    options = _options(arguments)
    os.chdir(ROOT)
    # Before the first import of Rasa, which reads it.
    os.environ.update(shared_environment(ROOT))
    warnings.simplefilter("ignore")
    if options.overlap:
        return _show_overlap(options.only or EVERYTHING)
    from tools.evaluation.runner import ModelError, chosen_model

    try:
        _evaluate(chosen_model(), options)
    except ModelError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _evaluate(model: Path, options: argparse.Namespace) -> None:
    results, safety = asyncio.run(_run(model, options.only or EVERYTHING))
    tables = _tables(results, safety) + ([] if options.only else _validate())
    print("\n".join(f"\n{table.as_text()}" for table in tables))
    options.out.mkdir(parents=True, exist_ok=True)
    if not options.only:
        _write(options.out, results, tables)
    if options.misses:
        path = options.out / "evaluation_misses.md"
        path.write_text(misses(results, safety), encoding="utf-8")
        print(f"\nMisses: {path}")


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.evaluation", description=__doc__)
    parser.add_argument(
        "--only",
        action="append",
        choices=EVERYTHING,
        help="run this set alone, and write no report; may be given several times",
    )
    parser.add_argument(
        "--overlap",
        action="store_true",
        help="only list the texts that were trained on, or are a safety rule's example, as well",
    )
    parser.add_argument("--misses", action="store_true", help="write every miss down")
    parser.add_argument(
        "--out", type=lambda text: Path(text).resolve(), default=ROOT / "reports",
        help="the directory to write to",
    )  # fmt: skip
    return parser.parse_args(arguments)


def _show_overlap(names: Sequence[str]) -> int:
    seen = Seen.trained()
    for name in names:
        for overlap in seen.overlaps(evaluation_texts(name)):
            print(f"{name}: {overlap.text!r} is in {overlap.place}")
    return 0


async def _run(model: Path, names: Sequence[str]) -> tuple[list[SetResult], SafetyResult | None]:
    from tools.evaluation.run import evaluate_safety, evaluate_set
    from tools.evaluation.runner import load_agent

    agent = load_agent(model)
    seen = Seen.load()
    results = [await evaluate_set(agent, name, seen) for name in names if name != SAFETY]
    if SAFETY not in names:
        return results, None
    return results, await evaluate_safety(agent, report.held_out(results), seen)


def _tables(results: Sequence[SetResult], safety: SafetyResult | None) -> list[Table]:
    tables = [report.sets_table(results)] if results else []
    if report.held_out(results):
        named = groups(load_examples())
        tables += [report.groups_table(results, named), report.voices_table(results)]
    if safety is not None:
        tables += [safety_report.safety_table(safety), safety_report.detail_table(safety)]
    return [*tables, report.left_out_table(results, safety.left_out if safety else 0)]


def _validate() -> list[Table]:
    from tools.evaluation.crossval import classifier_settings, cross_validate

    validation = cross_validate(load_examples(), classifier_settings())
    return [report.crossval_table(validation), report.crossval_groups_table(validation)]


def _write(directory: Path, results: Sequence[SetResult], tables: Sequence[Table]) -> None:
    from tools.evaluation.crossval import classifier_settings

    accept = Thresholds(**classifier_settings()["thresholds"]).accept
    charts.draw(report.held_out(results), groups(load_examples()), accept, directory)
    pictures = "\n\n".join(f"![{title}]({name})" for name, title in charts.TITLES.items())
    parts = [INTRODUCTION, *(table.as_markdown() for table in tables), "## Pictures", pictures]
    path = directory / "evaluation.md"
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    print(f"\nReport: {path}")


if __name__ == "__main__":
    sys.exit(main())
