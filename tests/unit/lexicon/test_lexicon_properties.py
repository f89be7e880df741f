"""What holds for every message: nothing raises, offsets fit, normalizing twice changes nothing."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.lexicon.ellipsis import has_anaphora, is_elliptical
from bot.lexicon.extractor import ClinicalLexicon
from bot.lexicon.normalizer import TextNormalizer
from bot.lexicon.splitter import MOST_PARTS, split_questions

_WORDS = st.sampled_from(
    [
        "what", "is", "breast", "lung", "cancer", "and", "or", ",", ".", "?", "!", "mets",
        "spread", "to", "from", "the", "my", "in", "liver", "how", "does", "it", "that", "\n",
        "u", "r", "bc", "stage", "iv", "st4", "dr", "tx", "kemo", "canser", "soooo",
        "prostrate", "US", "us", "PET", "+", "&", "->", "'s", "can't", "w/", "brian", "head",
        "neck", "metastatic", "secondary",
    ]
)  # fmt: skip
MESSAGES = st.one_of(
    st.text(max_size=200),
    st.text(st.characters(), max_size=60),
    st.lists(_WORDS, max_size=40).map(" ".join),
    st.lists(_WORDS, max_size=20).map("".join),
)
quick = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@quick
@given(text=MESSAGES)
def test_mentions_have_valid_offsets_and_never_overlap(lexicon: ClinicalLexicon, text: str) -> None:
    mentions = lexicon.find(text)
    for mention in mentions:
        assert 0 <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        assert mention.value in lexicon.values(mention.kind)
    places = sorted({(mention.start, mention.end) for mention in mentions})
    assert all(one[1] <= other[0] for one, other in pairwise(places))


@quick
@given(text=MESSAGES)
def test_normalizing_twice_changes_nothing(normalizer: TextNormalizer, text: str) -> None:
    once = normalizer.normalize(text)
    assert normalizer.normalize(once) == once


@quick
@given(text=MESSAGES)
def test_splitting_keeps_the_words_in_order(text: str) -> None:
    parts = split_questions(text)
    assert len(parts) <= MOST_PARTS
    assert bool(parts) == bool(text.strip())
    position = 0
    for part in parts:
        position = text.index(part, position) + len(part)


@quick
@given(text=MESSAGES)
def test_follow_up_checks_answer_for_every_message(lexicon: ClinicalLexicon, text: str) -> None:
    assert isinstance(has_anaphora(text), bool)
    assert is_elliptical(text, ()) is False
    assert isinstance(is_elliptical(text, lexicon.find(text)), bool)


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "?", "\ud800", "\u0000", "\U0001f622" * 50, "a" * 50_000]
)
def test_odd_messages_are_survived(
    lexicon: ClinicalLexicon, normalizer: TextNormalizer, text: str
) -> None:
    assert lexicon.find(text) == ()
    assert len(normalizer.normalize(text)) <= len(text)
    assert len(split_questions(text)) <= 1
