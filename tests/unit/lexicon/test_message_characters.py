"""Characters are made plain: one form for each, nothing invisible, layout kept."""

from __future__ import annotations

import pytest

from bot.lexicon.characters import clean


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("can\u2019t \u201cstop\u201d", 'can\'t "stop"'),
        ("can\u200bcer", "cancer"),
        ("\u202ecancer\u202c", "cancer"),
        ("can\u0000cer", "can cer"),
        ("\uff43\uff41\uff4e\uff43\uff45\uff52", "cancer"),
        ("lung\u00a0cancer\t now", "lung cancer now"),
        ("one\r\n\r\n two", "one\ntwo"),
        ("why???? help!!!", "why? help!"),
        ("stage\u20114", "stage-4"),
        ("lung -> brain", "lung to brain"),
        ("c\u0336a\u0336ncer", "cancer"),
        ("caf\u0065\u0301", "caf\u00e9"),
        ("\U0001f622 38 \u2103", "\U0001f622 38 \u00b0C"),
        ("  ", ""),
    ],
)
def test_characters_are_made_plain(raw: str, plain: str) -> None:
    assert clean(raw) == plain
