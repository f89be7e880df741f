"""Makes a message easier to understand: plain characters, written-out shorthand, right spelling.

The result is for the classifier, the lexicon and the splitter only; it is never shown to anyone and
never stored in place of what the person wrote. Case and layout of what is right stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from bot.lexicon.characters import clean
from bot.lexicon.shorthand import Shorthand
from bot.lexicon.spelling import SpellingCorrector
from bot.lexicon.vocabulary import (
    Entry,
    as_words,
    load_ignored,
    load_vocabulary,
    read_yaml,
)

_PASSES = 4
# Bounds the time for a message: a search costs a third of a millisecond.
_MOST_WORDS = 200
_LONGEST = 40
_FOREIGN_WORDS = 2
_WORD = re.compile(r"(?<![\w@/.'])[A-Za-z]+(?:'[A-Za-z]+)*(?![\w@/]|'\w|\.\w)")
_ALPHABETIC = re.compile(r"[a-z]+(?:'[a-z]+)*")
_REPEATED = re.compile(r"([a-z])\1{2,}", re.IGNORECASE)
_ROMAN = re.compile(r"[ivx]+", re.IGNORECASE)
_TITLE = re.compile(
    r"\b(?:doctor|dr|mr|mrs|ms|miss|nurse|professor|prof|sister|named|called|name is|name's)\.? $",
    re.IGNORECASE,
)


def _words_of(entry: Entry) -> Iterator[str]:
    phrases = (
        *entry.terms,
        *entry.exact,
        *entry.organs,
        *entry.adjectives,
        *entry.located,
        *(guard.term for guard in entry.guarded),
    )
    for phrase in phrases:
        yield from _ALPHABETIC.findall(phrase.lower())


def _word_list(directory: Path, name: str) -> frozenset[str]:
    groups = read_yaml(directory / f"{name}.yml").get("words", {})
    return frozenset(w for key, group in groups.items() for w in as_words(group, f"{name}.{key}"))


@dataclass(frozen=True)
class TextNormalizer:
    """Normalizes messages. Build it with `load`."""

    shorthand: Shorthand
    spelling: SpellingCorrector
    foreign: frozenset[str]

    @classmethod
    def load(cls, directory: Path) -> TextNormalizer:
        """Read the files of ``data/lexicon``; raise `LexiconError` if one is malformed."""
        vocabulary = load_vocabulary(directory)
        countries = {w for e in vocabulary.pop("country").values() for w in _words_of(e)}
        terms = {
            w for entries in vocabulary.values() for e in entries.values() for w in _words_of(e)
        }
        shorthand = Shorthand.load(directory)
        foreign = as_words(read_yaml(directory / "known_words.yml").get("foreign"), "foreign")
        known = {
            *countries,
            *_word_list(directory, "known_words"),
            *foreign,
            *(w for phrase in load_ignored(directory) for w in _ALPHABETIC.findall(phrase)),
            *(w for text in shorthand.words.values() for w in _ALPHABETIC.findall(text.lower())),
        }
        domain = terms | _word_list(directory, "domain_words")
        spelling = SpellingCorrector.for_domain(domain, known)
        return cls(shorthand, spelling, frozenset(foreign))

    def normalize(self, text: str) -> str:
        """Return the message in plain, rightly spelled words; doing it twice changes nothing.

        A message in another language only gets plain characters.
        """
        text = clean(text)
        if self._is_foreign(text):
            return text
        for _ in range(_PASSES):
            before, text = text, clean(self._correct(self.shorthand.expand(text)))
            if text == before:
                break
        return text

    def _is_foreign(self, text: str) -> bool:
        words = islice(_WORD.finditer(text), _MOST_WORDS)
        marked = (match for match in words if match.group().lower() in self.foreign)
        return len(list(islice(marked, _FOREIGN_WORDS))) == _FOREIGN_WORDS

    def _correct(self, text: str) -> str:
        """Return the text with its unknown words mended, up to a number of words."""
        pieces: list[str] = []
        end = 0
        shouted = text.isupper()
        for match in islice(_WORD.finditer(text), _MOST_WORDS):
            word = match.group()
            known = len(word) > _LONGEST or self.spelling.knows(word.lower())
            if known or _is_kept(text, match, shouted):
                continue
            pieces += [text[end : match.start()], self._mend(word)]
            end = match.end()
        return "".join([*pieces, text[end:]])

    def _mend(self, word: str) -> str:
        lower = word.lower()
        for repeats in (r"\1\1", r"\1"):
            squeezed = _REPEATED.sub(repeats, lower)
            if squeezed != lower and self.spelling.knows(squeezed):
                return squeezed
        right = self.spelling.correct(_REPEATED.sub(r"\1\1", lower))
        if right is None:
            return _REPEATED.sub(r"\1\1", word)
        return right.capitalize() if word.istitle() else right


def _is_kept(text: str, match: re.Match[str], shouted: bool) -> bool:
    """Return whether an unknown word stays: a name, an abbreviation in capitals, a roman number."""
    word = match.group()
    if _ROMAN.fullmatch(word) or (word.isupper() and len(word) <= 5 and not shouted):
        return True
    before = text[max(0, match.start() - 20) : match.start()]
    if _TITLE.search(before):
        return True
    starts_sentence = not before.strip() or before.rstrip(" ")[-1] in ".!?:\n\"'("
    return word[0].isupper() and not word.isupper() and not starts_sentence
