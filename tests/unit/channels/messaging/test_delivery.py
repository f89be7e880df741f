"""What came lately is known, and forgotten in time."""

from __future__ import annotations

import pytest

from bot.channels.messaging import delivery
from bot.channels.messaging.delivery import REMEMBERED_SECONDS, Seen


class Clock:
    """Tells the time that it is set to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_an_id_is_new_once() -> None:
    seen = Seen()
    assert [seen.first_time(name) for name in ("a", "b", "a", "b", "c")] == [
        True,
        True,
        False,
        False,
        True,
    ]


def test_after_a_day_an_id_is_new_again() -> None:
    clock = Clock()
    seen = Seen(clock)
    seen.first_time("a")
    clock.now = REMEMBERED_SECONDS
    assert not seen.first_time("a")
    clock.now = REMEMBERED_SECONDS + 1
    assert seen.first_time("a")


def test_coming_again_does_not_make_an_id_younger() -> None:
    clock = Clock()
    seen = Seen(clock)
    seen.first_time("a")
    clock.now = REMEMBERED_SECONDS - 1
    seen.first_time("a")
    clock.now = REMEMBERED_SECONDS + 1
    assert seen.first_time("a")


def test_no_more_ids_are_kept_than_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "MOST_REMEMBERED", 3)
    seen = Seen()
    for name in "abcd":
        seen.first_time(name)
    assert seen.first_time("a")
    assert not seen.first_time("d")
