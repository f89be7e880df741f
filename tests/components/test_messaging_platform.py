"""The webhook of every messaging channel: it refuses, acknowledges, and takes in."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import aiohttp
import pytest
from rasa.core.channels.channel import UserMessage
from sanic import Blueprint, response
from sanic.request import Request

from bot.channels.messaging import platform
from bot.channels.messaging.delivery import Delivery
from bot.channels.messaging.platform import Forged, MessagingInput
from bot.channels.messaging.reception import Reception
from bot.channels.messaging.settings import Channel, ChannelError, Limits
from bot.channels.messaging.shaping import Piece
from tests.components.loopback import Handler, Recorder, fail, served

WEBHOOK = "/webhooks/pigeon/webhook"
WORDS = "my elbow has been aching"
PIGEON = Channel(
    name="pigeon",
    title="Pigeon post",
    input="birds.PigeonInput",
    page="docs/pigeon.md",
    webhook=WEBHOOK,
    variables={"COMPANION_PIGEON_RING": "what each of them wears"},
    optional={},
    limits=Limits(1000, 0, 0),
)


class PigeonInput(MessagingInput):
    """A platform whose proof is a ring."""

    CHANNEL = "pigeon"

    def __init__(self, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.sent: list[tuple[str, str]] = []

    def check(self, request: Request) -> None:
        if request.headers["ring"] != self.values["COMPANION_PIGEON_RING"]:
            raise Forged("the ring is another")

    def deliveries(self, request: Request) -> Sequence[Delivery]:
        bird = request.json
        return [Delivery(bird["id"], bird["loft"], bird["from"], bird["text"].strip())]

    async def send(self, address: str, piece: Piece) -> None:
        self.sent.append((address, piece.text))

    def add_routes(self, routes: Blueprint, reception: Reception) -> None:
        routes.add_route(lambda _: response.text("coo"), "/feed")


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "load_channels", lambda: {"pigeon": PIGEON})
    monkeypatch.setenv("COMPANION_CONVERSATION_KEY", "k" * 32)
    monkeypatch.setenv("COMPANION_PIGEON_RING", "gold")


@asynccontextmanager
async def loft(handler: Handler) -> AsyncIterator[tuple[PigeonInput, aiohttp.ClientSession]]:
    """The channel, served; when it has stopped, everything is handled."""
    channel = PigeonInput.from_credentials({})
    assert isinstance(channel, PigeonInput)
    async with served(channel, handler) as client:
        yield channel, client


async def arrives(client: aiohttp.ClientSession, body: object = None, ring: str = "gold") -> int:
    """The status for a bird that arrives."""
    bird = {"id": "1", "loft": "the tower", "from": "Ann", "text": WORDS}
    headers = {"ring": ring} if ring else {}
    async with client.post(WEBHOOK, json=body or bird, headers=headers) as answer:
        return answer.status


async def test_a_proven_message_is_acknowledged_and_answered() -> None:
    recorder = Recorder()
    async with loft(recorder) as (channel, client):
        assert await arrives(client) == 204
    assert [message.text for message in recorder.messages] == [WORDS]
    assert channel.sent == [("the tower", "An answer.")]


@pytest.mark.parametrize(("ring", "why"), [("tin", "the ring is another"), ("", "KeyError")])
async def test_what_is_not_proven_is_refused_and_logged_without_its_content(
    ring: str, why: str, caplog: pytest.LogCaptureFixture
) -> None:
    recorder = Recorder()
    with caplog.at_level(logging.INFO):
        async with loft(recorder) as (channel, client):
            assert await arrives(client, ring=ring) == 403
    assert (recorder.messages, channel.sent) == ([], [])
    assert "a request was refused" in caplog.text and why in caplog.text
    assert WORDS not in caplog.text


@pytest.mark.parametrize(
    "body", [{"id": "1"}, [WORDS], 5, {"id": "1", "loft": "x", "from": "Ann", "text": 5}]
)
async def test_what_has_another_form_is_acknowledged_or_it_would_come_for_ever(
    body: object, caplog: pytest.LogCaptureFixture
) -> None:
    recorder = Recorder()
    async with loft(recorder) as (_, client):
        assert await arrives(client, body) == 204
    assert recorder.messages == []
    assert "pigeon: not understood" in caplog.text
    assert WORDS not in caplog.text


async def test_whoever_would_get_nothing_gets_the_calm_reply() -> None:
    async with loft(fail) as (channel, client):
        await arrives(client)
    [(_, text)] = channel.sent
    assert "tell your healthcare provider" in text


async def test_the_platform_is_not_kept_waiting_for_the_answer() -> None:
    thought = asyncio.Event()
    recorder = Recorder()

    async def think(message: UserMessage) -> None:
        await thought.wait()
        await recorder(message)

    async with loft(think) as (channel, client):
        assert await arrives(client) == 204
        assert channel.sent == []
        thought.set()
    assert len(channel.sent) == 1


async def test_a_platform_may_ask_for_more_than_a_webhook() -> None:
    async with loft(Recorder()) as (_, client), client.get("/webhooks/pigeon/feed") as answer:
        assert await answer.text() == "coo"


async def test_a_channel_that_connects_by_itself_has_no_webhook(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    quiet = Channel(**{**vars(PIGEON), "webhook": None})
    monkeypatch.setattr(platform, "load_channels", lambda: {"pigeon": quiet})
    async with loft(Recorder()) as (_, client):
        assert await arrives(client) == 404


def test_without_its_variables_a_channel_is_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COMPANION_PIGEON_RING")
    with pytest.raises(ChannelError, match="set COMPANION_PIGEON_RING"):
        PigeonInput.from_credentials({})


async def test_the_pace_that_credentials_set_holds() -> None:
    channel = PigeonInput.from_credentials({"at_most": {"messages": 1, "seconds": 60}})
    assert isinstance(channel, PigeonInput)
    recorder = Recorder()
    async with served(channel, recorder) as client:
        for number in "12":
            bird = {"id": number, "loft": "the tower", "from": "Ann", "text": WORDS}
            assert await arrives(client, bird) == 204
    assert len(recorder.messages) == 1
    assert len(channel.sent) == 2
