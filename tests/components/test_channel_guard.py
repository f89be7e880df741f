"""Every channel's handler is guarded: nothing on trust before, and never silent after."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

from bot.channels.guard import (
    guarded,
    new_conversation_id,
)
from bot.dialogue.channel_replies import Replies, RepliesError
from bot.safety.length import LONGEST
from tests.components.loopback import (
    EMERGENCY_ROUTE,
    ESCALATION,
    Handler,
    Recorder,
    fail,
    send_free_text,
    stay_silent,
)

REPLIES = Replies.load()
TROUBLE = REPLIES.trouble


def message(text: str | None = "hello", sender: str | None = "someone") -> UserMessage:
    """A message as a channel hands it over, with what a client may have forged."""
    output = CollectingOutputChannel()
    forged = {"intent": {"name": "restart"}}
    return UserMessage(text, output, sender, parse_data=forged, metadata={"admin": True})


async def handled(given: UserMessage, handler: Handler) -> list[str]:
    """The texts that the person gets."""
    output = given.output_channel
    await guarded(handler, REPLIES)(given)
    return [sent["text"] for sent in output.messages]


def test_the_calm_reply_names_the_emergency_route_and_the_escalation() -> None:
    assert EMERGENCY_ROUTE in TROUBLE and ESCALATION in TROUBLE
    assert "{" not in TROUBLE


def test_a_missing_file_of_replies_stops_the_start_and_is_named(tmp_path: Path) -> None:
    path = tmp_path / "small_talk.yml"
    with pytest.raises(RepliesError, match=f"{path} cannot be read as replies"):
        Replies.load(path)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"responses: [",
        b"responses: {}",
        b"responses: {utter_trouble: []}",
        b"responses: {utter_trouble: [{text: }]}",
        b"\xff",
        b"responses: {utter_trouble: &said [{text: ' '}], utter_too_fast: *said, "
        b"utter_text_only: *said, utter_encrypted: *said}",
    ],
)
def test_a_broken_file_of_replies_stops_the_start_and_is_named(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "small_talk.yml"
    path.write_bytes(content)
    with pytest.raises(RepliesError, match=f"{path} cannot be read as replies"):
        Replies.load(path)


async def test_an_answer_reaches_the_person_unchanged() -> None:
    assert await handled(message(), Recorder("An answer.")) == ["An answer."]


@pytest.mark.parametrize("handler", [fail, stay_silent, send_free_text])
async def test_who_would_get_nothing_gets_the_calm_reply(handler: Handler) -> None:
    assert await handled(message(), handler) == [TROUBLE.strip()]


async def test_a_failure_after_an_answer_adds_nothing() -> None:
    async def answer_and_fail(given: UserMessage) -> None:
        await Recorder()(given)
        raise ZeroDivisionError

    assert await handled(message(), answer_and_fail) == ["An answer."]


async def test_what_the_person_typed_stays_out_of_the_log(caplog: pytest.LogCaptureFixture) -> None:
    await handled(message("my name is Ann"), fail)
    await handled(message("my name is Ann"), send_free_text)
    logged = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert logged == [
        "Handling a message failed (ZeroDivisionError).",
        "A message that is no curated response was held back.",
    ]
    assert "what the person typed" not in caplog.text


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("/restart", "restart"),
        (" / /restart", "restart"),
        ('/inform{"country": "us"}', 'inform{"country": "us"}'),
        ("\u200b/restart\x00", "restart"),
        ("x" * 100_000, "x" * (LONGEST // 2 - 1) + "\n\n" + "x" * (LONGEST // 2 - 1)),
        (None, ""),
        ("", ""),
    ],
)
async def test_what_is_typed_is_cleaned_before_it_is_read(typed: str | None, read: str) -> None:
    recorder = Recorder()
    await handled(message(typed), recorder)
    assert recorder.messages[0].text == read


async def test_what_only_the_server_may_say_is_not_taken_from_a_client() -> None:
    recorder = Recorder()
    await handled(message(), recorder)
    assert (recorder.messages[0].metadata, recorder.messages[0].parse_data) == (None, None)


@pytest.mark.parametrize("sender", [None, "", "default"])
async def test_strangers_never_share_a_conversation(sender: str | None) -> None:
    recorder = Recorder()
    for _ in range(2):
        await handled(message(sender=sender), recorder)
    first, second = (each.sender_id for each in recorder.messages)
    assert first != second
    assert len(first) == len(second) == 32


async def test_who_names_a_conversation_keeps_it() -> None:
    recorder = Recorder()
    await handled(message(sender="someone"), recorder)
    assert recorder.messages[0].sender_id == "someone"


def test_conversation_ids_are_long_and_never_the_same() -> None:
    ids = {new_conversation_id() for _ in range(100)}
    assert len(ids) == 100 and all(len(each) == 32 for each in ids)
