"""Only the assistant's own page and listed origins may talk to it."""

from __future__ import annotations

import pytest

from bot.channels.origins import ORIGINS_VARIABLE, AllowedOrigins, OriginError

PAGE, HOST = "https://www.example.org", "chat.example.org"


def test_its_own_page_and_a_listed_one_may_ask() -> None:
    allowed = AllowedOrigins.of([PAGE], {})
    assert allowed.allows(f"https://{HOST}", HOST)
    assert allowed.allows(PAGE, HOST)


@pytest.mark.parametrize(
    "origin", ["null", "https://example.org", f"{PAGE}.evil.example", "http://www.example.org"]
)
def test_any_other_page_may_not(origin: str) -> None:
    allowed = AllowedOrigins.of([PAGE], {})
    assert not allowed.allows(origin, HOST)
    assert "Access-Control-Allow-Origin" not in allowed.headers(origin, HOST)


def test_what_comes_from_no_page_may_ask() -> None:
    assert AllowedOrigins().allows(None, HOST)


def test_the_list_of_the_environment_takes_the_place_of_the_settings() -> None:
    given = {ORIGINS_VARIABLE: "https://a.example, https://b.example:8443"}
    allowed = AllowedOrigins.of([PAGE], given)
    assert allowed.origins == {"https://a.example", "https://b.example:8443"}
    assert AllowedOrigins.of([PAGE], {ORIGINS_VARIABLE: ""}).origins == frozenset()


@pytest.mark.parametrize("name", ["*", "example.org", f"{PAGE}/", f"{PAGE}/path", "ftp://a"])
def test_what_is_no_origin_stops_the_start(name: str) -> None:
    with pytest.raises(OriginError, match="no origin"):
        AllowedOrigins.of([name], {})
