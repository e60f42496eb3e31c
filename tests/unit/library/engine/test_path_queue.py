from __future__ import annotations

import threading
from pathlib import Path

from genre_desktop.library.engine.path_queue import PathQueue


def drain(feed: PathQueue) -> list[str]:
    return [str(path) for path in iter(feed.take, None)]


def test_paths_come_out_in_order_and_once() -> None:
    feed = PathQueue()
    feed.add(["a", "b", "a", "c"])
    assert len(feed) == 3
    assert drain(feed) == ["a", "b", "c"]
    assert len(feed) == 0


def test_a_clicked_path_goes_first_if_it_still_waits() -> None:
    feed = PathQueue(["a", "b", "c"])
    feed.put_first("c")
    feed.put_first("unknown")
    assert drain(feed) == ["c", "a", "b"]


def test_paths_can_be_taken_back() -> None:
    feed = PathQueue(["a", "b", "c"])
    feed.discard(["b", "unknown"])
    assert drain(feed) == ["a", "c"]
    feed.add(["a"])
    feed.clear()
    assert drain(feed) == []


def test_an_open_feed_ends_when_it_is_closed_and_empty() -> None:
    feed = PathQueue(["a"], is_open=True)
    assert feed.take() == Path("a")
    assert not feed.is_finished
    feed.add(["b"])
    feed.close()
    assert not feed.is_finished
    assert drain(feed) == ["b"]
    assert feed.is_finished


def test_whoever_fills_it_can_wait_for_room() -> None:
    feed = PathQueue(["a", "b"])
    assert feed.wait_for_room(3, 0)
    assert not feed.wait_for_room(2, 0.01)
    taker = threading.Timer(0.05, feed.take)
    taker.start()
    assert feed.wait_for_room(2, 30)
    taker.join()
