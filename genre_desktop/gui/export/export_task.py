"""Request to export tracks of the list, its answer, and the work function that writes the file."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from genre_desktop.library.result import TrackResult, summarise
from genre_desktop.model.prediction import Prediction

if TYPE_CHECKING:
    from genre_desktop.gui.workers.worker import TaskContext
    from genre_desktop.library.export.result_sink import ResultSink
    from genre_desktop.library.result import Summary
    from genre_desktop.library.store.result_store import ResultStore
    from genre_desktop.model.bundles.bundle import ModelBundle

_T = TypeVar("_T")
Row = tuple[str, "Summary | None"]

_CHUNK = 100
"""Tracks that are read from the store at once, and between two checks for a cancellation."""

_MAX_PROGRESS_SIGNALS = 200
"""More in one export would only queue up in the event loop."""


class Format(Enum):
    """Format of an export."""

    TABLE = "table"
    JSON = "json"
    PLAYLISTS = "playlists"
    REPORT = "report"
    CLIPBOARD = "clipboard"


@dataclass(frozen=True, eq=False)
class ExportRequest:
    """Request to export tracks.

    Attributes
    ----------
    format : Format
    target : Path or None
        A file; a folder for playlists; None for the clipboard.
    rows : tuple of (str, Summary or None)
        Paths and what is known of them, in the order of the export.
    bundle : ModelBundle
        The model whose results are exported.
    store : ResultStore or None
        Source of the segments, which summaries do not have; for JSON.
    with_undecided : bool
        Write playlists of "unsure" and "not music" too.
    """

    format: Format
    target: Path | None
    rows: tuple[Row, ...]
    bundle: ModelBundle
    store: ResultStore | None = None
    with_undecided: bool = False


@dataclass(frozen=True)
class Exported:
    """Answer to an export.

    Attributes
    ----------
    format : Format
    target : Path or None
    n_tracks, n_left_out : int
        Tracks that were written, and tracks without a result.
    n_files : int
    n_stale : int
        Playlists of an earlier export whose genre no track has any more.
    text : str
        Text for the clipboard.
    """

    format: Format
    target: Path | None
    n_tracks: int
    n_left_out: int
    n_files: int = 1
    n_stale: int = 0
    text: str = ""


class _Cancelled(Exception):
    """Raised inside a writer, which then keeps the file that was there before."""


def export(request: ExportRequest, context: TaskContext) -> Exported:
    """Write an export and report its progress; work function of a worker."""
    rows = _with_progress(request.rows, context)
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
    # Imported at the first export only: most starts of the window have none.
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
        case Format.REPORT:
            return HtmlReportSink(target, request.bundle, date=time.strftime("%Y-%m-%d"))
        case Format.CLIPBOARD:
            raise ValueError("the clipboard is no file")


def full_results(rows: Iterable[Row], bundle: ModelBundle, store: ResultStore | None) -> Iterator[TrackResult]:
    """Results of tracks as the table has them, with their segments from the store.

    Segments are missing where the store has another result, or none yet, as on a full disk. Tracks that are not
    classified yet, and have no genre by hand, are left out.
    """
    iterator = iter(rows)
    while chunk := list(islice(iterator, _CHUNK)):
        stored = {} if store is None else {str(r.path): r for r in store.results([path for path, _ in chunk], bundle)}
        for path, summary in chunk:
            result = stored.get(str(Path(path)))
            if summary is None or (summary.genre, summary.error, summary.by_hand) == (None, None, None):
                continue
            if result is not None and _is_same(summarise(result), summary):
                # A genre that the user has just set may not be in the store yet.
                yield replace(result, facts=summary.facts or result.facts, by_hand=summary.by_hand)
            else:
                yield _without_segments(path, summary, bundle)


def _is_same(stored: Summary, shown: Summary) -> bool:
    if stored.facts is not None and shown.facts is not None and stored.facts.identity != shown.facts.identity:
        return False
    answers = [(one.genre, one.confidence, one.is_complete, one.error is None) for one in (stored, shown)]
    return answers[0] == answers[1]


def _without_segments(path: str, summary: Summary, bundle: ModelBundle) -> TrackResult:
    prediction = None
    if summary.genre is not None:
        likely = {summary.best: summary.confidence, summary.second: summary.second_confidence}
        prediction = Prediction(
            genre=summary.genre,
            confidence=summary.confidence,
            probabilities={genre: p for genre, p in likely.items() if genre is not None and p is not None} or None,
            segments=(),
            duration_s=summary.duration_s or 0.0,
            model=bundle.name,
            is_complete=summary.is_complete,
            warnings=summary.warnings,
        )
    return TrackResult(Path(path), prediction, summary.error, bundle.name, summary.facts, summary.by_hand)


def _with_progress(rows: Sequence[_T], context: TaskContext) -> Iterator[_T]:
    """Yield rows, report the progress and raise `_Cancelled` after a cancellation."""
    step = max(len(rows) // _MAX_PROGRESS_SIGNALS, 1)
    for number, row in enumerate(rows):
        if number % _CHUNK == 0 and context.is_cancelled():
            raise _Cancelled
        if number % step == 0:
            context.progress(number / len(rows))
        yield row
    if context.is_cancelled():
        raise _Cancelled
    context.progress(1.0)
