"""How long the safety assessment of one message takes, without Rasa around it."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

from bot.encoder import SentenceEncoder
from bot.lexicon.normalizer import TextNormalizer
from bot.safety.assess import SafetyCore
from tools.prove.texts import texts
from tools.tables import Table

MESSAGES = 1_000
LONG = 10_000
"""Characters of a long message."""
RULES_LIMIT, EMBEDDING_LIMIT, LONG_LIMIT = 3.0, 15.0, 50.0
"""What is aimed at, in milliseconds: the 95th percentiles, and the worst long message."""
_SEED = 7
_REPEATS = 5
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Timing:
    """One thing that is timed, in milliseconds, and what is aimed at."""

    title: str
    milliseconds: float
    limit: float

    @property
    def holds(self) -> bool:
        """Whether it is as fast as aimed at."""
        return self.milliseconds <= self.limit


def measure(root: Path) -> list[Timing]:
    """Time the rules alone, the rules with the embedding, and long messages."""
    core = SafetyCore.load(root / "data" / "knowledge" / "safety")
    normalizer = TextNormalizer.load(root / "data" / "lexicon")
    encoder = SentenceEncoder.load()
    said = _sample(root)

    def with_embedding(text: str) -> None:
        core.assess(text)
        encoder.encode_twofold([normalizer.normalize(text)])

    long = max(_fastest(core.assess, text) for text in long_messages(said))
    return [
        Timing("rules alone, 95th percentile", _p95(core.assess, said), RULES_LIMIT),
        Timing("with the embedding, 95th percentile", _p95(with_embedding, said), EMBEDDING_LIMIT),
        Timing(f"{LONG:,} characters, rules, the slowest kind", long, LONG_LIMIT),
    ]


def table(timings: Sequence[Timing]) -> Table:
    """The timings beside what is aimed at."""
    rows = [
        (one.title, f"{one.milliseconds:.1f} ms", f"up to {one.limit:.0f} ms") for one in timings
    ]
    return Table("The safety assessment of a message", ("timed", "measured", "aim"), rows)


def long_messages(said: Sequence[str]) -> list[str]:
    """Long messages of several kinds: real words, one sign again and again, words nobody knows."""
    draw = random.Random(_SEED)
    unknown = " ".join("".join(draw.choices(_LETTERS, k=7)) for _ in range(LONG // 8 + 1))
    kinds = [" ".join(said), "my legs are weak and " * LONG, unknown, "word " * LONG, "x" * LONG]
    return [text[:LONG] for text in kinds]


def _sample(root: Path) -> list[str]:
    """Different messages in one fixed random order, none of which a cache has seen."""
    known = [text for text in texts(root) if 0 < len(text) < LONG // 10]
    random.Random(_SEED).shuffle(known)
    return known[:MESSAGES]


def _p95(handle: Callable[[str], object], said: Sequence[str]) -> float:
    handle("a first message, so that everything is loaded")
    return float(quantiles([_milliseconds(handle, text) for text in said], n=20)[-1])


def _fastest(handle: Callable[[str], object], text: str) -> float:
    """The best of a few runs: on a shared machine the others measure the neighbours."""
    return min(_milliseconds(handle, text) for _ in range(_REPEATS))


def _milliseconds(handle: Callable[[str], object], text: str) -> float:
    began = time.perf_counter()
    handle(text)
    return 1000 * (time.perf_counter() - began)
