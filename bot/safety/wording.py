"""From a written word to the words it may stand for: contractions, text-speak, misspellings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from bot.safety.spelling import SpellingIndex

Forms = tuple[str, ...]
_LETTER_AND_FIGURE = re.compile(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])")
_RUN = re.compile(r"(.)\1{2,}")
_ENDINGS = (
    ("n't", "not"),
    ("'m", "am"),
    ("'re", "are"),
    ("'ve", "have"),
    ("'ll", "will"),
    ("'d", "would"),
    ("'s", "is"),
)
# Readings of single words, never of messages; a fresh word costs a search for misspellings.
_REMEMBERED_WORDS = 8192
_SPLIT_FROM, _SPLIT_TO, _SHORTEST_HALF = 7, 18, 3


def spelled_out(phrase: str, text_speak: Mapping[str, str]) -> str:
    """Return a phrase of the data as it reads after contractions and text-speak are undone."""
    words = (text_speak.get(word) or " ".join(_uncontracted(word)) for word in phrase.split())
    return _LETTER_AND_FIGURE.sub(" ", " ".join(words))


class Wording:
    """Turns one written word into the tokens it stands for, each with its possible readings."""

    def __init__(
        self,
        vocabulary: Iterable[str],
        common_words: Iterable[str],
        text_speak: Mapping[str, str],
    ) -> None:
        """Keep the words to know, the ordinary words to leave alone, and the text-speak table."""
        self._vocabulary = frozenset(vocabulary)
        self._known = self._vocabulary | frozenset(common_words)
        self._text_speak = {short: tuple(full.split()) for short, full in text_speak.items()}
        self._spelling = SpellingIndex(self._vocabulary)
        self._remembered = lru_cache(_REMEMBERED_WORDS)(self._read)

    def is_text_speak(self, word: str) -> bool:
        """Whether the text-speak table knows this form."""
        return word in self._text_speak

    def read(self, word: str) -> tuple[Forms, ...]:
        """Return one tuple of readings for each token that `word` stands for.

        "cant" gives one token, "i'm" two, "breeth" one token with the readings that are near.
        """
        return self._remembered(word)

    def _read(self, word: str) -> tuple[Forms, ...]:
        if word in self._text_speak:
            return tuple((part,) for part in self._text_speak[word])
        if word in self._known:
            return ((word,),)
        return self._expand(word)

    def _expand(self, word: str) -> tuple[Forms, ...]:
        shortened = self._shortened(word)
        if shortened != word:
            return self.read(shortened)
        if "'" in word:
            return self._contracted(word)
        nearest = self._spelling.corrections(word)
        if nearest:
            return (nearest,)
        return self._split(word) or ((word,),)

    def _contracted(self, word: str) -> tuple[Forms, ...]:
        parts = _uncontracted(word)
        if len(parts) == 1:
            return self.read(word.replace("'", ""))
        return (*self.read(parts[0]), (parts[1],))

    def _shortened(self, word: str) -> str:
        """Take back drawn-out letters: "sooo" and "paaain" become known words if they can."""
        twice = _RUN.sub(r"\1\1", word)
        if twice == word:
            return word
        once = _RUN.sub(r"\1", word)
        readable = once in self._known or once in self._text_speak
        return once if readable and twice not in self._known else twice

    def _split(self, word: str) -> tuple[Forms, ...]:
        """Part two vocabulary words that were written together ("chestpain")."""
        if not _SPLIT_FROM <= len(word) <= _SPLIT_TO:
            return ()
        for at in range(_SHORTEST_HALF, len(word) - _SHORTEST_HALF + 1):
            left, right = word[:at], word[at:]
            if self._readable(left) and self._readable(right):
                return (*self.read(left), *self.read(right))
        return ()

    def _readable(self, word: str) -> bool:
        return word in self._vocabulary or word in self._text_speak


def _uncontracted(word: str) -> tuple[str, ...]:
    for ending, full in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending):
            return word[: -len(ending)], full
    return (word,)
