"""Reads what Telegram delivers: one `Update` (https://core.telegram.org/bots/api#update)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.channels.messaging.delivery import Delivery

KINDS = ("message", "edited_message", "callback_query", "message_reaction")
"""The updates that are asked for; Telegram leaves reactions out unless they are named."""

_NOBODY_SAID = frozenset(
    {
        "chat_background_set",
        "connected_website",
        "forum_topic_closed",
        "forum_topic_created",
        "forum_topic_edited",
        "forum_topic_reopened",
        "message_auto_delete_timer_changed",
        "pinned_message",
        "write_access_allowed",
    }
)
"""Messages of a chat between two that report what was done and are not meant to be answered."""

_COMMAND = re.compile(r"/(\w+)(?:\s+(.*))?", re.DOTALL)

_ORIGIN = re.compile(r"(?=\S*[_\d])[\w-]{1,64}", re.ASCII)
"""What a link to the bot adds to its command: one name that is no word of a language.

https://core.telegram.org/bots/features#deep-linking
"""

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Bot:
    """Who the assistant is on Telegram."""

    id: int
    username: str = ""
    """Without the sign before it; empty as long as it is not known."""

    def is_meant(self, named: str) -> bool:
        """Whether a name with the sign before it is the bot's; capitals make no difference."""
        return bool(self.username) and named.casefold() == f"@{self.username}".casefold()


def read(update: Json, bot: Bot, commands: Mapping[str, str]) -> list[Delivery]:
    """What one update delivers; nothing where it is not for the bot.

    Args:
        update: as Telegram posts it.
        bot: who is addressed.
        commands: the plain words for a command, by its name.

    Raises:
        KeyError, TypeError, AttributeError: it has not the documented form.
    """
    update_id = str(update["update_id"])
    if message := update.get("message"):
        found = _message(update_id, message, bot, commands)
    elif message := update.get("edited_message"):
        found = _edited(update_id, message, bot)
    elif query := update.get("callback_query"):
        found = _pressed(update_id, query)
    elif reaction := update.get("message_reaction"):
        found = _reaction(update_id, reaction)
    else:
        found = None
    return [found] if found else []


def query_id(update: object) -> str | None:
    """The id of the pressed button, whose sign of waiting goes away once that is answered."""
    query = update.get("callback_query") if isinstance(update, dict) else None
    found = query.get("id") if isinstance(query, dict) else None
    return found if isinstance(found, str) else None


def _message(
    update_id: str, message: Json, bot: Bot, commands: Mapping[str, str]
) -> Delivery | None:
    if not _is_for(bot, message):
        return None
    text = _words(message, bot, commands)
    unread = "text" not in message
    if unread and not text and (album := message.get("media_group_id")):
        # The pictures of an album come one by one, and one reply is enough.
        update_id = f"album {album}"
    return Delivery(update_id, _address(message), _person(message), text, unread)


def _edited(update_id: str, message: Json, bot: Bot) -> Delivery | None:
    # A shared live location is "edited" each time the person moves.
    if not _typed(message) or not _is_for(bot, message):
        return None
    return Delivery(update_id, _address(message), _person(message), unread=True)


def _pressed(update_id: str, query: Json) -> Delivery | None:
    """The words of a button; forged ones are words as well, and never a command."""
    message, words = query.get("message"), query.get("data")
    if not message or not words:
        return None
    return Delivery(update_id, _address(message), _person(query), str(words))


def _reaction(update_id: str, reaction: Json) -> Delivery | None:
    if not _is_private(reaction) or not reaction.get("user") or not reaction["new_reaction"]:
        return None
    return Delivery(update_id, _address(reaction), str(reaction["user"]["id"]), unread=True)


def _is_for(bot: Bot, message: Json) -> bool:
    """Whether a person says something to the bot; in a group only who addresses it does."""
    sender = message.get("from") or {}
    # Administrators who stay anonymous share one sender, and so would share a conversation.
    if not sender or sender.get("is_bot") or message.get("sender_chat"):
        return False
    if _is_private(message):
        return not _NOBODY_SAID & set(message)
    answered = message.get("reply_to_message") or {}
    in_reply = (answered.get("from") or {}).get("id") == bot.id
    # In a topic that the bot opened, every message counts as a reply to its opening.
    return (in_reply and "forum_topic_created" not in answered) or any(_calls(message, bot))


def _is_private(message: Json) -> bool:
    return bool(message["chat"]["type"] == "private")


def _address(message: Json) -> str:
    """The chat, and the topic in it where a group has topics."""
    chat = str(int(message["chat"]["id"]))
    topic = message.get("message_thread_id") if message.get("is_topic_message") else None
    return chat if topic is None else f"{chat}/{int(topic)}"


def _person(said: Json) -> str:
    return str(int(said["from"]["id"]))


def _typed(message: Json) -> str:
    return str(message.get("text") or message.get("caption") or "")


def _words(message: Json, bot: Bot, commands: Mapping[str, str]) -> str:
    """What was written, without the bot's name; a command in the words it stands for."""
    text = _utf16(_typed(message))
    calls = sorted(_calls(message, bot), reverse=True)
    for start, end in calls:
        text = text[: 2 * start] + text[2 * end :]
    # "Companion, my back hurts" goes without what followed the name.
    written = text.decode("utf-16-le", "surrogatepass").lstrip(" \n,:" if calls else None).rstrip()
    command = _COMMAND.fullmatch(written)
    if command is None or command[1].casefold() not in commands:
        return written
    # What follows a command may be what matters most, but for where a link came from.
    rest = command[2] or ""
    said = "" if _ORIGIN.fullmatch(rest.strip()) else rest
    return f"{commands[command[1].casefold()]} {said}".strip()


def _calls(message: Json, bot: Bot) -> Iterator[tuple[int, int]]:
    """Where the text names the bot: from and to, in UTF-16 units, as Telegram counts."""
    text = _utf16(_typed(message))
    entities: Sequence[Json] = message.get("entities") or message.get("caption_entities") or ()
    for entity in entities:
        kind, start, end = entity["type"], entity["offset"], entity["offset"] + entity["length"]
        named = text[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")
        mentioned = kind == "mention" and bot.is_meant(named)
        linked = kind == "text_mention" and entity["user"]["id"] == bot.id
        if mentioned or linked:
            yield start, end
        elif kind == "bot_command" and bot.is_meant(f"@{named.partition('@')[2]}"):
            # Of "/help@the_bot" the command stays.
            yield start + named.index("@"), end


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")
