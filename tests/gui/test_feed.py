from __future__ import annotations

from pathlib import Path

from genre_desktop.gui.feed import PathFeed


def drain(feed: PathFeed) -> list[Path]:
    return list(feed.drain(lambda _path: None))


def test_paths_come_out_in_order_and_once() -> None:
    feed = PathFeed()
    feed.add(["a", "b", "a", "c"])
    assert len(feed) == 3
    assert drain(feed) == [Path("a"), Path("b"), Path("c")]
    assert len(feed) == 0


def test_a_clicked_path_goes_first_if_it_still_waits() -> None:
    feed = PathFeed()
    feed.add(["a", "b", "c"])
    feed.put_first("c")
    feed.put_first("unknown")
    assert drain(feed) == [Path("c"), Path("a"), Path("b")]


def test_paths_that_come_meanwhile_are_taken_too() -> None:
    feed = PathFeed()
    feed.add(["a"])
    taken = []
    for path in feed.drain(taken.append):
        if path == Path("a"):
            feed.add(["b"])
    assert taken == ["a", "b"]


def test_paths_can_be_taken_back() -> None:
    feed = PathFeed()
    feed.add(["a", "b", "c"])
    feed.discard(["b", "unknown"])
    assert drain(feed) == [Path("a"), Path("c")]
    feed.add(["a"])
    feed.clear()
    assert drain(feed) == []
