"""A scan that runs ahead of the work on what it finds, so that a total is known early."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import Final

from genre_desktop.errors import LibraryError
from genre_desktop.library.feed import PathFeed
from genre_desktop.library.scan import scan, unreadable
from genre_desktop.library.scan_tally import ScanTally

_log = logging.getLogger(__name__)

MOST_QUEUED: Final = 100_000
"""Paths that may wait: some tens of megabytes, and a total for all but the largest libraries."""

_LOOK_S: Final = 0.1
"""How often a waiting scan looks whether it shall end."""


class ScanAhead:
    """A thread that fills a feed from a scan; a context manager.

    The feed is closed when the scan ends, however it ends. Leaving the context ends the
    thread, and raises what ended the scan unexpectedly, if nothing else is being raised.

    Parameters
    ----------
    paths : iterable of Path
        As for `scan`; read in the thread.
    feed : PathFeed
        An open one.
    most_queued : int
        The scan waits while so many paths are in the feed.
    on_problem : callable, optional
        Told, in the thread, of each folder and playlist that cannot be read.

    Attributes
    ----------
    tally : ScanTally
        What was found and passed over so far.
    """

    def __init__(
        self,
        paths: Iterable[Path],
        feed: PathFeed,
        *,
        most_queued: int = MOST_QUEUED,
        on_problem: Callable[[LibraryError], None] | None = None,
    ) -> None:
        self.tally = ScanTally()
        self._paths = paths
        self._feed = feed
        self._most_queued = most_queued
        self._on_problem = on_problem
        self._error: Exception | None = None
        self._stop = threading.Event()
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run, name="scan", daemon=True)

    def __enter__(self) -> ScanAhead:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()
        if kind is None and self._error is not None:
            raise self._error

    @property
    def total_so_far(self) -> int:
        """Paths put into the feed; the final number once `is_done`."""
        return self.tally.n_found

    @property
    def is_done(self) -> bool:
        """Whether nothing more will be found."""
        return self._done.is_set()

    @property
    def error(self) -> Exception | None:
        """What ended the scan before its time."""
        return self._error

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait for the end of the scan; whether it came in time."""
        return self._done.wait(timeout_s)

    def _run(self) -> None:
        try:
            found = scan(self._paths, on_skipped=self._skipped, is_cancelled=self._stop.is_set, tally=self.tally)
            for path in found:
                self._feed.add([str(path)])
                while not self._feed.wait_for_room(self._most_queued, _LOOK_S):
                    if self._stop.is_set():
                        return
        except Exception as error:
            _log.exception("The scan ended unexpectedly")
            self._error = error
        finally:
            self._done.set()
            self._feed.close()

    def _skipped(self, path: Path, reason: str) -> None:
        if self._on_problem is not None:
            self._on_problem(unreadable(path, reason))
