"""A phone number stands in one dated file and nowhere else, so that it can be kept right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.knowledge.helplines import DEFAULT_PATH, load_helplines

ROOT = DEFAULT_PATH.parents[2]
SKIPPED_FOLDERS = {"docs", "models", "node_modules", "build", "dist", "results"}
TEXT_FILES = {"", ".cfg", ".css", ".html", ".ini", ".js", ".json", ".jsonl", ".md", ".py", ".sh"}
TEXT_FILES |= {".toml", ".ts", ".txt", ".yaml", ".yml"}
# The examples of the safety rules are what people write, and people write of numbers they rang.
WRITTEN_BY_PEOPLE = "data/knowledge/safety"
SHOWN_TO_PEOPLE = ("data/responses", "data/knowledge", "data/widget", "bot", "actions", "domain")
SHOWN_TO_PEOPLE += ("widget/src",)
# Built from widget/src, with numbers of a library in it.
BUILT = "bot/widget/widget.js"
# A number this short is also an ordinary number, so it is looked for only where people read it.
SHORT = 4

CONTACTS = [contact for entry in load_helplines().entries for contact in entry.contacts]
NUMBERS = sorted({contact.number for contact in CONTACTS if contact.number.isdigit()})
ADDRESSES = sorted({contact.number for contact in CONTACTS if not contact.number.isdigit()})


def text_files(folder: Path = ROOT) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.name.startswith(".") and path.name not in SKIPPED_FOLDERS:
            yield from text_files(path)
        elif path.is_file() and path.suffix in TEXT_FILES and path != DEFAULT_PATH:
            yield path


def is_shown_to_people(path: Path) -> bool:
    name = path.relative_to(ROOT).as_posix()
    return name.startswith(SHOWN_TO_PEOPLE) and not name.startswith((WRITTEN_BY_PEOPLE, BUILT))


def written(number: str) -> re.Pattern[str]:
    """Match the digits standing alone, whatever spaces, dots, brackets or dashes part them."""
    digits = r"[\s().\u2010-\u2015-]{0,2}".join(number)
    return re.compile(rf"(?<![0-9A-Za-z_,.]){digits}(?![0-9A-Za-z_]|[.,]\d)")


TEXTS = {path: path.read_text(encoding="utf-8", errors="replace") for path in text_files()}


def test_the_search_reads_the_responses_and_the_code() -> None:
    names = {path.relative_to(ROOT).as_posix() for path in TEXTS}
    assert {"data/responses/safety.yml", "bot/knowledge/helplines.py"} <= names


@pytest.mark.parametrize("text", ["call 555 012 now", "(555) 012", "5-5-5-0-1-2", "on 555012."])
def test_the_search_finds_a_number_however_it_is_written(text: str) -> None:
    assert written("555012").search(text)


@pytest.mark.parametrize("text", ["a555012", "2555012", "555012.5", "555,012", "555 0123"])
def test_the_search_passes_over_other_numbers(text: str) -> None:
    assert not written("555012").search(text)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_phone_number_is_written_in_the_helpline_file_only(number: str) -> None:
    found = [
        str(path.relative_to(ROOT))
        for path, text in TEXTS.items()
        if (len(number) > SHORT or is_shown_to_people(path)) and written(number).search(text)
    ]
    assert found == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_web_address_of_a_helpline_is_in_no_other_text_for_people(address: str) -> None:
    found = [
        str(path.relative_to(ROOT))
        for path, text in TEXTS.items()
        if is_shown_to_people(path) and address in text
    ]
    assert found == []
