"""Sending again where it makes sense, and what an output sends and offers."""

from __future__ import annotations

import logging

import pytest

from bot.channels.messaging import sending
from bot.channels.messaging.sending import (
    LONGEST_PAUSE,
    PAUSES,
    SendingError,
    ShapedOutput,
    send_patiently,
)
from bot.channels.messaging.settings import Limits
from bot.channels.messaging.shaping import Piece, Shaper

WORDS = "my elbow has been aching"


class Platform:
    """Takes messages, after so many refusals."""

    def __init__(self, *refusals: SendingError) -> None:
        self.taken: list[Piece] = []
        self._refusals = list(refusals)

    async def __call__(self, piece: Piece) -> None:
        if self._refusals:
            raise self._refusals.pop(0)
        self.taken.append(piece)


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses that were made, none of them real."""
    made: list[float] = []

    async def sleep(seconds: float) -> None:
        made.append(seconds)

    monkeypatch.setattr(sending.asyncio, "sleep", sleep)
    return made


async def test_what_is_taken_at_once_is_sent_once(pauses: list[float]) -> None:
    platform = Platform()
    await send_patiently(platform, Piece(WORDS))
    assert (platform.taken, pauses) == ([Piece(WORDS)], [])


async def test_each_further_try_waits_longer(pauses: list[float]) -> None:
    platform = Platform(*[SendingError("503")] * len(PAUSES))
    await send_patiently(platform, Piece(WORDS))
    assert (platform.taken, pauses) == ([Piece(WORDS)], list(PAUSES))
    assert pauses == sorted(pauses)


async def test_in_the_end_it_is_given_up(pauses: list[float]) -> None:
    with pytest.raises(SendingError, match="503"):
        await send_patiently(Platform(*[SendingError("503")] * 9), Piece(WORDS))
    assert pauses == list(PAUSES)


async def test_what_will_never_be_taken_is_not_tried_again(pauses: list[float]) -> None:
    with pytest.raises(SendingError, match="blocked"):
        await send_patiently(Platform(SendingError("blocked", again=False)), Piece(WORDS))
    assert pauses == []


async def test_a_platform_may_say_how_long_to_wait(pauses: list[float]) -> None:
    platform = Platform(SendingError("429", after=7.0), SendingError("429", after=0.0))
    await send_patiently(platform, Piece(WORDS))
    assert (len(platform.taken), pauses) == (1, [7.0, 0.0])


async def test_a_platform_that_asks_for_minutes_has_refused(pauses: list[float]) -> None:
    with pytest.raises(SendingError, match="429"):
        refusal = SendingError("429", after=LONGEST_PAUSE + 1)
        await send_patiently(Platform(refusal), Piece(WORDS))
    assert pauses == []


async def test_a_further_try_is_logged_without_the_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.INFO):
        await send_patiently(Platform(SendingError("503")), Piece(WORDS))
    assert "did not take it (503)" in caplog.text
    assert WORDS not in caplog.text


def output(platform: Platform) -> ShapedOutput:
    shaper = Shaper.load(Limits(text=30, buttons=3, title=20))
    return ShapedOutput("pigeon", shaper, platform)


async def test_a_response_is_sent_in_parts_and_its_choices_with_the_last() -> None:
    platform = Platform()
    buttons = [{"title": "Yes", "payload": "/y"}, {"title": "No", "payload": "/n"}]
    message = {"text": "A first sentence is here. And a question?", "buttons": buttons}
    await output(platform).send_response("ann", message)
    assert platform.taken == [
        Piece("A first sentence is here."),
        Piece("And a question?\n1. Yes\n2. No", ("Yes", "No")),
    ]


async def test_what_the_channel_says_on_its_own_is_shaped_as_well() -> None:
    platform = Platform()
    await output(platform).send_text_message("ann", "word " * 10)
    assert [piece.text for piece in platform.taken] == [
        "word word word word word word",
        "word word word word",
    ]


def test_an_output_bears_the_name_of_its_channel() -> None:
    assert output(Platform()).name() == "pigeon"
