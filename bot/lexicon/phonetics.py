"""A rough sound form of English words, so that a word spelled by ear meets its right spelling."""

from __future__ import annotations

import re

# In order. Deliberately coarser than Metaphone at the vowels: "sore-iasis", "new-monia" spellings.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^(?:kn|gn|pn)", "n"),
        (r"^wr", "r"),
        (r"^ps", "s"),
        (r"^x", "s"),
        (r"ph", "f"),
        (r"sch|ch(?=[lrm])", "sk"),
        (r"^ch(?=e[mi])", "k"),
        (r"(?<=[ptr])h(?=[aeiouy])|(?<=[aeiou])gh(?=t|$)", ""),
        (r"tion|sion|cian|tian|shun", "shn"),
        (r"c(?=[eiy])", "s"),
        (r"ck|c(?!h)|q", "k"),
        (r"x", "ks"),
        (r"z", "s"),
        (r"ai|ay|ei(?=g)", "a"),
        (r"ae|oe|ea|ee|ie|ei", "e"),
        (r"oo|ou|ow|au|aw", "o"),
        (r"y", "i"),
        (r"(.)\1+", r"\1"),
        (r"(?<=[^aeiou])e$", ""),
    )
)


def sound_of(word: str) -> str:
    """Return the sound form of a lower-case word; words that sound alike often share it."""
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word
