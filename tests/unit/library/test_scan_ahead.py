from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from genre_desktop.errors import LibraryError, PlaylistUnreadableError
from genre_desktop.library.feed import PathFeed
from genre_desktop.library.scan_ahead import ScanAhead


def make_files(folder: Path, n: int) -> list[Path]:
    paths = [folder / f"{number:03}.wav" for number in range(n)]
    for path in paths:
        path.touch()
    return paths


def drain(feed: PathFeed) -> list[Path]:
    return list(iter(feed.take, None))


def no_scan_is_left() -> bool:
    return not any(thread.name == "scan" for thread in threading.enumerate())


def test_fills_the_feed_knows_the_total_and_closes_it(tmp_path: Path) -> None:
    paths = make_files(tmp_path, 20)
    (tmp_path / "cover.jpg").touch()
    feed = PathFeed(is_open=True)
    with ScanAhead([tmp_path], feed) as ahead:
        assert ahead.wait(30)
        assert ahead.is_done
        assert ahead.total_so_far == 20
        assert ahead.tally.sentence == "20 found, 1 skipped: 1 file of another kind (.jpg)"
        assert drain(feed) == paths
        assert feed.is_finished
    assert no_scan_is_left()


def test_waits_while_enough_is_queued(tmp_path: Path) -> None:
    paths = make_files(tmp_path, 50)
    feed = PathFeed(is_open=True)
    most, taken = 0, []
    with ScanAhead([tmp_path], feed, most_queued=5) as ahead:
        assert not ahead.wait(0.2)  # it cannot end before somebody takes
        while not feed.is_finished:
            most = max(most, len(feed))
            path = feed.take()
            if path is not None:
                taken.append(path)
    assert taken == paths
    assert most == 5
    assert ahead.total_so_far == 50


def test_leaving_early_ends_the_thread(tmp_path: Path) -> None:
    make_files(tmp_path, 50)
    feed = PathFeed(is_open=True)
    with pytest.raises(KeyboardInterrupt), ScanAhead([tmp_path], feed, most_queued=5) as ahead:
        raise KeyboardInterrupt
    assert no_scan_is_left()
    assert ahead.is_done
    assert len(drain(feed)) <= 5
    assert feed.is_finished


def test_problems_are_told(tmp_path: Path) -> None:
    (tmp_path / "bad.m3u").write_bytes(b"\0")
    problems: list[LibraryError] = []
    with ScanAhead([tmp_path / "bad.m3u"], PathFeed(is_open=True), on_problem=problems.append) as ahead:
        ahead.wait(30)
    assert [type(each) for each in problems] == [PlaylistUnreadableError]


def broken_source(path: Path) -> Iterator[Path]:
    yield path
    raise RuntimeError("the source broke")


def test_an_unexpected_error_closes_the_feed_and_is_raised_at_the_end(tmp_path: Path) -> None:
    feed = PathFeed(is_open=True)
    with pytest.raises(RuntimeError, match="the source broke"), ScanAhead(broken_source(tmp_path / "x"), feed) as ahead:
        assert ahead.wait(30)
        assert isinstance(ahead.error, RuntimeError)
        assert drain(feed) == [tmp_path / "x"]
        assert feed.is_finished
    assert no_scan_is_left()


def test_an_error_of_the_caller_goes_first(tmp_path: Path) -> None:
    with pytest.raises(KeyError), ScanAhead(broken_source(tmp_path), PathFeed(is_open=True)) as ahead:
        ahead.wait(30)
        raise KeyError("mine")
