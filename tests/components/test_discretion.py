"""What a person types is in no log from INFO up, whoever logs it and however."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

import pytest
import structlog
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.utils.log_utils import configure_structlog

from bot.channels.discretion import LEFT_OUT, install, kept_private, redacted
from bot.channels.guard import guarded
from bot.dialogue.channel_replies import Replies

TYPED = "my name is Ann O'Neil and my hip aches"
SENDER = "someone-who-must-not-be-known"
rasas = logging.getLogger("rasa.core.processor")


@pytest.fixture(autouse=True)
def rasas_logging() -> Iterator[None]:
    """Structured logging as `rasa run` sets it up."""
    before = structlog.get_config()
    configure_structlog(logging.INFO)
    yield
    structlog.configure(**before)


def fail(text: str) -> None:
    raise ValueError(f"cannot read {text}")


def plain(text: str) -> None:
    rasas.info("Received %r", text)
    rasas.error(f"Failed on '{text}' of {SENDER}")


def with_traceback(text: str) -> None:
    try:
        fail(text)
    except ValueError:
        rasas.exception(f"Encountered an exception with {text}")


def structured(text: str) -> None:
    log = structlog.get_logger("rasa.core.channels.rest")
    log.info("message.received", text=text, sender_id=SENDER)
    log.warning("odd", event_info=f"odd: {text}")


def structured_with_traceback(text: str) -> None:
    try:
        fail(text)
    except ValueError:
        structlog.get_logger().exception("rest.failure", text=text, tracker={"slots": text})


def badly_formatted(text: str) -> None:
    rasas.error("%d " + text, "no number")


WAYS: list[Callable[[str], None]] = [
    plain,
    with_traceback,
    structured,
    structured_with_traceback,
    badly_formatted,
]


async def logged_by(way: Callable[[str], None], text: str) -> None:
    async def handler(message: UserMessage) -> None:
        way(str(message.text))

    message = UserMessage(text, CollectingOutputChannel(), SENDER)
    await guarded(handler, Replies.load())(message)


@pytest.mark.parametrize("way", WAYS)
async def test_what_is_typed_and_who_typed_it_are_in_no_log(
    way: Callable[[str], None], caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.INFO):
        await logged_by(way, f"  /{TYPED}")
    printed = capfd.readouterr()
    written = caplog.text + printed.out + printed.err
    assert written.strip()
    assert "Ann" not in written and "hip aches" not in written and SENDER not in written


async def test_a_structured_error_shows_no_variables(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    async def handler(message: UserMessage) -> None:
        earlier = "what was said before"
        try:
            raise ValueError(earlier)
        except ValueError:
            structlog.get_logger().exception("rest.failure")

    message = UserMessage("hello", CollectingOutputChannel(), SENDER)
    await guarded(handler, Replies.load())(message)
    written = caplog.text + "".join(capfd.readouterr())
    assert "ValueError" in written and "what was said before" not in written


async def test_the_kind_and_the_place_of_an_error_stay(caplog: pytest.LogCaptureFixture) -> None:
    await logged_by(with_traceback, TYPED)
    assert "ValueError" in caplog.text and "test_discretion.py:" in caplog.text
    assert LEFT_OUT in caplog.text
    assert "Traceback" not in caplog.text


def test_outside_a_message_the_logs_are_as_they_were(caplog: pytest.LogCaptureFixture) -> None:
    install()
    with_traceback("a setting")
    assert "Traceback" in caplog.text and "cannot read a setting" in caplog.text


def test_to_install_it_again_has_no_effect() -> None:
    install()
    factory = logging.getLogRecordFactory()
    install()
    assert logging.getLogRecordFactory() is factory


def test_of_two_private_texts_the_longer_goes_first() -> None:
    with kept_private("hip", "hip aches", None, ""):
        assert redacted("the hip aches; a hip; ok") == f"the {LEFT_OUT}; a {LEFT_OUT}; ok"
    assert redacted("hip") == "hip"
