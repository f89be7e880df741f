"""Which kinds of clinical words stand in a text, as numbers beside its embedding."""

from __future__ import annotations

import numpy as np
import pytest

from bot.intents.features import KIND_WEIGHT, feature_rows, kind_features
from bot.lexicon.mention import Mention
from bot.lexicon.vocabulary import KINDS


def mentions(*written: str) -> tuple[Mention, ...]:
    """Mentions from texts like "body_site=bone"; a final "?" marks an organ alone."""
    pairs = [each.partition("=") for each in written]
    return tuple(Mention(k, v.rstrip("?"), 0, 0, "", v.endswith("?")) for k, _, v in pairs)


def seen(*written: str) -> set[str]:
    """The names of the features that are set."""
    names = [f"{kind}{suffix}" for kind in KINDS for suffix in ("", " twice")]
    row = kind_features(mentions(*written))
    assert set(row) <= {0.0, KIND_WEIGHT}
    return {name for name, value in zip([*names, "bare", "pair"], row, strict=True) if value}


def test_the_kinds_stand_in_the_order_that_a_trained_classifier_knows() -> None:
    order = ("cancer_type", "body_site", "test", "treatment", "risk_factor", "country")
    rows = [kind_features(mentions(f"{kind}=any")) for kind in order]
    assert [row.index(KIND_WEIGHT) for row in rows] == [0, 2, 4, 6, 8, 10]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ((), set()),
        (("test=ct",), {"test"}),
        (("test=ct", "test=ct"), {"test"}),
        (("test=ct", "test=mri"), {"test", "test twice"}),
        (("cancer_type=lung", "body_site=bone"), {"cancer_type", "body_site", "pair"}),
        (("body_site=lung?",), {"bare"}),
        (("body_site=lung?", "cancer_type=breast"), {"cancer_type", "bare", "pair"}),
        (("country=ie",), {"country"}),
    ],
)
def test_a_text_shows_which_kinds_are_named_in_it(
    written: tuple[str, ...], expected: set[str]
) -> None:
    assert seen(*written) == expected


def test_a_row_is_the_embedding_and_then_the_kinds() -> None:
    vectors = np.eye(2, 3, dtype=np.float32)
    rows = feature_rows(vectors, [mentions("test=ct"), mentions()])
    assert rows.shape == (2, 3 + 2 * len(KINDS) + 2)
    assert rows.dtype == np.float32
    np.testing.assert_array_equal(rows[:, :3], vectors)
    assert rows[0, 3:].any() and not rows[1, 3:].any()
