"""Rasa's chat in the terminal, behind the same guard as every other channel.

`rasa shell` as it is takes a typed `/restart` for a command, and hangs when Ctrl-C is pressed at a
choice. It imports Rasa, and therefore runs in a process of its own.
"""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from rasa.__main__ import main as rasa_command_line
from rasa.core.channels import BUILTIN_CHANNELS, console

from bot.channels.rest import GuardedRestInput

WORDS = Path("data/channels/terminal.yml")

Chat = Callable[..., Awaitable[None]]

_record_messages = console.record_messages


class GuardedTerminalInput(GuardedRestInput):
    """Goes by the name and the address of the channel that Rasa's shell talks to."""

    @classmethod
    def name(cls) -> str:
        """The name by which Rasa tells that it chats in the terminal."""
        return str(console.CmdlineInput.name())

    def url_prefix(self) -> str:
        """The address of the REST channel."""
        return str(GuardedRestInput.name())


@dataclass(frozen=True)
class Words:
    """What is said when the chat ends; `broke_off` names the error."""

    goodbye: str
    broke_off: str

    @classmethod
    def load(cls, path: Path = WORDS) -> Words:
        """Read them once, before anything can fail."""
        return cls(**yaml.safe_load(path.read_text(encoding="utf-8")))


def to_the_end(words: Words) -> Chat:
    """Rasa's chat; whatever breaks it ends it, so that Rasa stops the server behind it."""

    async def chat(*arguments: Any, **options: Any) -> None:
        try:
            await _record_messages(*arguments, **options)
        except AttributeError:
            # Ctrl-C at a choice: Rasa takes the answer apart that was not given.
            print(words.goodbye)
        except Exception as error:
            print(words.broke_off.format(error=type(error).__name__))

    return chat


def main() -> None:
    """Run `rasa shell` with the arguments of this program."""
    BUILTIN_CHANNELS[GuardedTerminalInput.name()] = GuardedTerminalInput
    console.record_messages = to_the_end(Words.load())
    sys.argv[:1] = ["rasa", "shell"]
    rasa_command_line()


if __name__ == "__main__":
    main()
