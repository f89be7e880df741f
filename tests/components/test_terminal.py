"""The chat in the terminal, without a terminal."""

from __future__ import annotations

import sys
from typing import Any

import pytest
import yaml
from rasa.core.channels import BUILTIN_CHANNELS, console

from bot.channels.rest import GuardedRestInput
from bot.launch import terminal


@pytest.fixture(autouse=True)
def rasa_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """Undo what the module changes in Rasa."""
    monkeypatch.setattr(console, "record_messages", console.record_messages)
    monkeypatch.setitem(BUILTIN_CHANNELS, "cmdline", BUILTIN_CHANNELS["cmdline"])
    monkeypatch.setattr(sys, "argv", ["bot.launch.terminal", "--port", "6001"])


def test_rasas_shell_is_started_with_the_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(terminal, "rasa_command_line", lambda: started.append(sys.argv))
    terminal.main()
    assert started == [["rasa", "shell", "--port", "6001"]]


def test_rasas_shell_talks_to_the_guarded_channel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "rasa_command_line", lambda: None)
    terminal.main()
    channel = BUILTIN_CHANNELS["cmdline"]
    assert issubclass(channel, GuardedRestInput)
    assert channel().url_prefix() == "rest"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (AttributeError("no answer"), "goodbye"),
        (ConnectionError("gone"), "broke_off"),
    ],
)
async def test_a_chat_that_breaks_ends_so_that_rasa_can_stop(
    error: Exception,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    async def breaks(**_: Any) -> None:
        raise error

    monkeypatch.setattr(terminal, "_record_messages", breaks)
    monkeypatch.setattr(terminal, "rasa_command_line", lambda: None)
    terminal.main()
    await console.record_messages(sender_id="a")
    words = yaml.safe_load(terminal.WORDS.read_text(encoding="utf-8"))
    assert capsys.readouterr().out == words[said].format(error=type(error).__name__) + "\n"
