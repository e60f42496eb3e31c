from __future__ import annotations

import threading
from pathlib import Path

from genre_desktop.library.engine.path_queue import PathQueue


def drain(queue: PathQueue) -> list[str]:
    return [str(path) for path in iter(queue.take, None)]


def test_paths_come_out_in_order_and_once() -> None:
    queue = PathQueue()
    queue.add(["a", "b", "a", "c"])
    assert len(queue) == 3
    assert drain(queue) == ["a", "b", "c"]
    assert len(queue) == 0


def test_a_clicked_path_goes_first_if_it_still_waits() -> None:
    queue = PathQueue(["a", "b", "c"])
    queue.prioritise("c")
    queue.prioritise("unknown")
    assert drain(queue) == ["c", "a", "b"]


def test_paths_can_be_taken_back() -> None:
    queue = PathQueue(["a", "b", "c"])
    queue.discard(["b", "unknown"])
    assert drain(queue) == ["a", "c"]
    queue.add(["a"])
    queue.clear()
    assert drain(queue) == []


def test_an_open_feed_ends_when_it_is_closed_and_empty() -> None:
    queue = PathQueue(["a"], is_open=True)
    assert queue.take() == Path("a")
    assert not queue.is_finished
    queue.add(["b"])
    queue.close()
    assert not queue.is_finished
    assert drain(queue) == ["b"]
    assert queue.is_finished


def test_whoever_fills_it_can_wait_for_room() -> None:
    queue = PathQueue(["a", "b"])
    assert queue.wait_for_room(3, 0)
    assert not queue.wait_for_room(2, 0.01)
    taker = threading.Timer(0.05, queue.take)
    taker.start()
    assert queue.wait_for_room(2, 30)
    taker.join()
