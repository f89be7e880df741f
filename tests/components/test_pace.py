"""Nobody types fifty messages in a second: the pace of a conversation has a limit."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from bot.channels.pace import MOST_PEOPLE, Limit, Pace, PaceError
from tests.components.conftest import ROOT


def test_the_limit_holds_over_a_sliding_window_and_for_each_conversation() -> None:
    now = [0.0]
    pace = Pace(Limit(2, 10), lambda: now[0])
    assert [pace.allows("a"), pace.allows("a"), pace.allows("a"), pace.allows("b")] == [
        True,
        True,
        False,
        True,
    ]
    now[0] = 10.0
    assert pace.allows("a")


def test_the_memory_of_conversations_is_bounded() -> None:
    pace = Pace(Limit(1, 10), lambda: 0.0)
    for number in range(MOST_PEOPLE + 5):
        assert pace.allows(str(number))
    assert len(pace._times) == MOST_PEOPLE


def test_every_channel_of_the_credentials_has_a_limit_that_makes_sense() -> None:
    channels = yaml.safe_load((ROOT / "credentials.yml").read_text(encoding="utf-8"))
    assert {Limit.of(settings) for settings in channels.values()} == {Limit(20, 10.0)}


@pytest.mark.parametrize(
    "given", [{"messages": 0}, {"seconds": 0}, {"messages": "many"}, "fast", {"seconds": None}]
)
def test_a_limit_that_makes_no_sense_stops_the_start(given: Any) -> None:
    with pytest.raises(PaceError, match="credentials"):
        Limit.of({"at_most": given})


def test_without_a_setting_the_default_holds() -> None:
    assert Limit.of(None) == Limit()
