"""The words of a text as numbers, beside its embedding.

The embedding tells what a text is about and blurs how it is put; single words, pairs of words
and pieces of words keep that ("which cancers" and "where do cancers", a name misspelt). They are
hashed into a fixed number of columns (Weinberger et al. 2009), so that nothing is learned from
the training data that the running assistant would have to keep.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

COLUMNS = 512
"""For words and pairs of words; as many again for pieces of words."""
PIECES = (3, 4)
"""Lengths of the pieces, in characters; the space before and after a word counts."""
WEIGHT = 0.6
"""Length of each half of a row beside embeddings of unit length; 0.3 did less, 1.0 no more."""


def word_form_features(texts: Sequence[str]) -> Matrix:
    """Float32 [n, 2 * COLUMNS] for n texts; a text without words has a row of zeros."""
    rows = np.zeros((len(texts), 2 * COLUMNS), dtype=np.float32)
    for row, text in zip(rows, texts, strict=True):
        words = text.lower().split()
        _count(row[:COLUMNS], _words_and_pairs(words))
        _count(row[COLUMNS:], _pieces(words))
    return rows


def _words_and_pairs(words: Sequence[str]) -> Iterator[str]:
    yield from words
    for first, second in pairwise(words):
        yield f"{first} {second}"


def _pieces(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        padded = f" {word} "
        for length in PIECES:
            for start in range(max(1, len(padded) - length + 1)):
                yield padded[start : start + length]


def _count(row: Matrix, terms: Iterator[str]) -> None:
    """Add each term to its column with its own sign, then give the row its length."""
    counts: dict[int, int] = defaultdict(int)
    for term in terms:
        value = crc32(term.encode("utf-8", "replace"))
        counts[value % COLUMNS] += 1 if value & 0x80000000 else -1
    row[list(counts)] = list(counts.values())
    length = float(np.linalg.norm(row))
    if length:
        row *= WEIGHT / length
