"""What the adapter is learnt from: the training examples of questions and of safety, in batches."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.lexicon.normalizer import TextNormalizer
from bot.nlu.danger_examples import danger_of
from bot.safety.detector import load_examples
from tools.evaluation import corpus

DATA = Path("data")
BATCH = 64
BATCHES_SORTED = 50
"""Texts of so many batches are sorted by length, so that little of a batch is padding."""

MOST_TOKENS = 80
PLAIN_SHARE, TYPO_SHARE = 0.2, 0.2
"""How often a text loses its punctuation, and gets a slip of the finger or two."""


@dataclass(frozen=True)
class Example:
    """A normalised text; what it asks and which danger it tells, where it is an example of that."""

    text: str
    asks: str | None
    danger: str | None


@dataclass(frozen=True)
class Batch:
    """Token ids of texts of like length, and which examples they are."""

    tokens: list[list[int]]
    examples: list[Example]


def load() -> list[Example]:
    """All examples of `data/nlu` and `data/safety_examples`."""
    normalize = TextNormalizer.load(DATA / "lexicon").normalize
    asked = [
        Example(normalize(e.text), e.label, danger_of(e.label)) for e in corpus.load_examples()
    ]
    told = [Example(normalize(t), None, d) for t, d in load_examples(DATA / "safety_examples")]
    return asked + told


def batches(
    examples: Sequence[Example], tokenize: Callable[[str], list[int]], chance: random.Random
) -> list[Batch]:
    """All examples once, in an order and with slips of their own, in batches of like length."""
    order = list(examples)
    chance.shuffle(order)
    made = [
        batch
        for start in range(0, len(order), BATCH * BATCHES_SORTED)
        for batch in _sorted_batches(
            [
                (tokenize(slip(example.text, chance))[:MOST_TOKENS], example)
                for example in order[start : start + BATCH * BATCHES_SORTED]
            ]
        )
    ]
    chance.shuffle(made)
    return made


def _sorted_batches(read: list[tuple[list[int], Example]]) -> Iterator[Batch]:
    read.sort(key=lambda pair: len(pair[0]))
    for start in range(0, len(read), BATCH):
        tokens, examples = zip(*read[start : start + BATCH], strict=True)
        yield Batch(list(tokens), list(examples))


def slip(text: str, chance: random.Random) -> str:
    """A text as a tired person types it: now and then without punctuation, with slips."""
    if chance.random() < PLAIN_SHARE:
        bare = "".join(c if c.isalnum() or c == "'" else " " for c in text)
        text = " ".join(bare.split()) or text
    if chance.random() < TYPO_SHARE and len(text) > 8:
        for _ in range(chance.choice((1, 1, 2))):
            at = chance.randrange(1, len(text) - 2)
            left, here, following, rest = text[:at], text[at], text[at + 1], text[at + 2 :]
            slips = (left + following + rest, left + following + here + rest, left + 2 * here)
            text = chance.choice((slips[0], slips[1], slips[2] + following + rest))
    return text
