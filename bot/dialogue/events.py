"""The plain events that the dialogue rules read: what was said, done, asked and reset."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.dialogue.reading import Reading
from bot.safety.verdicts import Assessment


@dataclass(frozen=True)
class Said:
    """The person's message, as understood: the intent, the reading and the safety verdict."""

    text: str
    intent: str
    reading: Reading = field(default_factory=Reading)
    verdict: Assessment = field(default_factory=Assessment)


@dataclass(frozen=True)
class Did:
    """The assistant ran an action."""

    action: str


@dataclass(frozen=True)
class Uttered:
    """The assistant sent a message; `choices` are the words its buttons send, in order."""

    response: str | None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class LoopChanged:
    """A form became active, or (`None`) no form is active any more."""

    name: str | None


@dataclass(frozen=True)
class SlotChanged:
    """A slot got a value (or `None`)."""

    name: str
    value: object


@dataclass(frozen=True)
class Reset:
    """The conversation began anew (a restart or a new session)."""


Event = Said | Did | Uttered | LoopChanged | SlotChanged | Reset
