from __future__ import annotations

import pytest

from bot.safety.inflection import inflected
from bot.safety.spelling import SpellingIndex
from bot.safety.tokens import pieces
from bot.safety.wording import Wording, spelled_out

WORDING = Wording(
    vocabulary=("breathe", "seizure", "chest", "pain", "suicide", "cannot", "legs", "numb", "help"),
    common_words=("the", "breast", "leg", "hope"),
    text_speak={"cant": "cannot", "im": "i am", "hrs": "hours"},
)


def words(text: str) -> list[str]:
    return [piece.text for piece in pieces(text) if piece.kind in ("word", "number")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I CAN\u2019T Breathe", ["i", "can't", "breathe"]),
        ("ki\u200bll my\u00adself", ["kill", "myself"]),
        ("su1cide k1ll", ["suicide", "kill"]),
        ("n\u00e1usea \uff43\uff48\uff45\uff53\uff54", ["nausea", "chest"]),
        ("light-headed", ["light", "headed"]),
        ("38.7\u00b0C", ["38.7", "degrees", "c"]),
        ("T=38,5", ["t", "38,5"]),
        ("\u043aill", ["\u043aill"]),
        ("p\u0430in", ["pain"]),
    ],
)
def test_a_message_is_cut_into_plain_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_piece_keeps_its_place_in_the_original_text() -> None:
    text = "My l\u0435gs \u2014 numb!"
    assert [text[p.start : p.end] for p in pieces(text) if p.kind == "word"] == [
        "My",
        "l\u0435gs",
        "numb",
    ]


def test_stops_and_pauses_are_told_apart() -> None:
    kinds = [piece.kind for piece in pieces("one, two... three. four\n\nfive\nsix - seven")]
    assert kinds == [
        *("word", "pause", "word", "pause", "word", "stop", "word", "stop", "word"),
        *("pause", "word", "pause", "word"),
    ]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("cant", [("cannot",)]),
        ("im", [("i",), ("am",)]),
        ("isn't", [("is",), ("not",)]),
        ("breathr", [("breathe",)]),
        ("siezure", [("seizure",)]),
        ("heeelp", [("help",)]),
        ("paaaain", [("pain",)]),
        ("chestpain", [("chest",), ("pain",)]),
        ("breast", [("breast",)]),
        ("hope", [("hope",)]),
        ("zzzz", [("zz",)]),
    ],
)
def test_a_written_word_is_read_as_what_it_stands_for(
    word: str, expected: list[tuple[str, ...]]
) -> None:
    assert list(WORDING.read(word)) == expected


def test_the_phrases_of_the_data_are_spelled_out_alike() -> None:
    assert spelled_out("he's cant b17", {"cant": "cannot"}) == "he is cannot b 17"


def test_a_misspelling_with_two_readings_keeps_both() -> None:
    assert SpellingIndex(["black", "block"]).corrections("blck") == ("black", "block")


@pytest.mark.parametrize("word", ["cat", "xylophone", "a" * 40, ""])
def test_a_word_that_is_near_to_nothing_has_no_correction(word: str) -> None:
    assert SpellingIndex(["seizure", "chest", "cart"]).corrections(word) == ()


def test_two_slips_leave_the_first_letter_alone() -> None:
    index = SpellingIndex(["seizure"])
    assert index.corrections("siezzure") == ("seizure",)
    assert index.corrections("leisure") == ()


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("lump", {"lump", "lumps", "lumped", "lumping"}),
        ("ache", {"ache", "aches", "ached", "aching"}),
        ("stop", {"stop", "stops", "stopped", "stopping"}),
        ("itch", {"itch", "itches", "itched", "itching"}),
        ("worry", {"worry", "worries", "worried", "worrying"}),
    ],
)
def test_a_word_is_inflected(word: str, forms: set[str]) -> None:
    assert set(inflected(word)) == forms
