"""The closed texts that fill a response come from the dated file of helplines, by country."""

from __future__ import annotations

import pytest

from bot.knowledge.helplines import load_helplines, render_support_lines
from bot.nlg.closed_texts import closed_texts


@pytest.mark.parametrize("country", load_helplines().countries)
def test_a_country_gets_its_own_lines_and_name(country: str) -> None:
    texts = closed_texts(country)
    assert texts["support_lines"] == render_support_lines(country)
    assert texts["country_name"] == load_helplines().countries[country].name


def test_without_a_country_the_neutral_route_is_given() -> None:
    assert closed_texts(None) == closed_texts("other")
    assert "findahelpline.com" in closed_texts(None)["support_lines"]


def test_crisis_contacts_and_emergency_numbers_never_depend_on_a_country() -> None:
    everywhere = {(closed_texts(c)["crisis_contacts"]) for c in load_helplines().countries}
    assert len(everywhere) == 1
    assert "Samaritans" in everywhere.pop()
    assert "the United States and Canada" in closed_texts(None)["emergency_numbers"]


def test_no_closed_text_is_empty_or_left_with_a_placeholder() -> None:
    for country in (None, *load_helplines().countries):
        for text in closed_texts(country).values():
            assert text and "{" not in text
