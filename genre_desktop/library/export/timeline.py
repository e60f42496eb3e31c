"""The genre of a track over time, as a table, as JSON and as a label track for audio editors."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Literal, get_args

from genre_desktop.core.errors import ExportTargetError, StorageError
from genre_desktop.core.i18n import tr
from genre_desktop.core.untrusted.printable import on_one_line
from genre_desktop.core.untrusted.spreadsheet import safe_cell
from genre_desktop.library.export.json_record import dump_record, to_record
from genre_desktop.library.export.result_sink import ResultRow, ResultSink, Written
from genre_desktop.library.files.atomic_write import replacing, require_folder, require_replaceable
from genre_desktop.library.result import TrackResult
from genre_desktop.model.prediction import NOT_MUSIC, Prediction
from genre_desktop.model.timeline import Span, join_spans, timeline_spans

TimelineFormat = Literal["labels", "csv", "json"]
FORMATS: tuple[TimelineFormat, ...] = get_args(TimelineFormat)

ENDINGS: Final[dict[TimelineFormat, str]] = {"labels": ".txt", "csv": ".csv", "json": ".json"}

COLUMNS: Final = ("start_s", "end_s", "genre", "confidence")
_HEADING: Final = (",".join(COLUMNS) + "\r\n").encode()


def timeline_content(result: TrackResult, form: TimelineFormat) -> bytes:
    """What a file of a track's timeline holds.

    Parameters
    ----------
    result : TrackResult
        With a prediction.
    form : {"labels", "csv", "json"}
        ``"labels"``: a label track as Audacity imports it (start and end in seconds and a text, parted by tabs), one
        label for each stretch of one genre. ``"csv"``: a row for each segment that was scored; segments
        may overlap. ``"json"``: the object that the command line prints, with all segments. In the first
        two, what is no music is one stretch from beginning to end.

    Raises
    ------
    ValueError
        For a result without a prediction.
    """
    prediction = result.prediction
    if prediction is None:
        raise ValueError("a track without an answer has no timeline")
    if form == "json":
        return dump_record(to_record(result)).encode("ascii") + b"\n"
    if form == "csv":
        table = io.StringIO()
        writer = csv.writer(table)
        writer.writerow(COLUMNS)
        for row in _rows(prediction):
            figure = "" if row.genre == NOT_MUSIC else f"{row.confidence:.4f}"
            writer.writerow((f"{row.start_s:.3f}", f"{row.end_s:.3f}", safe_cell(row.genre), figure))
        return table.getvalue().encode("utf-8", "backslashreplace")
    lines = [f"{span.start_s:.6f}\t{span.end_s:.6f}\t{_text(span)}\n" for span in _stretches(prediction)]
    return "".join(lines).encode("utf-8", "backslashreplace")


def write_timeline(target: str | os.PathLike[str], result: TrackResult, form: TimelineFormat) -> None:
    """Write a track's timeline; what was there stays until it is whole.

    Raises
    ------
    ExportTargetError
        If something is there that is no such file, or, as label tracks are made to be edited, any other one.
    StorageError
        If it cannot be written.
    """
    content = timeline_content(result, form)
    if form == "labels":
        if _holds(target, content):
            return
        require_replaceable(target, lambda _head: False)
    elif form == "csv":
        require_replaceable(target, lambda head: head.startswith(_HEADING))
    else:
        require_replaceable(target, lambda head: head.startswith(b'{"path": '))
    with replacing(target) as file:
        file.write(content)


class TimelinesSink(ResultSink):
    """A folder with a file for each track, at the place that the track has below what was looked through.

    Parameters
    ----------
    folder : path-like
        Made, with those above it.
    form : {"labels", "csv", "json"}
    searched : sequence of Path
        Folders and files that were asked for.

    Attributes
    ----------
    n_files : int
        Written so far.
    """

    def __init__(self, folder: str | os.PathLike[str], form: TimelineFormat, searched: Sequence[Path]) -> None:
        self.folder = Path(folder)
        self.n_files = 0
        self._form = form
        self._searched = sorted((os.path.abspath(path) for path in searched if path.is_dir()), key=len, reverse=True)
        self._taken: dict[Path, str] = {}

    def open(self) -> None:
        """Make the folder, and refuse one in which nothing can be written."""
        require_folder(self.folder)

    def write(self, row: ResultRow) -> None:
        """Write the timeline of a track that has one.

        Raises
        ------
        ExportTargetError
            If something else is there, or two tracks of the run have the same place.
        StorageError
        """
        result = row.result
        if result is None or result.prediction is None:
            return
        path = os.path.abspath(result.path)
        target = self.folder / (self._place(path) + ENDINGS[self._form])
        first = self._taken.setdefault(target, path)
        if first != path:
            reason = tr("it is that of {first}, and {path} would have the same place", first=first, path=path)
            raise ExportTargetError(path=target, reason=reason)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(path=target.parent, reason=error.strerror or str(error)) from error
        write_timeline(target, result, self._form)
        self.n_files += 1

    def finish(self) -> Written:
        """See `ResultSink.finish`."""
        return Written(self.n_files, self.n_files)

    def _place(self, path: str) -> str:
        for folder in self._searched:
            if path.startswith(folder.rstrip(os.sep) + os.sep):
                return os.path.relpath(path, folder)
        return os.path.basename(path)


def _rows(prediction: Prediction) -> Sequence[Span]:
    if prediction.genre == NOT_MUSIC:
        return _stretches(prediction)
    return [Span(s.start_s, s.end_s, s.genre, s.confidence) for s in prediction.segments]


def _stretches(prediction: Prediction) -> Sequence[Span]:
    if prediction.genre == NOT_MUSIC:
        return [Span(0.0, prediction.duration_s, NOT_MUSIC, 0.0)]
    return join_spans(timeline_spans(prediction.segments, prediction.duration_s))


def _text(span: Span) -> str:
    # Its name may come from a stranger's model; a tab or a line break in it would be another label.
    genre = on_one_line(span.genre)
    return genre if span.genre == NOT_MUSIC else f"{genre} {span.confidence:.0%}"


def _holds(target: str | os.PathLike[str], content: bytes) -> bool:
    try:
        return os.path.getsize(target) == len(content) and Path(target).read_bytes() == content
    except (OSError, ValueError):
        return False
