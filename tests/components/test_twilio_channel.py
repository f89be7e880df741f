"""What is particular to Twilio: its signature, its fields, its refusals, its templates."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.channels import twilio
from bot.channels.messaging.sending import SendingError
from bot.channels.messaging.shaping import Piece
from bot.channels.twilio import SmsInput, TwilioInput, WhatsAppInput
from tests.channels.counterparts.sms import Sms
from tests.channels.counterparts.whatsapp import WhatsApp
from tests.channels.mounting import mounted
from tests.channels.twilio_api import TwilioCounterpart
from tests.components.loopback import Recorder

BUTTONS = "COMPANION_WHATSAPP_BUTTONS"
CHOICES = Piece("How long?\n1. Days\n2. Weeks\n3. Months", ("Days", "Weeks", "Months"))


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMPANION_CONVERSATION_KEY", "k" * 32)


@asynccontextmanager
async def running(
    platform: TwilioCounterpart, recorder: Recorder | None = None, **changed: str
) -> AsyncIterator[TwilioInput]:
    """A channel before a made-up handler, with some variables changed."""
    async with platform:
        kind: type[TwilioInput] = SmsInput if platform.channel == "sms" else WhatsAppInput
        channel = kind({**platform.environment, **changed})
        async with mounted(platform, channel, recorder or Recorder()):
            yield channel


async def heard(platform: TwilioCounterpart, **fields: str) -> list[str]:
    """The texts that reach the assistant when a message with these fields comes."""
    recorder = Recorder()
    async with running(platform, recorder):
        await platform.deliver("Ann", platform.form("Ann", **fields))
    assert platform.violations == []
    return [str(message.text) for message in recorder.messages]


async def test_an_address_with_a_query_is_signed_as_it_was_given() -> None:
    platform = Sms()
    platform.url = "https://assistant.example.org:8443/a/webhook?foo=1&bar=2"
    async with running(platform):
        assert await platform.say("Ann", "hello")


async def test_a_signature_for_another_address_is_refused() -> None:
    platform = Sms()
    other = {"COMPANION_SMS_URL": "https://elsewhere.example.org/webhooks/sms/webhook"}
    async with running(platform, **other):
        assert await platform.post("Ann", "hello", signature="right") == 403


async def test_the_words_under_an_image_are_read_and_the_image_is_not() -> None:
    platform = Sms()
    image = platform.other("image")
    assert await heard(platform, Body="what is this", **image) == ["what is this"]
    assert len(platform.seen_by("Ann")) == 2


async def test_whoever_opted_out_at_twilio_is_left_in_peace() -> None:
    platform = Sms()
    assert await heard(platform, Body="STOP", OptOutType="STOP") == []
    assert platform.seen_by("Ann") == []


async def test_help_is_a_message_even_where_twilio_has_answered_it() -> None:
    assert await heard(Sms(), Body="help", OptOutType="HELP") == ["help"]


async def test_words_in_quotes_are_a_message_and_no_reaction() -> None:
    text = "I liked “Where does it spread?” and what about bone?"
    assert await heard(Sms(), Body=text) == [text]


async def test_a_place_is_not_read() -> None:
    platform = WhatsApp()
    assert await heard(platform, **platform.other("location")) == []
    assert len(platform.seen_by("Ann")) == 1


async def test_a_messaging_service_sends_where_there_is_one() -> None:
    platform = Sms()
    platform.sender = {"MessagingServiceSid": "MG" + "0" * 32}
    async with running(platform):
        assert await platform.say("Ann", "hello")
    assert platform.violations == []


async def test_without_a_template_choices_are_numbered_text() -> None:
    platform = WhatsApp()
    async with running(platform, **{BUTTONS: ""}) as channel:
        await channel.send(platform.address_of("Ann"), CHOICES)
    [shown] = platform.seen_by("Ann")
    assert (shown.text, shown.buttons) == (CHOICES.text, ())


@pytest.mark.parametrize(
    "piece",
    [Piece("How?", ("Yes", "No")), Piece("x" * 1025, CHOICES.choices)],
    ids=["two choices", "a long text"],
)
async def test_what_does_not_fit_the_template_goes_as_text(piece: Piece) -> None:
    platform = WhatsApp()
    async with running(platform) as channel:
        await channel.send(platform.address_of("Ann"), piece)
    [shown] = platform.seen_by("Ann")
    assert (shown.text, shown.buttons) == (piece.text, ())
    assert platform.violations == []


async def test_a_template_that_twilio_refuses_leaves_nobody_without_the_question(
    caplog: pytest.LogCaptureFixture,
) -> None:
    platform = WhatsApp()
    async with running(platform, **{BUTTONS: "HX" + "1" * 32}) as channel:
        await channel.send(platform.address_of("Ann"), CHOICES)
    [shown] = platform.seen_by("Ann")
    assert (shown.text, shown.buttons) == (CHOICES.text, ())
    assert "the template was refused (Twilio: 400, 20001)" in caplog.text
    assert CHOICES.text not in caplog.text


@pytest.mark.parametrize(
    ("changed", "again"), [({}, True), ({"COMPANION_SMS_AUTH_TOKEN": "x"}, False)]
)
async def test_only_what_may_pass_is_tried_again(changed: dict[str, str], again: bool) -> None:
    platform = Sms()
    async with running(platform, **changed) as channel:
        platform.fail(int(again))
        with pytest.raises(SendingError) as error:
            await channel.send(platform.address_of("Ann"), Piece("hello"))
    assert error.value.again is again
    assert "hello" not in str(error.value)


async def test_a_platform_that_is_not_there_is_tried_again() -> None:
    platform = Sms()
    async with running(platform, COMPANION_SMS_API="http://127.0.0.1:9") as channel:
        with pytest.raises(SendingError) as error:
            await channel.send(platform.address_of("Ann"), Piece("hello"))
    assert error.value.again


async def test_a_platform_that_hangs_does_not_keep_the_person_waiting_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(twilio, "PATIENCE", 0.01)
    monkeypatch.setattr(SmsInput, "_create", lambda *_: asyncio.sleep(60))
    with pytest.raises(SendingError):
        await SmsInput({"COMPANION_SMS_AUTH_TOKEN": "x"}).send("+1", Piece("hello"))
