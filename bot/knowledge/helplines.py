"""Phone lines and emergency numbers: the one dated data file, read and put into closed texts.

All words come from the templates of the same file; this module only joins them.
Where a country has no checked line, the text says so and gives the neutral route.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.knowledge.helpline_records import (
    ELSEWHERE,
    Contact,
    Country,
    Helpline,
    HelplineDataError,
    HelplineDirectory,
    Templates,
)

DEFAULT_PATH = Path(__file__).resolve().parents[2] / "data" / "knowledge" / "helplines.yml"


def _entry(record: Mapping[str, Any]) -> Helpline:
    try:
        contacts = tuple(Contact(**contact) for contact in record["contacts"])
        return Helpline(**{**record, "contacts": contacts})
    except (HelplineDataError, TypeError, KeyError) as error:
        label = record.get("id", record)
        raise HelplineDataError(f"helpline {label!r}: {error}") from error


def _templates(record: Mapping[str, str]) -> Templates:
    names = {field.name.rstrip("_"): field.name for field in fields(Templates)}
    if set(record) != set(names):
        wrong = ", ".join(sorted(set(record) ^ set(names)))
        raise HelplineDataError(f"templates missing or unknown: {wrong}.")
    return Templates(**{names[key]: text for key, text in record.items()})


@lru_cache(maxsize=4)
def load_helplines(path: Path = DEFAULT_PATH) -> HelplineDirectory:
    """Read and check the data file; raises `HelplineDataError` when it cannot be trusted."""
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        return HelplineDirectory(
            countries={code: Country(**names) for code, names in data["countries"].items()},
            templates=_templates(data["templates"]),
            helplines=tuple(map(_entry, data["helplines"])),
            crisis_contacts=tuple(map(_entry, data["crisis_contacts"])),
            emergency_numbers=tuple(map(_entry, data["emergency_numbers"])),
        )
    except HelplineDataError as error:
        raise HelplineDataError(f"{path}: {error}") from error
    except (OSError, yaml.YAMLError, TypeError, KeyError, AttributeError) as error:
        raise HelplineDataError(f"{path} cannot be read as helplines: {error!r}") from error


def country_name(country: str, directory: HelplineDirectory | None = None) -> str:
    """Return a country's name as it stands in a sentence; raises on an unknown code."""
    return _country(country, directory or load_helplines()).name


def render_support_lines(country: str, directory: HelplineDirectory | None = None) -> str:
    """Return the support lines, one a line; without any, say so and give the crisis route.

    Raises `HelplineDataError` on a country code that the file does not list.
    """
    source = directory or load_helplines()
    place = _country(country, source)
    lines = [_support_line(entry, source) for entry in source.helplines if entry.country == country]
    if lines:
        return "\n".join(lines)
    services = _crisis_services(country, source) or _crisis_services(ELSEWHERE, source)
    return source.templates.no_support_line.format(country=place.name, services=services)


def render_crisis_contacts(directory: HelplineDirectory | None = None) -> str:
    """Return all crisis contacts, one named country a line, and the neutral route last."""
    source = directory or load_helplines()
    served = [code for code in source.countries if code != ELSEWHERE]
    return "\n".join(
        source.templates.crisis_line.format(label=source.countries[code].label, services=services)
        for code in (*served, ELSEWHERE)
        if (services := _crisis_services(code, source))
    )


def render_emergency_numbers(directory: HelplineDirectory | None = None) -> str:
    """Return the emergency numbers as part of a sentence; places with the same number share it."""
    source = directory or load_helplines()
    words = source.templates
    places: dict[str, list[str]] = {}
    for entry in source.emergency_numbers:
        numbers = words.or_.join(contact.display for contact in entry.contacts)
        places.setdefault(numbers, []).append(entry.place or source.countries[entry.country].name)
    return words.emergency_separator.join(
        words.emergency_group.format(numbers=numbers, places=words.and_.join(names))
        for numbers, names in places.items()
    )


def overdue(on: date, directory: HelplineDirectory | None = None) -> tuple[Helpline, ...]:
    """Return the lines whose check ran out before the given day."""
    source = directory or load_helplines()
    return tuple(entry for entry in source.entries if entry.check_again_by < on)


def _country(code: str, source: HelplineDirectory) -> Country:
    if code not in source.countries:
        known = ", ".join(source.countries)
        raise HelplineDataError(f"unknown country {code!r}: use one of {known}.")
    return source.countries[code]


def _contacts(entry: Helpline, words: Templates) -> str:
    """Join the ways to reach one line; the template is named like the contact's kind."""
    return words.or_.join(
        words.text_keyword.format(keyword=contact.keyword, display=contact.display)
        if contact.keyword
        else str(getattr(words, contact.kind)).format(display=contact.display)
        for contact in entry.contacts
    )


def _support_line(entry: Helpline, source: HelplineDirectory) -> str:
    words = source.templates
    template = words.support_line_with_hours if entry.hours else words.support_line
    contacts = _contacts(entry, words)
    return template.format(name=entry.name, contacts=contacts, hours=entry.hours)


def _crisis_services(country: str, source: HelplineDirectory) -> str:
    words = source.templates
    neutral = country == ELSEWHERE
    template = words.crisis_service_neutral if neutral else words.crisis_service
    return words.or_.join(
        template.format(contacts=_contacts(entry, words), name=entry.name)
        for entry in source.crisis_contacts
        if entry.country == country
    )
