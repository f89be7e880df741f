"""Words, pairs and pieces of words become a row of fixed length."""

from __future__ import annotations

import numpy as np

from bot.intents.word_forms import COLUMNS, WEIGHT, word_form_features


def likeness(first: str, second: str) -> float:
    one, other = word_form_features([first, second])
    return float(one @ other) / (2 * WEIGHT**2)


def test_each_half_of_a_row_has_its_length() -> None:
    rows = word_form_features(["which cancers spread to the brain", "a"])
    assert rows.shape == (2, 2 * COLUMNS)
    assert rows.dtype == np.float32
    for half in (rows[:, :COLUMNS], rows[:, COLUMNS:]):
        np.testing.assert_allclose(np.linalg.norm(half, axis=1), WEIGHT, rtol=1e-6)


def test_a_text_without_words_has_a_row_of_zeros() -> None:
    assert not word_form_features(["", "  \n"]).any()
    assert word_form_features([]).shape == (0, 2 * COLUMNS)


def test_the_same_words_in_another_order_are_alike_but_not_the_same() -> None:
    assert 0.5 < likeness("which cancers go there", "there cancers go which") < 0.99


def test_a_misspelt_word_stays_closer_than_another_word() -> None:
    assert likeness("metastasis", "metastassis") > 0.3 > likeness("metastasis", "hospice")


def test_capitals_make_no_difference() -> None:
    assert likeness("What Is HOSPICE", "what is hospice") > 0.999


def test_a_lone_surrogate_is_no_obstacle() -> None:
    assert np.isfinite(word_form_features(["pain \ud83d"])).all()
