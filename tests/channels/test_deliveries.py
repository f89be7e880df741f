"""On every channel: what is not proven is refused, what comes twice is answered once, and so on."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from bot.launch.programs import LARGEST_BODY
from tests.channels.counterpart import Counterpart, Signature
from tests.channels.registry import on_every_channel
from tests.channels.test_promises import ANSWERS, SYMPTOM
from tests.channels.wordings import ESCALATION, GREETING, is_response
from tests.conversations.chat import TrainedAgent

pytestmark = pytest.mark.model


RUBBISH = [b"", b"{}", b"[]", b"\xff\xfe", b"null", b'{"a": [1, {}]}', b"=", b"x" * 1000]


def kept(agent: TrainedAgent) -> dict[str, list[dict[str, Any]]]:
    """All that the tracker store holds, by conversation."""
    conversations = agent.conversations.items()
    return {key: [event.as_dict() for event in kept.events] for key, kept in conversations}


async def is_refused(platform: Counterpart, agent: TrainedAgent, signature: Signature) -> None:
    """A request with this proof is refused and changes nothing."""
    before = kept(agent)
    assert await platform.post("Ann", SYMPTOM, signature=signature) in (401, 403)
    await platform.handled()
    assert kept(agent) == before
    assert platform.seen_by("Ann") == []


@on_every_channel(lambda kind: kind.SIGNED)
@pytest.mark.parametrize("signature", ["wrong", "missing"])
async def test_a_request_that_proves_nothing_is_refused_and_changes_nothing(
    platform: Counterpart,
    agent: TrainedAgent,
    signature: Signature,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await is_refused(platform, agent, signature)
    assert "refused" in caplog.text
    assert SYMPTOM not in caplog.text
    assert not [trace for trace in platform.traces("Ann") if trace in caplog.text]


@on_every_channel(lambda kind: kind.DATED)
async def test_a_request_that_is_too_old_is_refused_and_changes_nothing(
    platform: Counterpart, agent: TrainedAgent, caplog: pytest.LogCaptureFixture
) -> None:
    await is_refused(platform, agent, "old")
    assert SYMPTOM not in caplog.text


@on_every_channel(lambda kind: kind.SIGNED)
async def test_a_proven_request_is_answered(platform: Counterpart) -> None:
    assert await platform.post("Ann", "hello", signature="right") < 300
    await platform.handled()
    [shown] = platform.seen_by("Ann")
    assert is_response(shown, GREETING)


@on_every_channel(lambda kind: kind.ADMITS)
async def test_who_may_not_write_gets_no_answer_and_changes_nothing(
    platform: Counterpart, agent: TrainedAgent, caplog: pytest.LogCaptureFixture
) -> None:
    before = kept(agent)
    assert await platform.say_unadmitted("Ann", SYMPTOM) == []
    assert kept(agent) == before
    assert "not allowed" in caplog.text
    assert SYMPTOM not in caplog.text
    assert not [trace for trace in platform.traces("Ann") if trace in caplog.text]


@on_every_channel(lambda kind: kind.DELIVERS_AGAIN)
async def test_what_comes_twice_is_answered_once(platform: Counterpart) -> None:
    [shown] = await platform.deliver_twice("Ann", "hello")
    assert is_response(shown, GREETING)


@on_every_channel(lambda kind: kind.SIGNED or not kind.SENDS)
async def test_what_is_too_large_is_refused(platform: Counterpart, agent: TrainedAgent) -> None:
    before = kept(agent)
    assert await platform.post_raw(b"x" * (LARGEST_BODY + 1)) == 413
    assert kept(agent) == before


@on_every_channel(lambda kind: kind.SIGNED or not kind.SENDS)
@pytest.mark.parametrize("body", RUBBISH, ids=range(len(RUBBISH)))
async def test_rubbish_changes_nothing_and_breaks_nothing(
    platform: Counterpart, agent: TrainedAgent, body: bytes
) -> None:
    before = kept(agent)
    assert await platform.post_raw(body) < 500
    await platform.handled()
    assert kept(agent).keys() >= before.keys()
    assert await platform.say("Ann", "hello")


@on_every_channel(lambda kind: bool(kind.OTHER_KINDS))
async def test_of_what_is_not_text_nothing_is_kept(
    platform: Counterpart, agent: TrainedAgent
) -> None:
    before = kept(agent)
    for kind in platform.OTHER_KINDS:
        await platform.send_other("Ann", kind)
    assert kept(agent) == before


@on_every_channel(lambda kind: kind.SENDS)
async def test_an_answer_is_sent_again_where_sending_failed(platform: Counterpart) -> None:
    platform.fail(2)
    [shown] = await platform.say("Ann", "hello")
    assert is_response(shown, GREETING)


@on_every_channel(lambda kind: kind.SENDS)
async def test_when_sending_is_down_only_that_is_logged_and_the_next_message_is_answered(
    platform: Counterpart, caplog: pytest.LogCaptureFixture
) -> None:
    platform.fail(1000)
    with caplog.at_level(logging.INFO):
        assert await platform.say("Ann", SYMPTOM) == []
    assert "an answer was not sent" in caplog.text
    assert SYMPTOM not in caplog.text
    assert not [trace for trace in platform.traces("Ann") if trace in caplog.text]
    platform.fail(0)
    shown = await platform.say("Ann", SYMPTOM)
    for words in ANSWERS:
        shown = await platform.say("Ann", words)
    assert is_response(shown[-1], ESCALATION)


@on_every_channel()
async def test_who_wrote_stands_nowhere_in_the_store_and_in_no_log(
    platform: Counterpart, agent: TrainedAgent, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        await platform.say("Ann Example", "hello")
    everything = repr(kept(agent))
    for trace in platform.traces("Ann Example"):
        assert trace not in everything
        assert trace not in caplog.text
