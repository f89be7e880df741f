"""Overlapping finds are settled: longest, then a real term, then certain, then earlier."""

from __future__ import annotations

from bot.lexicon.mention import IGNORED, Candidate, settle


def test_longer_candidate_takes_the_words() -> None:
    longer, shorter = Candidate(0, 3, "test", "pet"), Candidate(1, 2, "test", "ct")
    assert settle([shorter, longer]) == (longer,)


def test_ignored_phrase_takes_its_words_and_is_dropped() -> None:
    ignored, inside = Candidate(0, 2, IGNORED, "bone density"), Candidate(0, 1, "body_site", "bone")
    assert settle([inside, ignored]) == ()


def test_real_term_beats_an_ignored_phrase_of_the_same_length() -> None:
    ignored, term = Candidate(0, 2, IGNORED, "a pet"), Candidate(1, 3, "test", "pet")
    assert settle([ignored, term]) == (term,)


def test_certain_reading_beats_a_bare_organ() -> None:
    bare = Candidate(0, 1, "body_site", "lung", bare=True)
    certain = Candidate(0, 1, "cancer_type", "lung")
    assert settle([bare, certain]) == (certain,)


def test_two_values_of_the_same_words_are_kept() -> None:
    one = Candidate(0, 1, "treatment", "chemotherapy")
    other = Candidate(0, 1, "treatment", "radiotherapy")
    assert settle([other, one]) == (one, other)


def test_earlier_wins_between_equals_that_overlap() -> None:
    earlier, later = Candidate(0, 2, "test", "ct"), Candidate(1, 3, "test", "mri")
    assert settle([later, earlier]) == (earlier,)
