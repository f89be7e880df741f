"""Rasa's chat in the terminal, behind the same guard as every other channel.

`rasa shell` as it is takes a typed `/restart` for a command, and hangs when Ctrl-C is pressed at a
choice. It imports Rasa, and therefore runs in a process of its own.
"""

from __future__ import annotations

import sys
from typing import Any

from rasa.__main__ import main as rasa_command_line
from rasa.core.channels import BUILTIN_CHANNELS, console

from bot.channels.rest import GuardedRestInput

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


async def chat_to_the_end(*arguments: Any, **options: Any) -> None:
    """Chat; whatever breaks the chat ends it, so that Rasa stops the server behind it."""
    try:
        await _record_messages(*arguments, **options)
    except AttributeError:
        # Ctrl-C at a choice: Rasa takes the answer apart that was not given.
        print("Goodbye.")
    except Exception as error:
        print(f"The chat broke off ({type(error).__name__}). Start it again.")


def main() -> None:
    """Run `rasa shell` with the arguments of this program."""
    BUILTIN_CHANNELS[GuardedTerminalInput.name()] = GuardedTerminalInput
    console.record_messages = chat_to_the_end
    sys.argv[:1] = ["rasa", "shell"]
    rasa_command_line()


if __name__ == "__main__":
    main()
