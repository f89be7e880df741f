"""Messenger's channel over HTTP: what it confirms, refuses and answers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from rasa.core.channels.channel import UserMessage

from bot.channels.messenger import SECRET, VERIFY_TOKEN
from tests.channels.counterparts.messenger import MessengerCounterpart, proof
from tests.components.loopback import Recorder
from tests.components.mounted import mounted

WEBHOOK = "/webhooks/messenger/webhook"
SUBSCRIBE = {"hub.mode": "subscribe", "hub.challenge": "1158201444"}


@asynccontextmanager
async def messenger(
    monkeypatch: pytest.MonkeyPatch, handler: Callable[[UserMessage], Awaitable[None]]
) -> AsyncIterator[MessengerCounterpart]:
    async with mounted(MessengerCounterpart(), handler, monkeypatch) as platform:
        yield platform


async def test_meta_is_given_back_what_proves_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    async with messenger(monkeypatch, Recorder()) as platform:
        asked = {**SUBSCRIBE, "hub.verify_token": platform.environment[VERIFY_TOKEN]}
        async with platform.client.get(WEBHOOK, params=asked) as answer:
            assert (answer.status, await answer.text()) == (200, "1158201444")


@pytest.mark.parametrize(
    "changed",
    [
        {"hub.verify_token": "another word"},
        {"hub.verify_token": "ÿ"},
        {"hub.verify_token": ""},
        {"hub.mode": "unsubscribe"},
    ],
)
async def test_nobody_else_is_given_anything_back(
    monkeypatch: pytest.MonkeyPatch, changed: dict[str, str]
) -> None:
    async with messenger(monkeypatch, Recorder()) as platform:
        right = {**SUBSCRIBE, "hub.verify_token": platform.environment[VERIFY_TOKEN]}
        async with platform.client.get(WEBHOOK, params={**right, **changed}) as answer:
            assert answer.status == 403
            assert "1158201444" not in await answer.text()
        async with platform.client.get(WEBHOOK) as answer:
            assert answer.status == 403


async def test_the_deprecated_signature_alone_proves_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    recorder = Recorder()
    async with messenger(monkeypatch, recorder) as platform:
        body = platform.notification("Ann", platform.said("hello"))
        sha1 = proof(body, platform.environment[SECRET])["X-Hub-Signature"]
        assert await platform.post_with(body, {"X-Hub-Signature": sha1}) == 403
        assert await platform.post_with(body, {"X-Hub-Signature-256": sha1}) == 403
        await platform.handled()
    assert recorder.messages == []


@pytest.mark.parametrize("given", ["", "sha256=", "sha256=ÿ", "0", "sha512=0"])
async def test_a_proof_of_another_form_is_refused(
    monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    async with messenger(monkeypatch, Recorder()) as platform:
        body = platform.notification("Ann", platform.said("hello"))
        assert await platform.post_with(body, {"X-Hub-Signature-256": given}) == 403


async def test_the_body_is_checked_as_it_came(monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = Recorder()
    async with messenger(monkeypatch, recorder) as platform:
        body = platform.notification("Ann", platform.said("naïve 💔"))
        assert b"\\u" in body
        headers = proof(body, platform.environment[SECRET])
        assert await platform.post_with(body + b" ", headers) == 403
        assert await platform.post_with(body, headers) == 200
        await platform.handled()
    assert [message.text for message in recorder.messages] == ["naïve 💔"]


async def test_all_messages_of_a_notification_are_answered_in_their_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    recorder = Recorder()
    async with messenger(monkeypatch, recorder) as platform:
        events = [platform.said(text) for text in ("one", "two", "three")]
        assert len(await platform.deliver("Ann", *events)) == 3
    assert [message.text for message in recorder.messages] == ["one", "two", "three"]


async def test_a_message_beside_a_broken_event_is_answered(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    recorder = Recorder("An answer.")
    async with messenger(monkeypatch, recorder) as platform:
        broken = {"message": {"text": "he can't breathe"}}
        [answer] = await platform.deliver("Ann", broken, platform.said("hello"))
    assert answer.text == "An answer."
    assert [message.text for message in recorder.messages] == ["hello"]
    assert "breathe" not in caplog.text


async def test_the_assistant_does_not_answer_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = Recorder()
    async with messenger(monkeypatch, recorder) as platform:
        echo = platform.said("An answer.")
        echo["message"]["is_echo"] = True
        receipt = {"delivery": {"mids": ["m_1"], "watermark": 1458668856253}}
        assert await platform.deliver("Ann", echo, receipt) == []
    assert recorder.messages == []


async def test_words_with_an_image_are_answered_before_the_reply_that_text_is_read_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with messenger(monkeypatch, Recorder("An answer.")) as platform:
        answer, text_only = await platform.send_picture("Ann", "what is this?")
    assert "written words only" in text_only.text
    assert answer.text == "An answer."
