"""What stands in the events of a Matrix room: read here, and written for the answers.

https://spec.matrix.org/v1.15/client-server-api/ names the fields. Whoever writes an event may put
anything into them, so that nothing is taken for what it should be.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

Event = Mapping[str, Any]

_WORDS = frozenset({"m.text", "m.emote"})
_OTHER_KINDS = frozenset(
    {
        "m.sticker",
        "m.reaction",
        "m.call.invite",
        "m.poll.start",
        "org.matrix.msc3381.poll.start",
    }
)
"""What a person does on purpose and is no text. What is not listed asks for no answer."""

_PILL = re.compile(r"https://matrix\.to/#/(@[^\"'?<>\s]+|%40[^\"'?<>\s]+)")
# What older clients put before a reply: the message that it replies to.
_QUOTE = re.compile(r"> (?:\* )?<@[^>\n]+>[^\n]*(?:\n|$)(?:>[^\n]*(?:\n|$))*\n?")


@dataclass(frozen=True)
class Message:
    """What a person sent to a room."""

    id: str
    sender: str
    text: str = ""
    unread: bool = False
    """Whether something came that is no text."""
    encrypted: bool = False
    thread: str | None = None
    """The event that the thread hangs on."""
    answers: str | None = None
    """The event that this one is a reply to."""
    mentions: frozenset[str] = frozenset()


def read(event: Event) -> Message | None:
    """What a person sent; nothing where nobody waits for an answer.

    A notice is what another program says: answering it could go on without end.

    Raises:
        KeyError: the event has no id or no sender.
    """
    kind, content = _text(event.get("type")), _fields(event.get("content"))
    identity = str(event["event_id"]), str(event["sender"])
    if kind == "m.room.encrypted":
        return Message(*identity, encrypted=True)
    if kind in _OTHER_KINDS:
        return Message(*identity, unread=True)
    # A message that was taken back has no content.
    if kind != "m.room.message" or not content or _kind(content) == "m.notice":
        return None
    relation = _fields(content.get("m.relates_to"))
    replied = _text(_fields(relation.get("m.in_reply_to")).get("event_id"))
    edited = relation.get("rel_type") == "m.replace"
    in_thread = relation.get("rel_type") == "m.thread"
    text = "" if edited else _words(content)
    return Message(
        *identity,
        text=text[quote.end() :] if replied and (quote := _QUOTE.match(text)) else text,
        unread=edited or _kind(content) not in _WORDS,
        thread=_text(relation.get("event_id")) or None if in_thread else None,
        answers=replied or None,
        mentions=_mentions(content),
    )


def _words(content: Event) -> str:
    """The words of a message, or the caption of a file; a file's name says nothing."""
    body, name = _text(content.get("body")), _text(content.get("filename"))
    captioned = bool(name) and name != body
    return body if _kind(content) in _WORDS or captioned else ""


def _kind(content: Event) -> str:
    return _text(content.get("msgtype"))


def _mentions(content: Event) -> frozenset[str]:
    """The users that a message names, by the list of newer clients or by the links of older."""
    listed = _fields(content.get("m.mentions")).get("user_ids")
    linked = map(unquote, _PILL.findall(_text(content.get("formatted_body"))))
    return frozenset(map(str, listed if isinstance(listed, list) else ())) | frozenset(linked)


def called(text: str, names: Sequence[str]) -> str | None:
    """What stands after the name that a text begins with; nothing if it begins with none."""
    listed = "|".join(f"@?{re.escape(name)}" for name in sorted(names, key=len, reverse=True))
    found = re.match(rf"\s*(?:{listed})(?!\w)[\s:,]*", text, re.IGNORECASE)
    return text[found.end() :] if found else None


def since_invited(events: Sequence[Event], me: str) -> Sequence[Event]:
    """The part of a room's events that may be meant for the assistant.

    A room that it joins shows what was written before: none of that was said to the assistant.
    What follows the invitation was, even before it had joined.
    """
    start = 0
    for index, event in enumerate(events):
        if event.get("type") == "m.room.member" and event.get("state_key") == me:
            membership = _membership(event)
            before = _membership(_fields(event.get("unsigned")), "prev_content")
            if membership == "invite" or (membership, before) == ("join", ""):
                start = index + 1
    return events[start:]


def _membership(event: Event, content: str = "content") -> str:
    """The state that an event puts a user into; having left is the same as never having come."""
    membership = _text(_fields(event.get(content)).get("membership"))
    return membership if membership in {"invite", "join"} else ""


def answer(text: str, thread: str | None) -> dict[str, Any]:
    """The content of a message of the assistant: plain, and a notice, as programs should send."""
    content: dict[str, Any] = {"msgtype": "m.notice", "body": text, "m.mentions": {}}
    if thread:
        content["m.relates_to"] = {
            "rel_type": "m.thread",
            "event_id": thread,
            # For clients that know no threads.
            "is_falling_back": True,
            "m.in_reply_to": {"event_id": thread},
        }
    return content


@dataclass(frozen=True)
class Place:
    """Where a conversation goes on: in a room, or in a thread of it."""

    room: str
    thread: str | None = None

    @classmethod
    def of(cls, address: str) -> Place:
        """The place of an address."""
        room, _, thread = address.partition(" ")
        return cls(room, thread or None)

    @property
    def address(self) -> str:
        """Both in one text; no id holds a blank."""
        return f"{self.room} {self.thread}" if self.thread else self.room


def _fields(value: object) -> Event:
    return value if isinstance(value, Mapping) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
