"""Exports of the list, written on a worker."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from genre_desktop.library.result import TrackResult

if TYPE_CHECKING:
    from genre_desktop.gui.workers.worker import TaskContext
    from genre_desktop.library.export.result_sink import ResultSink
    from genre_desktop.library.result import Summary
    from genre_desktop.library.store.result_store import ResultStore
    from genre_desktop.model.bundles.bundle import ModelBundle

_T = TypeVar("_T")
Row = tuple[str, "Summary | None"]

_AT_ONCE = 100
_TELLINGS = 200
"""Of the progress: more would only queue up."""


class Format(Enum):
    """What is written."""

    TABLE = "table"
    JSON = "json"
    PLAYLISTS = "playlists"
    REPORT = "report"
    CLIPBOARD = "clipboard"


@dataclass(frozen=True, eq=False)
class ExportRequest:
    """Write tracks somewhere.

    Attributes
    ----------
    format : Format
    target : Path or None
        A file; a folder for playlists; None for the clipboard.
    rows : tuple of (str, Summary or None)
        In the order to write them in.
    bundle : ModelBundle
        Whose answers they are.
    store : ResultStore or None
        Has what summaries do not; for JSON.
    with_undecided : bool
        Playlists of what is unsure and no music too.
    """

    format: Format
    target: Path | None
    rows: tuple[Row, ...]
    bundle: ModelBundle
    store: ResultStore | None = None
    with_undecided: bool = False


@dataclass(frozen=True)
class Exported:
    """What became of an export.

    Attributes
    ----------
    format : Format
    target : Path or None
    n_tracks, n_left_out : int
        Written, and those of which there was nothing to write.
    n_files : int
    n_stale : int
        Playlists of an earlier export for genres that no track has now.
    text : str
        For the clipboard.
    """

    format: Format
    target: Path | None
    n_tracks: int
    n_left_out: int
    n_files: int = 1
    n_stale: int = 0
    text: str = ""


class _Cancelled(Exception):
    """Leads out of a writer; what was there before stays."""


def export(request: ExportRequest, report: TaskContext) -> Exported:
    """Work of the exporting worker: gives its progress, then an `Exported`."""
    rows = _watched(request.rows, report)
    n = len(request.rows)
    if request.format is Format.CLIPBOARD or request.target is None:
        from genre_desktop.library.export.clipboard import clipboard_text

        return Exported(request.format, None, n, 0, text=clipboard_text(rows, request.bundle.name))
    from genre_desktop.library.export.result_sink import ResultRow, write_all

    if request.format is Format.JSON:
        results = full_results(rows, request.bundle, request.store)
        written = write_all(_new_sink(request, request.target), (ResultRow.of(result) for result in results))
    else:
        written = write_all(_new_sink(request, request.target), (ResultRow(*row) for row in rows))
    return Exported(
        request.format, request.target, written.n_tracks, n - written.n_tracks, written.n_files, written.n_stale
    )


def _new_sink(request: ExportRequest, target: Path) -> ResultSink:
    # Imported here and not above: most starts of the window never export.
    from genre_desktop.library.export.csv_table import CsvTableSink
    from genre_desktop.library.export.html_report import HtmlReportSink
    from genre_desktop.library.export.json_lines import JsonLinesSink
    from genre_desktop.library.export.playlists import PlaylistsSink

    match request.format:
        case Format.TABLE:
            return CsvTableSink(target, request.bundle.name)
        case Format.JSON:
            return JsonLinesSink(target)
        case Format.PLAYLISTS:
            return PlaylistsSink(target, with_undecided=request.with_undecided)
        case _:
            return HtmlReportSink(target, request.bundle, date=time.strftime("%Y-%m-%d"))


def full_results(rows: Iterable[Row], bundle: ModelBundle, store: ResultStore | None) -> Iterator[TrackResult]:
    """Results with segments, from the store; errors of which it keeps nothing too.

    Tracks that wait are left out.
    """
    iterator = iter(rows)
    while some := list(islice(iterator, _AT_ONCE)):
        stored = {} if store is None else {str(r.path): r for r in store.results([path for path, _ in some], bundle)}
        for path, summary in some:
            result = stored.get(str(Path(path)))
            if result is not None and summary is not None:
                # What a person said may not have reached the store yet.
                yield replace(result, facts=summary.facts or result.facts, by_hand=summary.by_hand)
            elif summary is not None and summary.error is not None:
                # Such as a file that was not there: it may be tomorrow.
                yield TrackResult(Path(path), None, summary.error, bundle.name, summary.facts, summary.by_hand)


def _watched(rows: Sequence[_T], report: TaskContext) -> Iterator[_T]:
    told = max(len(rows) // _TELLINGS, 1)
    for number, row in enumerate(rows):
        if number % _AT_ONCE == 0 and report.is_cancelled():
            raise _Cancelled
        if number % told == 0:
            report.progress(number / len(rows))
        yield row
    if report.is_cancelled():
        raise _Cancelled
    report.progress(1.0)
