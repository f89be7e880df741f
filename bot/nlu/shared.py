"""What several components need and one instance can serve: loaded once in a process.

Compiling the rules and the vocabulary and opening the encoder take most of a start, and most of
what it keeps in memory.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from bot.encoder import SentenceEncoder
from bot.lexicon.extractor import ClinicalLexicon
from bot.lexicon.normalizer import TextNormalizer
from bot.nlu.directories import directories_fingerprint
from bot.safety.assess import SafetyCore


def safety_core(directory: Path) -> SafetyCore:
    """The safety core over the data that the directory holds now."""
    return _safety_core(directory, directories_fingerprint(str(directory)))


def lexicon(directory: Path) -> ClinicalLexicon:
    """The clinical lexicon over the data that the directory holds now."""
    return _lexicon(directory, directories_fingerprint(str(directory)))


def normalizer(directory: Path) -> TextNormalizer:
    """The normaliser over the data that the directory holds now."""
    return _normalizer(directory, directories_fingerprint(str(directory)))


@lru_cache(maxsize=1)
def sentence_encoder(model_dir: str | None, sha256: str | None) -> SentenceEncoder:
    """The sentence encoder with its vectors of recent texts; it may be used from any thread."""
    return SentenceEncoder.load(model_dir, sha256)


@lru_cache(maxsize=1)
def _safety_core(directory: Path, fingerprint: str) -> SafetyCore:
    return SafetyCore.load(directory)


@lru_cache(maxsize=1)
def _lexicon(directory: Path, fingerprint: str) -> ClinicalLexicon:
    return ClinicalLexicon.load(directory)


@lru_cache(maxsize=1)
def _normalizer(directory: Path, fingerprint: str) -> TextNormalizer:
    return TextNormalizer.load(directory)
