"""The records of phone lines: frozen, and refused when they do not hold together.

A mistyped number or the wrong country's number is a failure of safety, so each
record checks itself when it is made.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

ELSEWHERE = "other"
PHONE_KINDS = frozenset({"call", "text", "call_or_text"})
WEB_KINDS = frozenset({"chat", "web"})
CHECKS = frozenset({"seen", "once", "known"})


class HelplineDataError(ValueError):
    """The data file is missing, malformed or contradicts itself; the message says where."""


@dataclass(frozen=True)
class Country:
    """A country as it stands inside a sentence (`name`) and at the head of a line (`label`)."""

    name: str
    label: str


@dataclass(frozen=True)
class Contact:
    """One way to reach a line; `number` is what is dialed, `display` what is read."""

    kind: str
    number: str
    display: str
    keyword: str | None = None

    def __post_init__(self) -> None:
        """Refuse an unknown kind, or a display that shows another number than is dialed."""
        if self.kind not in PHONE_KINDS | WEB_KINDS:
            raise HelplineDataError(f"kind {self.kind!r} is not one of call, text, chat, web.")
        shown = re.sub(r"\D", "", self.display) if self.kind in PHONE_KINDS else self.display
        if not self.number or not shown.endswith(self.number):
            raise HelplineDataError(f"{self.display!r} does not end in number {self.number!r}.")
        if self.keyword is not None and self.kind != "text":
            raise HelplineDataError(f"keyword {self.keyword!r} is for kind text only.")


@dataclass(frozen=True)
class Helpline:
    """One line of one country, with how far its number was checked and until when that holds."""

    id: str
    country: str
    name: str
    contacts: tuple[Contact, ...]
    source: str
    checked: str
    checked_on: date
    check_again_by: date
    note: str
    hours: str | None = None
    place: str | None = None

    def __post_init__(self) -> None:
        """Refuse a record without contacts, with an unknown check or with dates out of order."""
        if not self.contacts:
            raise HelplineDataError("at least one contact is needed.")
        if self.checked not in CHECKS:
            raise HelplineDataError(f"checked {self.checked!r} is not one of seen, once, known.")
        if not _is_day(self.checked_on) or not _is_day(self.check_again_by):
            raise HelplineDataError("checked_on and check_again_by must be dates, YYYY-MM-DD.")
        if self.check_again_by <= self.checked_on:
            raise HelplineDataError("check_again_by must be later than checked_on.")


@dataclass(frozen=True)
class Templates:
    """The words that join the records; each holds the placeholders that its use below names."""

    call: str
    text: str
    text_keyword: str
    call_or_text: str
    chat: str
    web: str
    or_: str
    and_: str
    support_line: str
    support_line_with_hours: str
    no_support_line: str
    crisis_service: str
    crisis_service_neutral: str
    crisis_line: str
    emergency_group: str
    emergency_separator: str


@dataclass(frozen=True)
class HelplineDirectory:
    """Everything the data file holds, in its order."""

    countries: Mapping[str, Country]
    templates: Templates
    helplines: tuple[Helpline, ...]
    crisis_contacts: tuple[Helpline, ...]
    emergency_numbers: tuple[Helpline, ...]

    def __post_init__(self) -> None:
        """Refuse a repeated id and a country without a display name."""
        ids = [entry.id for entry in self.entries]
        repeated = sorted({entry_id for entry_id in ids if ids.count(entry_id) > 1})
        if repeated:
            raise HelplineDataError(f"ids must be unique: {', '.join(repeated)}.")
        for code in (ELSEWHERE, *(entry.country for entry in self.entries)):
            if code not in self.countries:
                raise HelplineDataError(f"country {code!r} is not listed under countries.")

    @property
    def entries(self) -> tuple[Helpline, ...]:
        """All lines of the file."""
        return self.helplines + self.crisis_contacts + self.emergency_numbers


def _is_day(value: object) -> bool:
    """Tell a date from a date with a time, which YAML reads as a subclass of it."""
    return type(value) is date
