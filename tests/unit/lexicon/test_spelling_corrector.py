"""The corrector touches only unknown words, and prefers a word of the domain."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.lexicon.phonetics import sound_of
from bot.lexicon.spelling import SpellingCorrector

CORRECTOR = SpellingCorrector.for_domain({"chemo", "liver", "bones", "hospice"}, {"oramorph"})


@pytest.mark.parametrize("word", ["liver", "oramorph", "colour", "tumour", "livers", "mum's"])
def test_known_word_is_not_corrected(word: str) -> None:
    assert CORRECTOR.correct(word) is None


@pytest.mark.parametrize("word", ["nivolumab", "ribociclib", "oxaliplatin", "docetaxel"])
def test_drug_name_is_known_by_its_stem(word: str) -> None:
    assert CORRECTOR.knows(word)


@pytest.mark.parametrize("word", ["smokeing", "worryed", "boness", "secondarys"])
def test_irregular_ending_makes_no_known_word(word: str) -> None:
    assert not CORRECTOR.knows(word)


def test_very_short_word_stays() -> None:
    assert CORRECTOR.correct("qzx") is None


def test_word_like_no_other_stays() -> None:
    assert CORRECTOR.correct("qwxzvkjq") is None


def test_domain_word_wins_over_a_general_word_as_near() -> None:
    assert CORRECTOR.correct("livver") == "liver"
    assert CORRECTOR.correct("bons") == "bones"


def test_word_spelled_by_ear_is_found() -> None:
    assert CORRECTOR.correct("kemo") == "chemo"
    assert CORRECTOR.correct("hospis") == "hospice"


def test_general_word_is_corrected_too() -> None:
    assert CORRECTOR.correct("becuase") == "because"


class Counted(list[str]):
    """Words that know how often somebody went through them."""

    times = 0

    def __iter__(self) -> Iterator[str]:
        self.times += 1
        return super().__iter__()


def test_words_are_parted_without_going_through_all_domain_words() -> None:
    domain = Counted(["chemo", "liver"])
    corrector = SpellingCorrector(frozenset(domain), domain, {}, {})
    before = domain.times
    assert corrector.correct("liverchemo") == "liver chemo"
    assert domain.times == before


def test_two_domain_words_run_together_are_parted() -> None:
    assert CORRECTOR.correct("liverbones") == "liver bones"


@pytest.mark.parametrize(
    ("one", "other"), [("kemo", "chemo"), ("hospis", "hospice"), ("fone", "phone")]
)
def test_words_that_sound_alike_share_a_sound_form(one: str, other: str) -> None:
    assert sound_of(one) == sound_of(other)
