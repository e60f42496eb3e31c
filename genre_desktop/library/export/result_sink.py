"""The base class of all exports of results, with the same steps: open, write each track, finish.

A new format is a class derived from `ResultSink` in this folder. The command line (`genre_desktop.commands.classify`)
and the window (`genre_desktop.gui.export.export_task`) call it.
"""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from genre_desktop.library.result import Summary, TrackResult, summarise


@dataclass(frozen=True, eq=False)
class ResultRow:
    """A track as it is passed to a sink.

    Attributes
    ----------
    path : str
    summary : Summary or None
        None for a track that is not classified yet.
    result : TrackResult or None
        The full result, where the caller has it.
    """

    path: str
    summary: Summary | None
    result: TrackResult | None = None

    @classmethod
    def of(cls, result: TrackResult) -> ResultRow:
        """The row of a result."""
        return cls(str(result.path), summarise(result), result)


@dataclass(frozen=True)
class Written:
    """What a sink has written.

    Attributes
    ----------
    n_tracks : int
        Tracks in the export; the others had no result to write.
    n_files : int
    n_stale : int
        Files of an earlier export in the same folder that were not replaced.
    """

    n_tracks: int = 0
    n_files: int = 1
    n_stale: int = 0


class ResultSink(ABC):
    """An export of results in some format.

    `open` comes first, `write` once for each track, then `finish`, or `abandon` after an exception. All of them may
    raise `GenreDesktopError`; `abandon` may also come after `finish`, and then does nothing.
    """

    def open(self) -> None:  # noqa: B027 - not all have something to refuse
        """Refuse a target that cannot be written, before hours of work."""

    @abstractmethod
    def write(self, row: ResultRow) -> None:
        """Add a track."""

    @abstractmethod
    def finish(self) -> Written:
        """Complete the export."""

    def abandon(self) -> None:  # noqa: B027 - not all have something to undo
        """Cancel the export; a file that existed before `open` is unchanged, unless a sink documents otherwise."""


class CollectingSink(ResultSink):
    """An export that needs all tracks before it can write the first.

    Parameters
    ----------
    sort_by_path : bool
        Whether tracks are sorted by path, and not in the order in which they are passed.
    """

    def __init__(self, *, sort_by_path: bool = False) -> None:
        self._is_sorted = sort_by_path
        self._rows: list[tuple[str, Summary | None]] = []

    def write(self, row: ResultRow) -> None:
        """Add a track."""
        self._rows.append((os.path.abspath(row.path), row.summary))

    def finish(self) -> Written:
        """Write the export."""
        if self._is_sorted:
            self._rows.sort(key=itemgetter(0))
        return self._write_collected(self._rows)

    @abstractmethod
    def _write_collected(self, rows: Sequence[tuple[str, Summary | None]]) -> Written:
        """Write the absolute paths and the summaries of all tracks."""


def write_all(sink: ResultSink, rows: Iterable[ResultRow]) -> Written:
    """Open a sink, write rows to it and finish it; after an exception, as of a cancelled `rows`, it is abandoned."""
    sink.open()
    try:
        for row in rows:
            sink.write(row)
        return sink.finish()
    except BaseException:
        sink.abandon()
        raise
