"""Who may talk to the assistant on Matrix."""

from __future__ import annotations

import pytest

from bot.channels.matrix.access import Access, server_of
from bot.channels.messaging.settings import ChannelError

OWN = "example.org"


def test_unless_told_the_own_server_is_allowed_and_no_other() -> None:
    access = Access.of(None, OWN)
    assert access.admits("@ann:example.org")
    assert not access.admits("@ann:other.org")
    assert not access.admits("@ann:sub.example.org")


def test_a_list_names_servers_and_users_and_leaves_the_own_server_out() -> None:
    access = Access.of(" hospital.example:8448 ,@ann:other.org, [2001:db8::1] ", OWN)
    assert access.admits("@anybody:hospital.example:8448")
    assert access.admits("@anybody:[2001:db8::1]")
    assert access.admits("@ann:other.org")
    assert not access.admits("@ben:other.org")
    assert not access.admits("@ann:example.org")


def test_a_star_alone_lets_everyone_in() -> None:
    assert Access.of("*", OWN).admits("@anybody:anywhere.test")


@pytest.mark.parametrize(
    "listed", ["", ",", "*,example.org", "example.org,", "@ann", "a b", "@:", "#r:x"]
)
def test_a_list_that_is_not_understood_lets_nobody_in(listed: str) -> None:
    with pytest.raises(ChannelError, match="COMPANION_MATRIX_ALLOWED"):
        Access.of(listed, OWN)


@pytest.mark.parametrize(
    "user", ["", "ann", "@ann", "ann:example.org", "@ann:", "@a b:example.org"]
)
def test_what_is_no_user_is_not_admitted_even_where_everyone_is(user: str) -> None:
    assert server_of(user) is None
    assert not Access.of("*", OWN).admits(user)
