from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from genre_desktop.library.engine.scan_ahead import ScanAhead


def taken(ahead: ScanAhead) -> list[str]:
    found = []
    while not ahead.queue.is_finished:
        path = ahead.queue.take()
        if path is not None:
            found.append(str(path))
    return found


def test_all_paths_in_order_and_their_number() -> None:
    paths = [Path(str(number)) for number in range(500)]
    with ScanAhead(lambda _is_left: paths) as ahead:
        assert ahead.wait_for_first()
        assert taken(ahead) == list(map(str, paths))
    assert ahead.n_found == 500
    ahead.raise_error()


def test_nothing_found() -> None:
    with ScanAhead(lambda _is_left: []) as ahead:
        assert not ahead.wait_for_first()
        assert ahead.queue.is_finished


def test_it_waits_while_enough_paths_wait() -> None:
    with ScanAhead(lambda _is_left: map(Path, map(str, range(50))), max_ahead=3) as ahead:
        assert ahead.wait_for_first()
        time.sleep(0.05)
        assert len(ahead.queue) <= 3 and ahead.n_found <= 3
        assert len(taken(ahead)) == 50


def test_leaving_early_ends_the_thread() -> None:
    def endless() -> Iterator[Path]:
        while True:
            yield Path(str(time.monotonic_ns()))

    before = threading.active_count()
    with ScanAhead(lambda _is_left: endless(), max_ahead=10) as ahead:
        assert ahead.wait_for_first()
    assert threading.active_count() == before


def test_an_exception_of_the_scan_is_raised_at_the_end() -> None:
    def failing() -> Iterator[Path]:
        yield Path("a")
        raise RuntimeError("a fault")

    with ScanAhead(lambda _is_left: failing()) as ahead:
        assert taken(ahead) == ["a"]
    with pytest.raises(RuntimeError, match="a fault"):
        ahead.raise_error()


def test_leaving_ends_a_scan_that_finds_nothing() -> None:
    def nothing(is_left: Callable[[], bool]) -> Iterator[Path]:
        while not is_left():
            time.sleep(0.01)
        yield from ()

    with ScanAhead(nothing):
        time.sleep(0.05)
