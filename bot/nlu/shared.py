"""What several components need and one instance can serve: loaded once in a process.

Compiling the rules and the vocabulary takes most of a start, and most of what it keeps in memory.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from bot.lexicon.extractor import ClinicalLexicon
from bot.nlu.directories import directories_fingerprint
from bot.safety.assess import SafetyCore


def safety_core(directory: Path) -> SafetyCore:
    """The safety core over the data that the directory holds now."""
    return _safety_core(directory, directories_fingerprint(str(directory)))


def lexicon(directory: Path) -> ClinicalLexicon:
    """The clinical lexicon over the data that the directory holds now."""
    return _lexicon(directory, directories_fingerprint(str(directory)))


@lru_cache(maxsize=1)
def _safety_core(directory: Path, fingerprint: str) -> SafetyCore:
    return SafetyCore.load(directory)


@lru_cache(maxsize=1)
def _lexicon(directory: Path, fingerprint: str) -> ClinicalLexicon:
    return ClinicalLexicon.load(directory)
