"""How Messenger's channel sends: what it tries again, and where its access token goes."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from bot.channels.messaging.sending import SendingError
from bot.channels.messaging.shaping import Piece
from bot.channels.messenger import API, SECRET, TOKEN, VERIFY_TOKEN, MessengerInput
from tests.channels.stub import SendingApi

PERSON, PRIVATE = "1008372609250235", "what nobody else may read"
Answer = Callable[[], web.StreamResponse]


@asynccontextmanager
async def sending(
    answer: Answer,
) -> AsyncIterator[tuple[MessengerInput, list[web.Request]]]:
    """The channel, and the requests that reach a Send API which answers so."""
    sent: list[web.Request] = []

    async def take(request: web.Request) -> web.StreamResponse:
        await request.post()
        sent.append(request)
        return answer()

    values = {TOKEN: "EAAG-secret", SECRET: "app-secret", VERIFY_TOKEN: "word"}
    async with SendingApi({"/v25.0/me/messages": take, "/elsewhere": take}) as api:
        yield MessengerInput({**values, API: f"{api.url}/v25.0/"}), sent


def refusal(status: int, code: int, **more: object) -> Answer:
    error = {"message": PRIVATE, "type": "OAuthException", "code": code, "fbtrace_id": "A", **more}
    return lambda: web.json_response({"error": error}, status=status)


def page(text: str, status: int) -> Answer:
    return lambda: web.Response(text=text, status=status)


@pytest.mark.parametrize(
    ("answer", "again"),
    [
        (refusal(500, 1), True),
        (refusal(500, 2), True),
        (refusal(400, 4), True),
        (refusal(400, 613), True),
        (refusal(500, 1200), True),
        (refusal(400, 100, is_transient=True), True),
        (refusal(429, 80006), True),
        (page("<p>down</p>", 502), True),
        (page("[]", 500), True),
        (page('{"error": "down"}', 503), True),
        (refusal(400, 100, error_subcode=2018001), False),
        (refusal(403, 10, error_subcode=2018278), False),
        (refusal(400, 190), False),
        (refusal(403, 200), False),
        (refusal(400, 551), False),
        (page("gone", 404), False),
    ],
)
async def test_a_further_try_is_made_only_where_it_makes_sense(answer: Answer, again: bool) -> None:
    async with sending(answer) as (channel, sent):
        with pytest.raises(SendingError) as refused:
            await channel.send(PERSON, Piece(PRIVATE))
    assert refused.value.again is again
    assert PRIVATE not in str(refused.value)
    assert len(sent) == 1


async def test_a_send_api_that_is_not_there_is_tried_again() -> None:
    async with sending(page("", 200)) as (channel, _):
        pass
    with pytest.raises(SendingError) as refused:
        await channel.send(PERSON, Piece(PRIVATE))
    assert refused.value.again


async def test_the_access_token_follows_no_redirect() -> None:
    def moved() -> web.StreamResponse:
        return web.Response(status=308, headers={"Location": "/elsewhere"})

    async with sending(moved) as (channel, sent):
        with pytest.raises(SendingError):
            await channel.send(PERSON, Piece(PRIVATE))
    assert [request.path for request in sent] == ["/v25.0/me/messages"]


async def test_the_access_token_stands_in_no_address_and_no_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.DEBUG):
        async with sending(page("{}", 200)) as (channel, sent):
            await channel.send(PERSON, Piece(PRIVATE))
        async with sending(refusal(400, 190)) as (channel, _):
            with pytest.raises(SendingError):
                await channel.send(PERSON, Piece(PRIVATE))
    [request] = sent
    assert (await request.post())["access_token"] == "EAAG-secret"
    assert not request.query
    assert not [word for word in ("EAAG-secret", "app-secret", PRIVATE) if word in caplog.text]
