"""A room with several people: the assistant answers only who speaks to it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from tests.e2e.matrix.conftest import World
from tests.e2e.matrix.person import Person, logged_in
from tests.e2e.matrix.test_conversation import ESCALATION, SYMPTOM


@dataclass(frozen=True)
class Group:
    """A room of Ann, Ben and the assistant."""

    room: str
    ben: Person


@pytest.fixture
async def group(ann: Person, world: World) -> AsyncIterator[Group]:
    async with logged_in(world.homeserver.url, world.accounts["ben"]) as ben:
        room = await ann.opens_room_with(ben.user, world.companion.user)
        await ben.joins(room)
        yield Group(room, ben)


def mention(user: str) -> dict[str, object]:
    """What clients add to a message that names somebody."""
    pill = f'<a href="https://matrix.to/#/{user}">Companion</a>: hello'
    return {"format": "org.matrix.custom.html", "formatted_body": pill}


async def test_only_who_speaks_to_it_is_answered(ann: Person, world: World, group: Group) -> None:
    await group.ben.writes(group.room, "i can't breathe")
    await ann.writes(group.room, "hello everyone")
    answers = await ann.says(group.room, "Companion: hello", "Ways to cope")
    assert [text for text in answers if "automated assistant" in text] == answers[-1:]
    assert len(answers) == 2, "what Ben wrote, and the greeting"
    listed = {"m.mentions": {"user_ids": [world.companion.user]}}
    assert await ann.says(group.room, "what is a bone scan?", "Sources: ", **listed)
    assert await ann.says(
        group.room, "Companion: hello", "Ways to cope", **mention(world.companion.user)
    )


async def test_a_reply_to_it_is_meant_for_it(ann: Person, group: Group) -> None:
    await ann.writes(group.room, f"@companion {SYMPTOM}")
    *_, question = await ann.events(group.room, "Months or longer")
    for words in ("a few weeks", "about the same"):
        reply = {"m.relates_to": {"m.in_reply_to": {"event_id": question["event_id"]}}}
        await ann.writes(group.room, words, **reply)
        *_, question = await ann.events(group.room, 'You can say "skip".')
    reply = {"m.relates_to": {"m.in_reply_to": {"event_id": question["event_id"]}}}
    assert await ann.says(group.room, "no", ESCALATION, **reply)


async def test_each_person_there_has_a_conversation_of_their_own(ann: Person, group: Group) -> None:
    await ann.says(group.room, f"Companion, {SYMPTOM}", "Months or longer")
    await group.ben.says(group.room, "Companion, hello", "Ways to cope")
    note = await ann.says(group.room, "Companion: 2", "getting worse")
    assert note
