"""Texting and medical shorthand made into plain words, after ``data/lexicon/shorthand.yml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.lexicon.errors import LexiconError
from bot.lexicon.vocabulary import read_yaml

_WORD = re.compile(r"(?<![\w'@./-])[A-Za-z0-9]+(?:/[a-z])?(?![\w'@/-]|\.\w)")


@dataclass(frozen=True)
class Pattern:
    """One contextual rule: a regular expression, what replaces it, and its executable examples."""

    rule_id: str
    find: re.Pattern[str]
    replace: str
    examples: Mapping[str, str]
    unchanged: tuple[str, ...]


def _pattern(raw: Mapping[str, object]) -> Pattern:
    rule_id = str(raw.get("id"))
    examples, unchanged = raw.get("examples") or {}, raw.get("unchanged") or []
    try:
        find = re.compile(str(raw["find"]), re.IGNORECASE)
        replace = str(raw["replace"])
    except (KeyError, re.error) as error:
        raise LexiconError(f"shorthand.yml, pattern '{rule_id}': {error}.") from error
    if not isinstance(examples, dict) or not isinstance(unchanged, list):
        raise LexiconError(f"shorthand.yml, pattern '{rule_id}': examples are written: read as.")
    return Pattern(rule_id, find, replace, examples, tuple(map(str, unchanged)))


def _in_case_of(original: str, expansion: str) -> str:
    """Return the expansion capitalised like the shorthand ("Pls" -> "Please")."""
    if len(original) > 1 and original.isupper():
        return expansion.upper()
    return expansion[0].upper() + expansion[1:] if original[0].isupper() else expansion


@dataclass(frozen=True)
class Shorthand:
    """The rules, applied in the order of the file, then the words."""

    patterns: tuple[Pattern, ...]
    words: Mapping[str, str]

    @classmethod
    def load(cls, directory: Path) -> Shorthand:
        """Read ``shorthand.yml``; raise `LexiconError` if it is malformed."""
        content = read_yaml(directory / "shorthand.yml")
        words = content.get("words", {})
        pairs = [*words, *words.values()]
        if not all(isinstance(word, str) and word for word in pairs):
            raise LexiconError("shorthand.yml, words: quote words such as 'yes', 'no' or '4'.")
        return cls(tuple(map(_pattern, content.get("patterns", []))), words)

    def expand(self, text: str) -> str:
        """Return the text with shorthand written out."""
        for pattern in self.patterns:
            text = pattern.find.sub(pattern.replace, text)
        return _WORD.sub(self._expand_word, text)

    def _expand_word(self, match: re.Match[str]) -> str:
        word = match.group()
        expansion = self.words.get(word.lower())
        return word if expansion is None else _in_case_of(word, expansion)
