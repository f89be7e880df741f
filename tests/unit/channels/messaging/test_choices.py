"""A typed number stands for the words of the choice that was offered last, once."""

from __future__ import annotations

import pytest

from bot.channels.messaging import choices
from bot.channels.messaging.choices import LastChoices

TITLES = ("A few days", "A few weeks", "Not sure")


def offered(titles: tuple[str, ...] = TITLES) -> LastChoices:
    last = LastChoices()
    last.offer("ann", titles)
    return last


@pytest.mark.parametrize("text", ["2", " 2 ", "2.", "2)", "(2)", "#2", "02"])
def test_a_number_in_any_form_is_its_choice(text: str) -> None:
    assert offered().take("ann", text) == "A few weeks"


@pytest.mark.parametrize("text", ["0", "4", "99", "100", "2 weeks", "2.5", "-1", "two", "", "²"])
def test_whatever_is_no_number_of_a_choice_stays_as_it_is(text: str) -> None:
    assert offered().take("ann", text) == text


def test_a_number_after_the_next_message_means_what_it_says() -> None:
    last = offered()
    last.take("ann", "A few weeks")
    assert last.take("ann", "2") == "2"


def test_a_message_without_choices_leaves_those_before_it() -> None:
    last = offered()
    last.offer("ann", ())
    assert last.take("ann", "1") == "A few days"


def test_the_last_choices_count() -> None:
    last = offered()
    last.offer("ann", ("Yes", "No"))
    assert last.take("ann", "1") == "Yes"


def test_choices_of_one_person_are_not_those_of_another() -> None:
    assert offered().take("ben", "1") == "1"


def test_the_choices_that_are_oldest_are_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choices, "MOST_CONVERSATIONS", 2)
    last = LastChoices()
    for person in ("ann", "ben", "ann", "cleo"):
        last.offer(person, TITLES)
    assert [last.take(person, "1") for person in ("ann", "ben", "cleo")] == [
        "A few days",
        "1",
        "A few days",
    ]
