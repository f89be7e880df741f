"""A conversation as the documentation shows it."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

WRITE_VARIABLE = "WRITE_TRANSCRIPT"
"""Set it to write what was said into the page, instead of comparing both."""

_BLOCK = re.compile(r"(?<=<!-- transcript -->\n)```\n.*?```\n", re.DOTALL)
_TODAY = re.compile(r"(?<=Date: )\d{4}-\d\d-\d\d")

Exchange = tuple[str, Sequence[str]]
"""What a person wrote, and the messages that came back."""


def rendered(exchanges: Sequence[Exchange]) -> str:
    """A conversation as a block of Markdown."""
    lines = []
    for asked, answers in exchanges:
        lines.append(f"Ann: {asked}")
        for answer in answers:
            first, *others = answer.splitlines()
            lines += [f"Companion: {first}", *(f"  {line}" for line in others)]
        lines.append("")
    return "\n".join(["```", *lines[:-1], "```", ""])


def hold(page: Path, exchanges: Sequence[Exchange]) -> None:
    """Write a conversation into a page, or check that the page shows it, but for the date."""
    text, found = page.read_text(encoding="utf-8"), rendered(exchanges)
    shown = _BLOCK.search(text)
    assert shown, f"{page} has no place for a transcript"
    if os.environ.get(WRITE_VARIABLE):
        page.write_text(text[: shown.start()] + found + text[shown.end() :], encoding="utf-8")
    else:
        assert _TODAY.sub("", shown[0]) == _TODAY.sub("", found), (
            f"run this test with {WRITE_VARIABLE}=1: {page} shows another conversation"
        )
