"""The texts that fill a response's placeholders, all from the dated file of helplines."""

from __future__ import annotations

from functools import lru_cache

from bot.knowledge.helpline_records import ELSEWHERE
from bot.knowledge.helplines import (
    country_name,
    render_crisis_contacts,
    render_emergency_numbers,
    render_support_lines,
)


@lru_cache(maxsize=16)
def closed_texts(country: str | None) -> dict[str, str]:
    """The closed texts by placeholder, for a country or for none."""
    place = country or ELSEWHERE
    return {
        "support_lines": render_support_lines(place),
        "country_name": country_name(place),
        "crisis_contacts": render_crisis_contacts(),
        "emergency_numbers": render_emergency_numbers(),
    }
