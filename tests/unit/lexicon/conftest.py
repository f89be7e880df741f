"""What the lexicon's tests share: the real data, loaded once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.lexicon.extractor import ClinicalLexicon
from bot.lexicon.normalizer import TextNormalizer

DATA = Path(__file__).parents[3] / "data" / "lexicon"
Found = list[tuple[str, str]]


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """The directory of the lexicon's data."""
    return DATA


@pytest.fixture(scope="session")
def lexicon() -> ClinicalLexicon:
    """The lexicon over the real data."""
    return ClinicalLexicon.load(DATA)


@pytest.fixture(scope="session")
def normalizer() -> TextNormalizer:
    """The normalizer over the real data."""
    return TextNormalizer.load(DATA)


@pytest.fixture(scope="session")
def found(lexicon: ClinicalLexicon) -> Callable[[str], Found]:
    """A function that gives the kinds and values in a text; a bare mention's kind ends in "?"."""

    def read(text: str) -> Found:
        return [(m.kind + "?" * m.bare, m.value) for m in lexicon.find(text)]

    return read
