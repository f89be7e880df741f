"""What every channel does with a message before and after Rasa handles it.

Before: the text is cleaned, a stranger gets a conversation of their own, and what only the
server may say (metadata, channel name) is not taken from the client. After: a person who
would have got nothing, because something failed, gets the calm reply for trouble.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import UserMessage

from bot.channels import discretion
from bot.channels.counting import CountingOutput, Unheard
from bot.channels.pace import Limit, Pace
from bot.channels.patience import be_impatient
from bot.dialogue.channel_replies import Replies
from bot.dialogue.typed_text import clean
from bot.safety.length import LONGEST

logger = logging.getLogger(__name__)

Handler = Callable[[UserMessage], Awaitable[Any]]

SHARED_BY_STRANGERS = "default"
"""The sender that Rasa gives to a message that names none."""


def new_conversation_id() -> str:
    """An id that cannot be guessed: 128 random bits."""
    return secrets.token_hex(16)


def guarded(handle: Handler, replies: Replies, limit: Limit | None = None) -> Handler:
    """Wrap the handler that Rasa hands to a channel."""
    be_impatient()
    discretion.install()
    pace = Pace(limit or Limit())
    unheard = Unheard()

    async def handle_guarded(message: UserMessage) -> None:
        private = str(message.text or "")
        _take_nothing_on_trust(message)
        output = CountingOutput(message.output_channel)
        message.output_channel = output
        if not pace.allows(message.sender_id):
            await output.send_text_message(message.sender_id, replies.too_fast)
            return
        with discretion.kept_private(private, message.text, message.sender_id):
            failed = await _fails(handle, message)
        owed = unheard.owed_after(output, failed, message.sender_id)
        if owed or not output.sent:
            await output.send_text_message(message.sender_id, replies.trouble)
            unheard.discard(message.sender_id)

    return handle_guarded


async def _fails(handle: Handler, message: UserMessage) -> bool:
    """Handle a message; whatever goes wrong, the person must still be answered."""
    try:
        await handle(message)
    except Exception as error:
        logger.error("Handling a message failed (%s).", type(error).__name__)
        return True
    return False


def _take_nothing_on_trust(message: UserMessage) -> None:
    message.text = clean(message.text or "", LONGEST)
    message.metadata = None
    message.parse_data = None
    if not message.sender_id or message.sender_id == SHARED_BY_STRANGERS:
        message.sender_id = new_conversation_id()
