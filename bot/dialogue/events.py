"""The plain events that the dialogue rules read: what was said, done, asked and reset."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from bot.dialogue.names import CHECK_FORM
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


@dataclass(frozen=True)
class Remembered:
    """What the earlier part of a conversation, whose events are left out, has come to.

    It stands first, for all that happened before: see `bot.dialogue.remembering`.

    owed: the escalation is owed.
    requested: the open question of the symptom check.
    urgent: an urgent sign was told in the check that is open, or right before it.
    answered: the topics that were answered, the last one last.
    findings: the clinical findings of the earlier messages.
    slots: the values of all slots that have one.
    """

    owed: bool = False
    check_open: bool = False
    requested: str | None = None
    urgent: bool = False
    last_action: str | None = None
    answered: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    slots: Mapping[str, object] = field(default_factory=dict)

    @property
    def open_form(self) -> str | None:
        """The form of the symptom check, if it is open."""
        return CHECK_FORM if self.check_open else None

    def to_dict(self) -> dict[str, Any]:
        """This event as plain JSON values."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Remembered:
        """The event that `to_dict` wrote.

        Raises:
            TypeError: if `data` was not written by it.
        """
        lists = {name: tuple(data[name]) for name in ("answered", "findings") if name in data}
        return cls(**{**data, **lists})


Event = Said | Did | Uttered | LoopChanged | SlotChanged | Reset | Remembered
