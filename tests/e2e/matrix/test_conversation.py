"""Conversations over a real homeserver, from a real client."""

from __future__ import annotations

import pytest

from bot.launch.project import ROOT
from tests.e2e.conftest import curated, on_one_line
from tests.e2e.matrix import transcript
from tests.e2e.matrix.conftest import World
from tests.e2e.matrix.person import Person, logged_in

ESCALATION = on_one_line(curated("utter_tell_healthcare_provider"))
TEXT_ONLY = on_one_line(curated("utter_text_only"))
SYMPTOM = "my shoulder has been stiff and sore"
STEPS = [
    ("hello", "Ways to cope"),
    ("What is metastasis?", "Symptoms"),
    ("1", "Sources: "),
    (SYMPTOM, "Months or longer"),
    ("2", "About the same"),
    ("what is a bone scan?", "About the same"),
    ("About the same", "Not sure"),
    ("2", ESCALATION),
]
"""What Ann writes, and words of the last message that comes back."""


async def test_a_whole_conversation_with_a_symptom_check_is_the_one_in_the_documentation(
    ann: Person, room: str
) -> None:
    exchanges = [(text, await ann.says(room, text, last)) for text, last in STEPS]
    said = {text: " ".join(answers) for text, answers in exchanges}
    assert "National Cancer Institute" in said["What is metastasis?"]
    assert "tell your healthcare provider" in said[SYMPTOM]
    note = said["2"]
    assert all(words in note for words in (SYMPTOM, "A few weeks", "About the same"))
    assert on_one_line(exchanges[-1][1][-1]) == ESCALATION
    assert await ann.hears_nothing_more(room)
    transcript.hold(ROOT / "docs" / "channels" / "matrix.md", exchanges)


async def test_an_emergency_comes_first_and_whole_in_the_middle_of_the_check(
    ann: Person, room: str
) -> None:
    await ann.says(room, SYMPTOM, "Months or longer")
    first, *_, last = await ann.says(room, "i can't feel my legs", ESCALATION)
    beginning, _, end = on_one_line(curated("utter_emergency")).partition("{emergency_numbers}")
    assert on_one_line(first).startswith(beginning)
    assert on_one_line(first).endswith(end.rpartition("}")[2])
    assert on_one_line(last) == ESCALATION


async def test_a_crisis_gets_its_contacts_and_nothing_else(ann: Person, room: str) -> None:
    beginning = on_one_line(curated("utter_crisis_explicit")).partition("{")[0].strip()
    [shown] = await ann.says(room, "i want to kill myself", beginning)
    assert "988" in shown
    assert await ann.hears_nothing_more(room)


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("m.room.message", {"msgtype": "m.image", "body": "a.png", "url": "mxc://a/b"}),
        ("m.room.message", {"msgtype": "m.audio", "body": "a.ogg", "url": "mxc://a/b"}),
        ("m.room.message", {"msgtype": "m.location", "body": "here", "geo_uri": "geo:1,2"}),
        ("m.sticker", {"body": "a smile", "url": "mxc://a/b", "info": {}}),
    ],
    ids=lambda value: value["msgtype"] if isinstance(value, dict) and "msgtype" in value else "",
)
async def test_what_is_not_text_gets_the_reply_that_it_reads_text_only(
    ann: Person, room: str, kind: str, content: dict[str, object]
) -> None:
    await ann.sends(room, content, kind)
    [shown] = await ann.reads(room, TEXT_ONLY)
    assert on_one_line(shown) == TEXT_ONLY


async def test_a_reaction_and_a_corrected_message_are_not_read(ann: Person, room: str) -> None:
    await ann.writes(room, "hello")
    [greeting] = await ann.events(room, "Ways to cope")
    reaction = {"rel_type": "m.annotation", "event_id": greeting["event_id"], "key": "👍"}
    await ann.sends(room, {"m.relates_to": reaction}, "m.reaction")
    assert await ann.reads(room, TEXT_ONLY)
    written = await ann.writes(room, "what is a bone scan?")
    await ann.reads(room, "Sources: ")
    corrected = {
        "msgtype": "m.text",
        "body": "* i can't breathe",
        "m.new_content": {"msgtype": "m.text", "body": "i can't breathe"},
        "m.relates_to": {"rel_type": "m.replace", "event_id": written},
    }
    await ann.sends(room, corrected)
    assert len(await ann.reads(room, TEXT_ONLY)) == 1


async def test_a_question_in_a_thread_is_answered_there(ann: Person, room: str) -> None:
    root = await ann.writes(room, "hello")
    await ann.events(room, "Ways to cope")
    relation = {"rel_type": "m.thread", "event_id": root}
    await ann.writes(room, "what is a bone scan?", **{"m.relates_to": relation})
    [shown] = await ann.events(room, "Sources: ")
    assert shown["content"]["m.relates_to"]["event_id"] == root
    assert shown["content"]["msgtype"] == "m.notice"
    assert "formatted_body" not in shown["content"]


async def test_what_was_written_before_the_assistant_had_joined_is_answered(
    ann: Person, world: World
) -> None:
    room = await ann.opens_room_with(world.companion.user, joined=0)
    await ann.writes(room, "hello")
    assert len(await ann.reads(room, "Ways to cope")) == 1
    assert await ann.hears_nothing_more(room)


async def test_an_encrypted_room_is_told_why_there_is_no_answer(ann: Person, world: World) -> None:
    room = await ann.opens_room_with(world.companion.user, encrypted=True)
    unreadable = {
        "algorithm": "m.megolm.v1.aes-sha2",
        "ciphertext": "AwgAEnACgAkLmt6qF84IK",
        "session_id": "X3lUlvLELLYxeTx4yOVu6UDpasGEVO0Jbu+QFnm0cKQ",
    }
    await ann.sends(room, unreadable, "m.room.encrypted")
    text = on_one_line(curated("utter_encrypted"))
    [shown] = await ann.reads(room, text)
    assert on_one_line(shown) == text


async def test_another_program_is_not_answered(ann: Person, room: str) -> None:
    await ann.sends(room, {"msgtype": "m.notice", "body": "i can't breathe"})
    assert len(await ann.says(room, "hello", "Ways to cope")) == 1


async def test_who_may_not_talk_to_it_is_neither_joined_nor_answered(
    world: World, ann: Person
) -> None:
    async with logged_in(world.homeserver.url, world.accounts["eve"]) as eve:
        alone = await eve.opens_room_with(world.companion.user, joined=0)
        await eve.refused(alone, world.companion.user)
        shared = await ann.opens_room_with(world.companion.user, eve.user)
        await eve.joins(shared)
        name = {"m.mentions": {"user_ids": [world.companion.user]}}
        await eve.writes(shared, "Companion: i can't breathe", **name)
        assert len(await ann.says(shared, "Companion: hello", "Ways to cope", **name)) == 2
