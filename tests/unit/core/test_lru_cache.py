from __future__ import annotations

from genre_desktop.core.lru_cache import LruCache


def test_the_one_not_asked_for_the_longest_goes_first() -> None:
    kept: LruCache[int] = LruCache(2)
    kept.put("a", 1)
    kept.put("b", 2)
    assert kept.get("a") == 1
    kept.put("c", 3)
    assert (kept.get("a"), kept.get("b"), kept.get("c")) == (1, None, 3)
    kept.put("a", 4)
    kept.drop("c")
    kept.drop("never there")
    assert (kept.get("a"), kept.get("c")) == (4, None)
    kept.clear()
    assert kept.get("a") is None


def test_looking_a_key_up_does_not_count_as_use() -> None:
    cache: LruCache[int] = LruCache(2)
    cache.put(("a", 1), 1)
    cache.put(2, 2)
    assert ("a", 1) in cache and len(cache) == 2
    assert list(cache.items()) == [(("a", 1), 1), (2, 2)]
    cache.put(3, 3)
    assert ("a", 1) not in cache and len(cache) == 2
