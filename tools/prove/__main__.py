"""Prove that no conversation breaks a promise: `python -m tools.prove`.

First the exhaustive search of the dialogue manager, held against Rasa itself, then random
conversations of the whole trained assistant. Ends with 1 and a conversation to read if a promise
can be broken.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence

from bot.launch.project import ROOT, shared_environment
from tools.prove import story, wordings
from tools.prove.exhaustive import Exhaustive
from tools.prove.search import Found
from tools.prove.walkers import walk

TURNS = 100_000
REPLAYED = 1_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Search and walk; return the exit status."""
    options = _options(arguments)
    os.environ.update(shared_environment(ROOT))
    faults = list(wordings.faults(ROOT / "data" / "responses"))
    print("\n".join(faults) or "The safety wordings hold the words that the promises speak of.")
    return int(
        bool(faults) or not _search(options.replay) or not _walk(options.turns, options.workers)
    )


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.prove", description=__doc__)
    parser.add_argument("--turns", type=int, default=TURNS, help="random turns (0: none)")
    parser.add_argument(
        "--workers", type=int, default=os.cpu_count() or 1, help="processes that walk"
    )
    parser.add_argument("--replay", type=int, default=REPLAYED, help="conversations held in Rasa")
    return parser.parse_args(arguments)


def _search(replayed: int) -> bool:
    exhaustive = Exhaustive(ROOT)
    checks = _timed("Every state of the check, whole alphabet", exhaustive.check)
    memory = _timed("Every state that can be told apart, core alphabet", exhaustive.memory)
    data = _timed("Every topic and choice, in each state", lambda: exhaustive.data(checks))
    if any(found.counterexamples for found in (checks, memory, data)):
        return False
    differences = exhaustive.against_rasa(checks, replayed) if replayed else []
    print(f"Held against Rasa: {replayed} conversations, {len(differences)} differ.")
    for difference in differences[:1]:
        print(story.difference(difference))
    return not differences


def _timed(title: str, search: Callable[[], Found]) -> Found:
    began = time.perf_counter()
    found = search()
    seconds = time.perf_counter() - began
    states = f"{len(found.nodes):,} states, " if found.nodes else ""
    print(f"{title}: {states}{found.edges:,} edges in {seconds:.0f} s.", flush=True)
    for counterexample in found.counterexamples[:1]:
        print(story.conversation(counterexample))
    return found


def _walk(turns: int, workers: int) -> bool:
    walked = walk(turns, workers)
    print(walked)
    return not walked.faults


if __name__ == "__main__":
    sys.exit(main())
