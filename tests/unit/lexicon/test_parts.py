"""A message is read whole and in the parts that may each hold a question."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.lexicon.normalizer import TextNormalizer
from bot.lexicon.parts import parts_of

LEXICON = Path(__file__).parents[3] / "data" / "lexicon"


@pytest.fixture(scope="module")
def normalizer() -> TextNormalizer:
    return TextNormalizer.load(LEXICON)


def test_one_question_has_no_parts_beside_itself(normalizer: TextNormalizer) -> None:
    assert parts_of("what is hospice?", normalizer) == ["what is hospice?"]


def test_two_questions_follow_the_whole(normalizer: TextNormalizer) -> None:
    whole, *parts = parts_of("What is hospice? How is pain treated?", normalizer)
    assert whole == "What is hospice? How is pain treated?"
    assert len(parts) == 2


@pytest.mark.parametrize("bare", ["What does that mean?", "what is it", "So what's that?"])
def test_a_bare_question_stays_with_the_word_that_it_asks_about(
    normalizer: TextNormalizer, bare: str
) -> None:
    _, first, second = parts_of(f"He was told mets. {bare} How is it treated?", normalizer)
    assert first.startswith("He was told mets.")
    assert first.endswith(bare.split()[-1])
    assert second == "How is it treated?"
