"""The vectors of recent texts are bounded and hold no text."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from bot.encoder.cache import VectorCache

VECTOR = np.ones(4, dtype=np.float32)


def test_a_vector_is_found_again() -> None:
    cache = VectorCache(2)
    cache.put("back pain", VECTOR)
    found = cache.get("back pain")
    assert found is not None
    assert found.tolist() == VECTOR.tolist()
    assert cache.get("neck pain") is None


def test_the_text_unused_for_longest_makes_room() -> None:
    cache = VectorCache(2)
    cache.put("first", VECTOR)
    cache.put("second", VECTOR)
    cache.get("first")
    cache.put("third", VECTOR)
    assert [cache.get(text) is not None for text in ("first", "second", "third")] == [
        True,
        False,
        True,
    ]


def test_a_cache_without_capacity_keeps_nothing() -> None:
    cache = VectorCache(0)
    cache.put("back pain", VECTOR)
    assert len(cache) == 0


def test_a_kept_vector_does_not_change_with_the_one_it_came_from() -> None:
    cache, vector = VectorCache(1), VECTOR.copy()
    cache.put("back pain", vector)
    vector[:] = 9
    found = cache.get("back pain")
    assert found is not None
    assert found.tolist() == VECTOR.tolist()


def test_no_text_is_kept() -> None:
    cache = VectorCache(1)
    cache.put("my secret", VECTOR)
    assert len(cache) == 1
    assert "secret" not in repr(vars(cache))


def test_the_bound_holds_when_threads_write_at_once() -> None:
    cache = VectorCache(10)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: cache.put(str(number), VECTOR), range(400)))
    assert len(cache) == 10
