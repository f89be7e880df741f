"""The assistant goes and comes back: what came meanwhile is answered once, and nothing older."""

from __future__ import annotations

from tests.e2e.matrix.conftest import assistant_of, kept_nowhere
from tests.e2e.matrix.person import logged_in
from tests.e2e.matrix.synapse import Account, Synapse
from tests.e2e.matrix.test_conversation import ESCALATION


async def test_what_came_while_it_was_away_is_answered_once_and_nothing_from_before_its_time(
    homeserver: Synapse, accounts: dict[str, Account]
) -> None:
    companion = homeserver.register("restarted")
    async with (
        logged_in(homeserver.url, accounts["ann"]) as ann,
        logged_in(homeserver.url, companion) as account,
    ):
        room = await ann.opens_room_with(companion.user, joined=0)
        await account.joins(room)
        await ann.writes(room, "i can't breathe")
        with kept_nowhere(companion):
            with assistant_of(homeserver, companion):
                assert len(await ann.says(room, "hello", "Ways to cope")) == 1
            await ann.writes(room, "i can't feel my legs")
            with assistant_of(homeserver, companion):
                answers = await ann.reads(room, ESCALATION)
                assert await ann.hears_nothing_more(room)
    assert [text for text in answers if "automated assistant" in text] == []
