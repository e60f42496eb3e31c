"""Forms in which results leave the program, all with the same steps: open, write each, finish.

A new form is a class derived from `ResultSink` in this folder. The command line (`genre_desktop.commands.classify`)
and the window (`genre_desktop.gui.export.export_task`) drive it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass

from genre_desktop.library.result import Summary, TrackResult, summarise


@dataclass(frozen=True, eq=False)
class ResultRow:
    """A track as a sink takes it.

    Attributes
    ----------
    path : str
    summary : Summary or None
        None where nothing is known of the track yet.
    result : TrackResult or None
        The result in full, where it is at hand.
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
        Tracks in it; all others that came had nothing to write.
    n_files : int
    n_stale : int
        Files of an earlier export in the same folder that this one has not replaced.
    """

    n_tracks: int = 0
    n_files: int = 1
    n_stale: int = 0


class ResultSink(ABC):
    """One form in which results leave the program.

    `open` comes first, `write` once for each track, then `finish`, or `abandon` after an exception. All of them may
    raise `GenreDesktopError`; `abandon` may also come after `finish`, and then does nothing.
    """

    def open(self) -> None:  # noqa: B027 - not all have something to refuse
        """Refuse a target that cannot be written, before hours of work."""

    @abstractmethod
    def write(self, row: ResultRow) -> None:
        """Take a track."""

    @abstractmethod
    def finish(self) -> Written:
        """Complete what is written."""

    def abandon(self) -> None:  # noqa: B027 - not all have something to undo
        """Give up; a file that was there before `open` stays as it was, unless the sink says otherwise."""


def write_all(sink: ResultSink, rows: Iterable[ResultRow]) -> Written:
    """Write rows to a sink that is not open yet.

    An exception from `rows`, as to cancel, abandons the sink and goes on to the caller.
    """
    sink.open()
    try:
        for row in rows:
            sink.write(row)
        return sink.finish()
    except BaseException:
        sink.abandon()
        raise
