"""Whom the assistant hears in the rooms of Matrix, and where it answers."""

from __future__ import annotations

import pytest

from tests.channels.counterparts.matrix import GROUP, Matrix
from tests.channels.rooms import BOT
from tests.components.matrix.conftest import ANN, heard, running, until


def mentioning(user: str) -> dict[str, str]:
    """What older clients add to a message that names somebody."""
    pill = f'<a href="https://matrix.to/#/{user.replace("@", "%40")}">Companion</a>'
    return {"format": "org.matrix.custom.html", "formatted_body": f"{pill}: hello"}


async def test_an_invitation_of_somebody_who_is_not_allowed_is_refused(
    platform: Matrix, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(platform):
        await platform.homeserver.create("!room", "@eve:elsewhere.test")
        assert BOT not in platform.homeserver.members["!room"]
    assert "refused" in caplog.text
    assert "eve" not in caplog.text


async def test_it_is_said_once_a_minute_that_somebody_is_not_allowed(
    platform: Matrix, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(platform) as recorder:
        for _ in range(3):
            await platform.say_unadmitted("Ann", "hello")
        assert heard(recorder) == []
    assert caplog.text.count("not allowed") == 1


async def test_in_a_group_the_name_the_link_and_the_reply_speak_to_it(platform: Matrix) -> None:
    async with running(platform) as recorder:
        await platform.say_in_group("Ann", "hello everyone", addressed=False)
        await platform.say_in_group("Ann", "Cancer companion: one", addressed=False)
        await platform.say_in_group("Ann", "companions two", addressed=False)
        text = {"msgtype": "m.text", "body": "Companion: three"}
        await platform.send("Ann", "m.room.message", text | mentioning(BOT), room=GROUP)
        answers = [event for room, event in platform.homeserver.stream if event["sender"] == BOT]
        for event_id in (answers[-1]["event_id"], "$not-there", "$event-1"):
            reply = {"m.relates_to": {"m.in_reply_to": {"event_id": event_id}}}
            text = {"msgtype": "m.text", "body": "four"}
            await platform.send("Ann", "m.room.message", text | reply, room=GROUP)
        assert heard(recorder) == ["one", "three", "four"]


async def test_who_stays_behind_alone_need_not_call_it_by_name(platform: Matrix) -> None:
    async with running(platform) as recorder:
        await platform.say_in_group("Ann", "one", addressed=False)
        platform.homeserver.members[GROUP].remove("@somebody-else:companion.test")
        other = "@somebody-else:companion.test"
        await platform.homeserver.put(GROUP, other, other, "leave")
        await platform.say_in_group("Ann", "two", addressed=False)
        assert heard(recorder) == ["two"]


async def test_while_the_homeserver_cannot_count_a_message_is_answered(platform: Matrix) -> None:
    async with running(platform) as recorder:
        await platform.room_of("Ann")
        platform.homeserver.refusals = [("M_UNKNOWN", 500, {})]
        await platform.say("Ann", "hello")
        assert heard(recorder) == ["hello"]


async def test_encrypted_messages_are_declined_each_time_alone_and_once_in_a_group(
    platform: Matrix,
) -> None:
    async with running(platform) as recorder:
        for _ in range(2):
            await platform.send("Ann", "m.room.encrypted", {"ciphertext": "x"})
            await platform.say_in_group("Ben", "hello", addressed=False)
            await platform.send("Ben", "m.room.encrypted", {"ciphertext": "x"}, room=GROUP)
        await until(lambda: len(platform.seen_by("Ann")) == 2)
        await until(lambda: len(platform.seen_by(GROUP)) == 1)
        assert heard(recorder) == []
    assert all("end-to-end encrypted" in shown.text for shown in platform.seen_by("Ann"))


async def test_events_of_any_form_break_nothing(platform: Matrix) -> None:
    async with running(platform) as recorder:
        room = await platform.room_of("Ann")
        for content in (
            {"msgtype": "m.text", "body": 7},
            {"msgtype": "m.text", "body": "one", "m.relates_to": "x", "m.mentions": [1]},
            {"msgtype": "m.text", "body": "two", "m.mentions": {"user_ids": 3}},
            {"msgtype": ["m.text"], "body": "x"},
            {},
        ):
            await platform.homeserver.happen(room, ANN, "m.room.message", content=content)
        await platform.homeserver.happen(room, ANN, "m.room.topic", state_key="", content={})
        await platform.say("Ann", "three")
        assert heard(recorder) == ["", "one", "two", "three"]


async def test_an_answer_in_a_thread_stays_there(platform: Matrix) -> None:
    async with running(platform):
        relation = {"rel_type": "m.thread", "event_id": "$root"}
        text = {"msgtype": "m.text", "body": "hello", "m.relates_to": relation}
        await platform.send("Ann", "m.room.message", text)
        [sent] = [event for _, event in platform.homeserver.stream if event["sender"] == BOT][-1:]
        assert sent["content"]["m.relates_to"]["event_id"] == "$root"
