"""Corrects words that are in no word list, preferring the words this assistant is asked about.

A word of the general list, of the lexicon or of ``known_words.yml`` is never touched. For any other
the candidates are the domain's words (lexicon terms and ``domain_words.yml``) and the commoner
general words; the nearest in letters or in sound wins, a domain word before a general one. If
nothing is near enough, the word stays. A known word costs one look-up, an unknown one a search of a
third of a millisecond, which is remembered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from math import log10

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.lexicon.phonetics import sound_of

# Rarer general words are right as they stand but too unlikely to be what was meant.
_GENERAL_TARGETS = 8_000
_TARGETS_TWO_SLIPS_AWAY = 4_000
_TOO_COMMON = 400
_SHORTEST = 4
# With this many slips the first letter must be right: "extracranial" is not "intracranial".
_FAR = 3
_CACHE = 8_192
_DICTIONARY = "frequency_dictionary_en_82_765.txt"
# International nonproprietary names end in these stems (WHO stem book): drug names stay as written.
_DRUG = re.compile(
    r"\w{3,}(?:mab|nib|ciclib|parib|platin|taxel|rubicin|azole|mycin|cillin|statin|setron|sartan"
    r"|azepam|dronate|dronic|gliptin|olone|codone|caine|fentanil|parin|lukast|triptan)"
)
# A known word with a regular ending is known; "smokeing", "worryed", "boness" are not regular.
_INFLECTED = re.compile(
    r"(\w+)'(?:s|ll|d|ve|re)|(?=\w{6})(\w+)(?:(?<![sy])s|(?<![ey])(?:ed|ing)|ly)"
)


def general_words() -> list[str]:
    """Return the general English word list, the most frequent word first.

    The list ships with symspellpy (MIT): Google Books frequencies of the words in SCOWL, British
    and American spellings.
    """
    text = files("symspellpy").joinpath(_DICTIONARY).read_text(encoding="utf-8-sig")
    return [line.split(" ", 1)[0] for line in text.splitlines() if line]


def _allowed(length: int, in_domain: bool) -> int:
    """Return how many letters may be wrong in a word of this length."""
    if length < 6:
        return 1
    if length < 9:
        return 2 if in_domain or length == 8 else 1
    return 3 if in_domain else 2


def _slip_cost(candidate: str, word: str) -> float:
    """Return a small cost for what people seldom get wrong.

    That is the first or last letter, and one letter for another rather than one left out, added
    or swapped.
    """
    replaced = len(candidate) == len(word) and sorted(candidate) != sorted(word)
    edges = 0.1 * (candidate[0] != word[0]) + 0.05 * (candidate[-1] != word[-1])
    return edges + 0.15 * replaced


@dataclass
class SpellingCorrector:
    """Finds the right spelling of one lower-case word. Build it with `for_domain`."""

    known: frozenset[str]
    domain: Sequence[str]
    general: Mapping[tuple[str, int], Sequence[str]]
    rank: Mapping[str, int]
    sounds: Sequence[str] = field(init=False)

    def __post_init__(self) -> None:
        """Prepare the sound forms, the set to look words up in, and the cache."""
        self.sounds = [sound_of(word) for word in self.domain]
        self._in_domain = frozenset(self.domain)
        self.correct = lru_cache(_CACHE)(self._correct)

    @classmethod
    def for_domain(cls, domain: Iterable[str], known: Iterable[str]) -> SpellingCorrector:
        """Build a corrector from the domain's words and further words that are right."""
        words = general_words()
        common = set(words[:_TOO_COMMON])
        targets = sorted({word for word in domain if len(word) >= _SHORTEST and word not in common})
        general: dict[tuple[str, int], list[str]] = {}
        for word in words[:_GENERAL_TARGETS]:
            if len(word) >= _SHORTEST - 1:
                general.setdefault((word[0], len(word)), []).append(word)
        rank = {word: index for index, word in enumerate(words)}
        return cls(frozenset({*words, *domain, *known}), targets, general, rank)

    def knows(self, word: str) -> bool:
        """Return whether a lower-case word is right as it stands."""
        if word in self.known or _DRUG.fullmatch(word):
            return True
        match = _INFLECTED.fullmatch(word)
        return match is not None and (match[1] or match[2]) in self.known

    def _correct(self, word: str) -> str | None:
        """Return the right spelling of a lower-case word, or None if none is near enough."""
        if len(word) < _SHORTEST or self.knows(word):
            return None
        parts = self._split(word)
        if parts is not None:
            return parts
        costs = {**self._general_costs(word), **self._domain_costs(word)}
        return min(costs, key=lambda candidate: (costs[candidate], candidate), default=None)

    def _domain_costs(self, word: str) -> dict[str, float]:
        allowed = _allowed(len(word), in_domain=True)
        costs: dict[str, float] = {}
        for candidate, distance, _ in process.extract(
            word, self.domain, scorer=OSA.distance, score_cutoff=allowed, limit=None
        ):
            if distance < _FAR or candidate[0] == word[0]:
                costs[candidate] = distance - 0.75 + _slip_cost(candidate, word)
        sound = sound_of(word)
        for _, distance, index in process.extract(
            sound, self.sounds, scorer=OSA.distance, score_cutoff=allowed - 1, limit=None
        ):
            candidate = self.domain[index]
            by_sound = distance - 0.25 + 0.05 * OSA.distance(candidate, word)
            costs[candidate] = min(costs.get(candidate, by_sound), by_sound)
        return costs

    def _general_costs(self, word: str) -> dict[str, float]:
        allowed = _allowed(len(word), in_domain=False)
        lengths = range(len(word) - allowed, len(word) + allowed + 1)
        choices = [c for n in lengths for c in self.general.get((word[0], n), ())]
        # the first two letters swapped: "ebcause"
        choices += [c for c in self.general.get((word[1], len(word)), ()) if c[1] == word[0]]
        costs: dict[str, float] = {}
        for candidate, distance, _ in process.extract(
            word, choices, scorer=OSA.distance, score_cutoff=allowed, limit=None
        ):
            if distance == 1 or self.rank[candidate] < _TARGETS_TWO_SLIPS_AWAY:
                rarity = 0.15 * log10(self.rank[candidate] + 1) - 0.3
                costs[candidate] = distance + rarity + _slip_cost(candidate, word)
        return costs

    def _split(self, word: str) -> str | None:
        """Return two domain words that were run together ("lungcancer"), or None."""
        domain = self._in_domain
        for cut in range(_SHORTEST, len(word) - _SHORTEST + 1):
            if word[:cut] in domain and word[cut:] in domain:
                return f"{word[:cut]} {word[cut:]}"
        return None
