"""How Slack's channel sends: what it tries again, and that nothing of it is written down."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web

from bot.channels.messaging.sending import SendingError
from bot.channels.messaging.shaping import Piece
from bot.channels.slack import API, SECRET, TOKEN, SlackInput
from tests.channels.stub import SendingApi

PRIVATE = "what nobody else may read"
Answer = Callable[[web.Request], web.StreamResponse]


@asynccontextmanager
async def sending(*answers: Answer) -> AsyncIterator[tuple[SlackInput, list[Any]]]:
    """The channel, and what it has sent to a Web API that answers so, one after the other."""
    sent: list[Any] = []

    async def take(request: web.Request) -> web.StreamResponse:
        sent.append(await request.json())
        return answers[len(sent) - 1](request)

    async with SendingApi({"/api/chat.postMessage": take}) as api:
        yield SlackInput({TOKEN: "xoxb-secret", SECRET: "secret", API: f"{api.url}/api"}), sent


def page(text: str, status: int, kind: str = "text/html") -> Answer:
    return lambda _: web.Response(text=text, content_type=kind, status=status)


def refusal(reason: str, status: int = 200, **headers: str) -> Answer:
    told = {"ok": False, "error": reason}
    return lambda _: web.json_response(told, status=status, headers=headers)


@pytest.mark.parametrize(
    ("answer", "again", "after"),
    [
        (refusal("ratelimited", 429, **{"Retry-After": "7"}), True, 7.0),
        (refusal("ratelimited", 429), True, None),
        (refusal("internal_error"), True, None),
        (refusal("service_unavailable", 503), True, None),
        (
            lambda: web.Response(text="<p>down</p>", content_type="text/html", status=502),
            True,
            None,
        ),
        (lambda: web.Response(text="<p>hi</p>", content_type="text/html"), True, None),
        (lambda: web.Response(text="{", content_type="application/json", status=500), True, None),
        (refusal("channel_not_found"), False, None),
        (refusal("is_archived"), False, None),
        (refusal("invalid_auth"), False, None),
    ],
)
async def test_a_further_try_is_made_only_where_it_makes_sense(
    answer: Answer, again: bool, after: float | None
) -> None:
    async with sending(answer) as (channel, sent):
        with pytest.raises(SendingError) as refused:
            await channel.send("D1", Piece(PRIVATE))
    assert (refused.value.again, refused.value.after) == (again, after)
    assert PRIVATE not in str(refused.value)
    assert len(sent) == 1


async def test_a_web_api_that_is_not_there_is_tried_again() -> None:
    async with sending() as (channel, _):
        pass
    with pytest.raises(SendingError) as refused:
        await channel.send("D1", Piece(PRIVATE))
    assert refused.value.again


async def test_a_connection_that_breaks_is_tried_again_by_nobody_else() -> None:
    def hang_up(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.close()
        return web.Response()

    async with sending(hang_up, hang_up) as (channel, sent):
        with pytest.raises(SendingError) as refused:
            await channel.send("D1", Piece(PRIVATE))
    assert refused.value.again
    assert len(sent) == 1


async def test_the_library_writes_down_nothing_that_is_sent(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.DEBUG):
        async with sending(lambda _: web.json_response({"ok": True})) as (channel, sent):
            await channel.send("D1", Piece(PRIVATE))
    assert sent[0]["text"] == PRIVATE
    assert PRIVATE not in caplog.text and "xoxb-secret" not in caplog.text
