"""A bounded, thread-safe store of the vectors of recent texts."""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections import OrderedDict

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]


class VectorCache:
    """The vectors of the texts used last.

    Texts are kept only as digests under a key drawn at random for the process, so that what a
    person wrote does not stay in memory.
    """

    def __init__(self, capacity: int) -> None:
        """Keep at most `capacity` vectors; zero keeps none."""
        self._capacity = capacity
        self._key = secrets.token_bytes(16)
        self._vectors: OrderedDict[bytes, Vector] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        """Return the number of vectors kept."""
        return len(self._vectors)

    def get(self, text: str) -> Vector | None:
        """Return the vector of a text, or None."""
        digest = self._digest(text)
        with self._lock:
            vector = self._vectors.get(digest)
            if vector is not None:
                self._vectors.move_to_end(digest)
            return vector

    def put(self, text: str, vector: Vector) -> None:
        """Keep a copy of a vector, dropping the one unused for longest where there is no room."""
        digest = self._digest(text)
        with self._lock:
            self._vectors[digest] = vector.copy()
            self._vectors.move_to_end(digest)
            while len(self._vectors) > self._capacity:
                self._vectors.popitem(last=False)

    def _digest(self, text: str) -> bytes:
        return hashlib.blake2b(text.encode(), digest_size=16, key=self._key).digest()
