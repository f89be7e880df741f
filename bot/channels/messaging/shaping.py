"""One place that shapes a response for a platform: length, buttons, sources, plain letters."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.channels.messaging.settings import Limits
from bot.knowledge.citation import Citations

_PLAIN = str.maketrans(
    {
        "\N{LEFT SINGLE QUOTATION MARK}": "'",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{LEFT DOUBLE QUOTATION MARK}": '"',
        "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
        "\N{EN DASH}": "-",
        "\N{EM DASH}": "-",
        "\N{HORIZONTAL ELLIPSIS}": "...",
        "\N{NO-BREAK SPACE}": " ",
    }
)
_PLACES_TO_BREAK = (re.compile(r"\n"), re.compile(r"(?<=[.!?])\s"), re.compile(r"\s"))
"""After a line, after a sentence, after a word: the first that leaves no short piece."""

_LEAST_FILLED = 0.4
"""A message is broken at a line or a sentence only where so much of it is used."""


@dataclass(frozen=True)
class Piece:
    """One message as a platform sends it. Choices stand in the text as well, with numbers."""

    text: str
    choices: tuple[str, ...] = ()
    key: str = field(default_factory=lambda: secrets.token_hex(16), compare=False)
    """Its own, the same at each try: a platform that is given it takes the message once."""


class Shaper:
    """Shapes the responses for one platform."""

    def __init__(self, limits: Limits, citations: Citations) -> None:
        """Keep to these limits."""
        self._limits = limits
        self._citations = citations

    @classmethod
    def load(cls, limits: Limits, data_dir: Path = Path("data")) -> Shaper:
        """A shaper that knows the sources."""
        return cls(limits, Citations.load(data_dir))

    def pieces(self, message: Mapping[str, Any]) -> list[Piece]:
        """The messages for a response of Rasa (`text`, `buttons`, `metadata`); none is empty."""
        titles = tuple(str(button["title"]) for button in message.get("buttons") or ())
        text = self._with_sources(str(message.get("text") or ""), message.get("metadata") or {})
        text = "\n".join([text.strip(), *numbered(titles)]).strip()
        if self._limits.plain_letters:
            text = plain_letters(text)
        parts = split(text, self._limits.text)
        pieces = [Piece(part) for part in parts]
        if pieces and self._fit(titles):
            pieces[-1] = Piece(pieces[-1].text, titles)
        return pieces

    def _with_sources(self, text: str, metadata: Mapping[str, Any]) -> str:
        sources = metadata.get("sources")
        if not (sources and self._limits.short_sources and "\n" in text):
            return text
        answer, _, _ = text.rpartition("\n")
        return f"{answer}\n{self._citations.short_line_for(sources)}"

    def _fit(self, titles: Sequence[str]) -> bool:
        """Whether all choices can be buttons: some of them alone would hide the others."""
        longest = max(map(width, titles), default=0)
        return len(titles) <= self._limits.buttons and longest <= self._limits.title


def numbered(titles: Sequence[str]) -> list[str]:
    """A line for each choice, with the number that stands for it."""
    return [f"{number}. {title}" for number, title in enumerate(titles, 1)]


def plain_letters(text: str) -> str:
    """A text without typographic quotes, dashes and dots."""
    return text.translate(_PLAIN)


def width(text: str) -> int:
    """Characters as the strictest platforms count them: UTF-16 units, two for an emoji."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split(text: str, longest: int) -> list[str]:
    """Cut a text into parts of at most so many UTF-16 units, at lines, sentences or words."""
    parts = []
    rest = text.strip()
    while width(rest) > longest:
        end = _break(_prefix(rest, longest))
        parts.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [part for part in (*parts, rest) if part]


def _prefix(text: str, longest: int) -> str:
    """The longest beginning of a text within so many UTF-16 units."""
    prefix = text[:longest]
    while width(prefix) > longest:
        prefix = prefix[: -max(1, (width(prefix) - longest) // 2)]
    return prefix


def _break(prefix: str) -> int:
    """Where to cut, as late as possible; in the middle of a word only where there is no blank."""
    for place in _PLACES_TO_BREAK:
        ends = [found.end() for found in place.finditer(prefix)]
        if ends and ends[-1] >= _LEAST_FILLED * len(prefix):
            return ends[-1]
    return len(prefix)
