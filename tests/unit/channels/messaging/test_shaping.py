"""A response as a platform shows it: parts, buttons, numbers, sources, plain letters."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.messaging.settings import Limits
from bot.channels.messaging.shaping import Piece, Shaper, plain_letters, split, width
from bot.knowledge.citation import Citations
from bot.launch.project import ROOT

CITATIONS = Citations.load(ROOT / "data")
SOURCE = next(iter(CITATIONS.sources))
USUAL = Limits(text=100, buttons=3, title=20)
GSM = set(
    "@£$¥èéùìòÇ\nØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà^{}\\[~]|€"
)
"""The alphabet of SMS with its extension (3GPP TS 23.038): a letter outside doubles the price."""


def pieces(message: dict[str, Any], limits: Limits = USUAL) -> list[Piece]:
    return Shaper(limits, CITATIONS).pieces(message)


def buttons(*titles: str) -> list[dict[str, str]]:
    return [{"title": title, "payload": title} for title in titles]


def texts(message: dict[str, Any], limits: Limits = USUAL) -> list[str]:
    return [piece.text for piece in pieces(message, limits)]


def test_a_short_text_is_one_message() -> None:
    assert pieces({"text": " Hello. \n"}) == [Piece("Hello.")]


@pytest.mark.parametrize(
    "message", [{}, {"text": None}, {"text": " \n"}, {"text": "", "buttons": []}]
)
def test_nothing_is_no_message(message: dict[str, Any]) -> None:
    assert pieces(message) == []


def test_choices_are_buttons_and_numbered_lines() -> None:
    assert pieces({"text": "Which?", "buttons": buttons("This", "That")}) == [
        Piece("Which?\n1. This\n2. That", ("This", "That"))
    ]


@pytest.mark.parametrize(
    "titles",
    [("1", "2", "3", "4"), ("short", "x" * 21), ("short", "💔" * 11)],
    ids=["too many", "too long", "too long by its emoji"],
)
def test_where_not_all_choices_fit_none_is_a_button(titles: tuple[str, ...]) -> None:
    shown = pieces({"text": "Which?", "buttons": buttons(*titles)})
    assert [piece.choices for piece in shown] == [()]
    assert all(title in shown[0].text for title in titles)


def test_a_title_may_be_as_long_as_the_platform_allows() -> None:
    [piece] = pieces({"text": "Which?", "buttons": buttons("x" * 20)})
    assert piece.choices == ("x" * 20,)


def test_the_buttons_are_under_the_last_part() -> None:
    shown = pieces({"text": "A sentence. " * 20, "buttons": buttons("Yes", "No")})
    assert len(shown) > 1
    assert [piece.choices for piece in shown] == [*[()] * (len(shown) - 1), ("Yes", "No")]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a line\nanother line", ["a line", "another line"]),
        ("One ends. Two ends.", ["One ends.", "Two ends."]),
        ("some words here", ["some words", "here"]),
        ("abcdefghijklmnop", ["abcdefghijkl", "mnop"]),
        ("x\nsome words here", ["x\nsome", "words here"]),
    ],
    ids=["at a line", "at a sentence", "at a word", "in a word", "not after a short line"],
)
def test_a_long_text_is_cut_where_it_reads_best(text: str, parts: list[str]) -> None:
    assert split(text, 12) == parts


def test_an_emoji_counts_for_two_and_is_never_cut_in_half() -> None:
    assert width("a💔") == 3
    assert split("💔" * 5, 5) == ["💔💔", "💔💔", "💔"]


@given(st.text(max_size=400), st.integers(2, 80))
def test_parts_are_within_the_limit_and_nothing_but_blanks_is_lost(text: str, longest: int) -> None:
    parts = split(text, longest)
    assert all(part.strip() and width(part) <= longest for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_where_each_character_costs_only_the_organisation_is_named() -> None:
    message = {"text": "An answer.\nSources: all of it.", "metadata": {"sources": [SOURCE]}}
    organisation = CITATIONS.sources[SOURCE].organisation
    short = Limits(1600, 0, 0, short_sources=True)
    assert texts(message, short) == [f"An answer.\nSources: {organisation}."]
    assert texts(message) == ["An answer.\nSources: all of it."]


def test_a_text_without_sources_keeps_its_last_line() -> None:
    short = Limits(1600, 0, 0, short_sources=True)
    assert texts({"text": "One.\nTwo.", "metadata": {}}, short) == ["One.\nTwo."]


def test_plain_letters_stand_for_typographic_ones() -> None:
    message = {
        "text": "\u201cI\u2019m\u201d \u2013 or \u2014\u2026",
        "buttons": buttons("it\u2019s"),
    }
    plain = Limits(1600, 0, 0, plain_letters=True)
    assert texts(message, plain) == ["\"I'm\" - or -...\n1. it's"]
    assert texts(message) == [f"{message['text']}\n1. it\u2019s"]


FILES = sorted((ROOT / "data" / "responses").glob("*.yml"))


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_every_curated_text_is_within_the_alphabet_of_sms(path: Any) -> None:
    responses = yaml.safe_load(path.read_text(encoding="utf-8"))["responses"]
    wordings = [wording for each in responses.values() for wording in each]
    said = [wording["text"] for wording in wordings]
    said += [button["title"] for each in wordings for button in each.get("buttons", ())]
    assert set(plain_letters("".join(said))) <= GSM
