"""The data file of phone lines is checked when it is read, and rendered country by country."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.knowledge.helpline_records import ELSEWHERE, Contact, HelplineDataError
from bot.knowledge.helplines import (
    DEFAULT_PATH,
    country_name,
    load_helplines,
    overdue,
    render_crisis_contacts,
    render_emergency_numbers,
    render_support_lines,
)

Edit = Callable[[dict[str, Any]], None]
DIRECTORY = load_helplines()
SERVED = [code for code in DIRECTORY.countries if code != ELSEWHERE]


def test_the_served_countries_are_the_six_of_the_lexicon() -> None:
    assert SERVED == ["us", "ca", "gb", "ie", "au", "in"]


@pytest.mark.parametrize("country", SERVED)
def test_every_served_country_has_a_crisis_contact_and_an_emergency_number(country: str) -> None:
    assert any(entry.country == country for entry in DIRECTORY.crisis_contacts)
    assert any(entry.country == country for entry in DIRECTORY.emergency_numbers)


@pytest.mark.parametrize("entry", DIRECTORY.helplines, ids=lambda entry: entry.id)
def test_a_support_line_is_given_in_its_own_country_and_in_no_other(entry: Any) -> None:
    for country in DIRECTORY.countries:
        shown = entry.contacts[0].display in render_support_lines(country)
        assert shown == (country == entry.country)


def test_a_support_line_tells_its_hours_only_when_they_are_sure() -> None:
    lines = dict(line.split(":", 1) for line in render_support_lines("us").splitlines())
    for entry in DIRECTORY.helplines:
        if entry.country == "us":
            assert ("(any time" in lines[entry.name]) == (entry.hours is not None)


def test_a_country_without_a_support_line_is_told_so_and_given_its_crisis_contact() -> None:
    text = render_support_lines("in")
    assert text.startswith("I do not have a cancer support line for India")
    assert "Tele-MANAS" in text


def test_another_country_is_told_so_and_given_the_neutral_route() -> None:
    text = render_support_lines(ELSEWHERE)
    assert "local emergency number" in text
    assert "findahelpline.com" in text


def test_crisis_contacts_name_their_country_on_each_line_and_end_with_the_neutral_route() -> None:
    lines = render_crisis_contacts().splitlines()
    labels = [DIRECTORY.countries[code].label for code in [*SERVED, ELSEWHERE]]
    assert [line.split(":")[0] for line in lines] == labels
    assert lines[-1].endswith("findahelpline.com")


@pytest.mark.parametrize("entry", DIRECTORY.crisis_contacts, ids=lambda entry: entry.id)
def test_a_crisis_contact_stands_on_the_line_of_its_country(entry: Any) -> None:
    label = DIRECTORY.countries[entry.country].label
    line = next(row for row in render_crisis_contacts().splitlines() if row.startswith(label))
    assert all(contact.display in line for contact in entry.contacts)
    assert all(contact.keyword in line for contact in entry.contacts if contact.keyword)


def test_places_with_the_same_emergency_number_share_it() -> None:
    text = render_emergency_numbers()
    assert "911 in the United States and Canada" in text
    assert "112 or 999 in Ireland" in text
    assert "112 in India and the European Union" in text


def test_rendered_texts_hold_no_blank_line_that_a_channel_would_split_at() -> None:
    texts = [render_support_lines(code) for code in DIRECTORY.countries]
    assert all("\n\n" not in text for text in [*texts, render_crisis_contacts()])


def test_a_country_name_fits_into_a_sentence() -> None:
    assert country_name("gb") == "the United Kingdom"


def test_an_unknown_country_is_refused_with_the_known_codes() -> None:
    with pytest.raises(HelplineDataError, match="unknown country 'fr': use one of us, ca"):
        render_support_lines("fr")


def test_a_check_is_overdue_from_the_day_after_its_date() -> None:
    last_day = min(entry.check_again_by for entry in DIRECTORY.entries)
    assert overdue(last_day) == ()
    assert overdue(last_day + timedelta(days=1)) != ()


def test_numbers_that_are_due_for_a_check_are_warned_of() -> None:
    due = overdue(date.today())
    if due:
        names = ", ".join(entry.id for entry in due)
        warnings.warn(f"look these numbers up again: {names}", stacklevel=1)
    assert all(entry.check_again_by < date.today() for entry in due)


@pytest.mark.parametrize(
    ("kind", "number", "display", "message"),
    [
        ("fax", "5550100", "555 0100", "kind 'fax'"),
        ("call", "5550100", "555 0101", "does not end in"),
        ("call", "", "", "does not end in"),
        ("web", "example.org", "example.com", "does not end in"),
    ],
)
def test_a_contact_that_does_not_hold_together_is_refused(
    kind: str, number: str, display: str, message: str
) -> None:
    with pytest.raises(HelplineDataError, match=message):
        Contact(kind=kind, number=number, display=display)


def test_a_keyword_belongs_to_a_text_message() -> None:
    with pytest.raises(HelplineDataError, match="for kind text only"):
        Contact(kind="call", number="5550100", display="555 0100", keyword="HELLO")


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda data: data.pop("crisis_contacts"), "crisis_contacts"),
        (lambda data: data["countries"].pop("gb"), "'gb' is not listed"),
        (lambda data: data["countries"].pop("other"), "'other' is not listed"),
        (lambda data: data["templates"].pop("crisis_line"), "templates .*: crisis_line"),
        (lambda data: data["helplines"].append(data["helplines"][0]), "must be unique: acs-us"),
        (lambda data: data["helplines"][0].pop("source"), "'acs-us'.*source"),
        (lambda data: data["helplines"][0].update(contacts=[]), "at least one contact"),
        (lambda data: data["helplines"][0].update(checked="surely"), "seen, once, known"),
        (lambda data: data["helplines"][0].update(checked_on="today"), "must be dates"),
        (lambda data: data["helplines"][0].update(check_again_by=date(2020, 1, 1)), "later than"),
    ],
)
def test_a_faulty_file_is_refused_with_its_path_and_what_is_wrong(
    tmp_path: Path, edit: Edit, message: str
) -> None:
    data = yaml.safe_load(DEFAULT_PATH.read_text(encoding="utf-8"))
    edit(data)
    path = tmp_path / "helplines.yml"
    path.write_text(yaml.safe_dump(data), encoding="utf-8")
    with pytest.raises(HelplineDataError, match=message) as raised:
        load_helplines(path)
    assert str(path) in str(raised.value)


def test_a_missing_file_is_refused_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(HelplineDataError, match=r"nowhere\.yml cannot be read"):
        load_helplines(tmp_path / "nowhere.yml")
