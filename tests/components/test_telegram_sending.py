"""What the Telegram channel sends, and what it is set up with."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.channels.messaging import sending
from bot.channels.messaging.sending import SendingError, send_patiently
from bot.channels.messaging.settings import ChannelError, load_channels
from bot.channels.messaging.shaping import Piece
from bot.channels.telegram import TelegramInput, load_commands
from bot.channels.telegram_api import BotApi
from tests.channels.telegram_stub import TOKEN, BotApiStub, refusal, values


@pytest.fixture
async def channel(stub: BotApiStub) -> AsyncIterator[TelegramInput]:
    """The channel, which is not served: nothing comes in."""
    made = TelegramInput(values(stub.server.url))
    yield made
    await made.close()


async def test_a_message_is_plain_text_with_its_choices_one_below_the_other(
    channel: TelegramInput, stub: BotApiStub
) -> None:
    await channel.send("-100/3", Piece("<b>Which?</b> *one*", ("Yes", "No")))
    rows = [[{"text": title, "callback_data": title}] for title in ("Yes", "No")]
    assert stub.sent == [
        {
            "chat_id": -100,
            "message_thread_id": 3,
            "text": "<b>Which?</b> *one*",
            "link_preview_options": {"is_disabled": True},
            "reply_markup": {"inline_keyboard": rows},
        }
    ]


async def test_telegram_may_ask_to_wait(
    channel: TelegramInput, stub: BotApiStub, monkeypatch: pytest.MonkeyPatch
) -> None:
    # So long a pause of its own would be given up at once.
    monkeypatch.setattr(sending, "PAUSES", (sending.LONGEST_PAUSE + 1,))
    stub.refusals = [refusal(429, "Too Many Requests: retry after 0", retry_after=0)]
    await send_patiently(lambda piece: channel.send("7", piece), Piece("An answer."))
    assert len(stub.sent) == 1


@pytest.mark.parametrize(
    ("status", "description"),
    [(403, "Forbidden: bot was blocked by the user"), (400, "Bad Request: chat not found")],
)
async def test_what_telegram_will_never_take_is_not_sent_again_nor_quoted(
    channel: TelegramInput, stub: BotApiStub, status: int, description: str
) -> None:
    stub.refusals = [refusal(status, description), refusal(status, description)]
    with pytest.raises(SendingError) as refused:
        await send_patiently(lambda piece: channel.send("7", piece), Piece("An answer."))
    assert str(refused.value) == f"status {status}"
    assert len(stub.refusals) == 1


async def test_no_error_names_the_token() -> None:
    api = BotApi(TOKEN, "http://127.0.0.1:9")
    with pytest.raises(SendingError) as failed:
        await api.call("getMe")
    await api.close()
    assert failed.value.again
    assert TOKEN not in repr(failed.value)
    assert failed.value.__suppress_context__


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"TOKEN": "the token"}, "COMPANION_TELEGRAM_TOKEN"),
        ({"SECRET": "short"}, "COMPANION_TELEGRAM_SECRET"),
        ({"SECRET": "with blanks and more than sixteen"}, "COMPANION_TELEGRAM_SECRET"),
        ({"URL": "http://example.org/"}, "https://"),
    ],
)
def test_a_value_that_telegram_would_not_take_is_one_clear_error(
    changed: dict[str, str], reason: str
) -> None:
    given = values("", **changed)
    del given["COMPANION_TELEGRAM_API"]
    with pytest.raises(ChannelError, match=reason):
        TelegramInput(given)


def test_another_server_of_the_bot_api_may_call_without_encryption() -> None:
    assert TelegramInput(values("http://127.0.0.1:8081", URL="http://127.0.0.1:5005/"))


def test_the_longest_title_fits_into_what_a_button_carries() -> None:
    # The widest letters take three bytes for each UTF-16 unit.
    assert 3 * load_channels()["telegram"].limits.title <= 64


def test_broken_commands_are_one_clear_error(tmp_path: Path) -> None:
    broken = tmp_path / "telegram.yml"
    for text in ("commands: [start]", "commands", "{"):
        broken.write_text(text, encoding="utf-8")
        with pytest.raises(ChannelError, match=r"telegram\.yml cannot be read"):
            load_commands(broken)
