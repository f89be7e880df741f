"""Slack's channel over HTTP: what it refuses and acknowledges, and where it answers."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from rasa.core.channels.channel import UserMessage

from bot.channels.slack import SECRET
from tests.channels.counterparts.slack import SlackCounterpart
from tests.channels.payloads import slack as payloads
from tests.components.loopback import Recorder
from tests.components.mounted import mounted

WEBHOOK = "/webhooks/slack/webhook"
PRIVATE = "what nobody else may read"


@asynccontextmanager
async def slack(
    monkeypatch: pytest.MonkeyPatch, handler: Callable[[UserMessage], Awaitable[None]]
) -> AsyncIterator[SlackCounterpart]:
    async with mounted(SlackCounterpart(), handler, monkeypatch) as platform:
        yield platform


async def test_slack_is_given_back_what_proves_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    told = {"token": "Jhj5dZr", "challenge": "3eZbrw1aBm2rZg", "type": "url_verification"}
    body = json.dumps(told).encode()
    async with slack(monkeypatch, Recorder()) as platform:
        proof = payloads.proof(body, platform.environment[SECRET])
        async with platform.client.post(WEBHOOK, data=body, headers=proof) as answer:
            assert (answer.status, await answer.text()) == (200, "3eZbrw1aBm2rZg")
        async with platform.client.post(WEBHOOK, data=body) as answer:
            assert answer.status == 403
            assert "3eZbrw1aBm2rZg" not in await answer.text()


@pytest.mark.parametrize(
    "changed",
    [
        {"X-Slack-Request-Timestamp": "soon"},
        {"X-Slack-Request-Timestamp": ""},
        {"X-Slack-Request-Timestamp": "9" * 5000},
        {"X-Slack-Signature": "v0=ÿ"},
        {"X-Slack-Signature": ""},
    ],
)
async def test_a_proof_of_another_form_is_refused(
    monkeypatch: pytest.MonkeyPatch, changed: dict[str, str]
) -> None:
    recorder = Recorder()
    async with slack(monkeypatch, recorder) as platform:
        body = payloads.envelope(payloads.message(*platform.ids("Ann"), "hello")).encode()
        headers = {**payloads.proof(body, platform.environment[SECRET]), **changed}
        async with platform.client.post(WEBHOOK, data=body, headers=headers) as answer:
            assert answer.status == 403
        await platform.handled()
    assert recorder.messages == []


async def test_slack_has_its_receipt_before_the_answer_is_ready(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ready = asyncio.Event()

    async def slow(message: UserMessage) -> None:
        await ready.wait()
        await Recorder("At last.")(message)

    async with slack(monkeypatch, slow) as platform:
        assert await platform.post("Ann", "hello", signature="right") == 200
        assert platform.seen_by("Ann") == []
        ready.set()
        await platform.handled()
        assert [shown.text for shown in platform.seen_by("Ann")] == ["At last."]


async def test_a_thread_of_a_channel_is_a_conversation_and_is_answered_in_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    recorder = Recorder()
    async with slack(monkeypatch, recorder) as platform:
        first = await platform.say_in_group("Ann", "hello", addressed=True)
        (thread,) = platform.threads
        user, _ = platform.ids("Ann")
        again = payloads.mention(user, "hello again", thread_ts=thread)
        assert [*first, *await platform.deliver("Ann", again)] == platform.seen_by("Ann")
        await platform.say_in_group("Ann", "something else", addressed=True)
    senders = [message.sender_id for message in recorder.messages]
    assert senders[0] == senders[1] != senders[2]
    assert [message.text for message in recorder.messages][:2] == ["hello", "hello again"]


async def test_a_person_has_one_conversation_inside_and_outside_of_threads(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    recorder = Recorder()
    async with slack(monkeypatch, recorder) as platform:
        await platform.say("Ann", "hello")
        thread = "1515449522.000016"
        inside = payloads.message(*platform.ids("Ann"), "in a thread", thread_ts=thread)
        await platform.deliver("Ann", inside)
        assert platform.posted_to("Ann")["thread_ts"] == thread
    assert len({message.sender_id for message in recorder.messages}) == 1


async def test_words_with_a_file_are_answered_before_the_reply_that_text_is_read_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with slack(monkeypatch, Recorder("An answer.")) as platform:
        answer, text_only = await platform.send_picture("Ann", "what is this?")
    assert "written words only" in text_only.text
    assert answer.text == "An answer."


async def test_the_assistant_does_not_answer_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = Recorder()
    async with slack(monkeypatch, recorder) as platform:
        _, direct = platform.ids("Ann")
        own = payloads.message(payloads.BOT, direct, "An answer.", bot_id="B1", app_id="A1")
        assert await platform.deliver("Ann", own) == []
        assert await platform.deliver("Ann", {**own, "subtype": "bot_message"}) == []
    assert recorder.messages == []


async def test_the_reason_of_a_refusal_is_logged_without_what_was_said(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with slack(monkeypatch, Recorder(PRIVATE)) as platform:
        platform.refusal = "invalid_auth"
        assert await platform.say("Ann", "hello") == []
    assert "slack: an answer was not sent (status 200, invalid_auth)" in caplog.text
    assert PRIVATE not in caplog.text
