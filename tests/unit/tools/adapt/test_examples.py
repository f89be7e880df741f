"""What the adapter is learnt from: every example once, now and then with a slip of the finger."""

from __future__ import annotations

import random
from collections import Counter
from itertools import pairwise

import pytest

from tools.adapt import examples as module
from tools.adapt.examples import BATCH, MOST_TOKENS, Batch, Example, batches, slip

TEXTS = [f"what is example number {n}, {'very ' * (n % 7)}please?" for n in range(2 * BATCH + 9)]
EXAMPLES = [Example(text, None, "none") for text in TEXTS]
LONG = "my back hurts at night, and it's worse when I lie down."


def tokenize(text: str) -> list[int]:
    """A token for each letter's code."""
    return [ord(character) for character in text]


def made(seed: int, examples: list[Example] = EXAMPLES) -> list[Batch]:
    return batches(examples, tokenize, random.Random(seed))


def test_the_batches_hold_every_example_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BATCHES_SORTED", 1)
    held = Counter(example.text for batch in made(0) for example in batch.examples)
    assert held == Counter(TEXTS)


def test_no_batch_is_too_large_and_each_text_has_its_tokens() -> None:
    for batch in made(0):
        assert 0 < len(batch.examples) <= BATCH
        assert len(batch.tokens) == len(batch.examples)
        assert all(len(tokens) <= MOST_TOKENS for tokens in batch.tokens)


def test_tokens_stay_with_their_example(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "slip", lambda text, chance: text)
    for batch in made(0):
        for tokens, example in zip(batch.tokens, batch.examples, strict=True):
            assert tokens == tokenize(example.text)[:MOST_TOKENS]


def test_texts_of_like_length_share_a_batch() -> None:
    spans = sorted((min(map(len, b.tokens)), max(map(len, b.tokens))) for b in made(0))
    assert all(end <= begin for (_, end), (begin, _) in pairwise(spans))


def test_the_same_seed_gives_the_same_batches_and_another_one_others() -> None:
    assert made(0) == made(0) != made(1)


def test_no_examples_give_no_batches() -> None:
    assert made(0, []) == []


def slips(text: str) -> list[str]:
    return [slip(text, random.Random(seed)) for seed in range(300)]


def test_a_slip_is_the_same_for_the_same_seed() -> None:
    assert slips(LONG) == slips(LONG)


def test_most_texts_stay_as_they_are_and_some_do_not() -> None:
    kept = slips(LONG).count(LONG)
    assert 150 < kept < 300


def test_a_slip_changes_a_letter_or_two_and_no_more() -> None:
    letters = sum(map(str.isalnum, LONG))
    assert all(abs(sum(map(str.isalnum, text)) - letters) <= 2 for text in slips(LONG))


@pytest.mark.parametrize("text", ["", "bone", "what now", "thanks"])
def test_a_short_text_is_kept(text: str) -> None:
    assert set(slips(text)) == {text}


def test_a_short_text_may_lose_its_punctuation_and_nothing_else() -> None:
    assert set(slips("is it?")) == {"is it?", "is it"}


def test_a_text_just_long_enough_survives_two_slips() -> None:
    assert all(7 <= len(text) <= 11 for text in slips("metastasi"))
