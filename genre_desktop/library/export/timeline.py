"""Export of timelines: the genre of a track over time as a table, as JSON or as a label track for audio editors."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Sequence
from itertools import repeat
from pathlib import Path
from typing import Final, Literal, get_args

from genre_desktop.core.errors import AudioError, ExportTargetError, StorageError
from genre_desktop.core.i18n import english, tr
from genre_desktop.core.untrusted.printable import on_one_line
from genre_desktop.core.untrusted.short_names import short_name
from genre_desktop.core.untrusted.spreadsheet import safe_cell
from genre_desktop.library.export.json_record import dump_record, to_record
from genre_desktop.library.export.result_sink import ResultRow, ResultSink, Written
from genre_desktop.library.files.atomic_write import atomic_write, require_folder, require_replaceable
from genre_desktop.library.result import TrackResult
from genre_desktop.model.prediction import NOT_MUSIC, Prediction
from genre_desktop.model.timeline import Span, join_spans, timeline_spans

TimelineFormat = Literal["labels", "csv", "json"]
FORMATS: tuple[TimelineFormat, ...] = get_args(TimelineFormat)

ENDINGS: Final[dict[TimelineFormat, str]] = {"labels": ".txt", "csv": ".csv", "json": ".json"}

COLUMNS: Final = ("start_s", "end_s", "genre", "confidence", "warnings")
_HEADINGS: Final = tuple((",".join(columns) + "\r\n").encode() for columns in (COLUMNS, COLUMNS[:4]))
"""The first line of a table, now and in earlier versions."""


def timeline_content(result: TrackResult, form: TimelineFormat) -> bytes:
    """The content of the file for a track's timeline.

    Parameters
    ----------
    result : TrackResult
        With a prediction.
    form : {"labels", "csv", "json"}
        ``"labels"``: a label track for Audacity (start and end in seconds and a text, separated by tabs), with a
        label for each span of one genre, and one for each warning, of damage where the sound ends. ``"csv"``: a row
        for each segment that was scored; segments may overlap; the first row has the warnings. ``"json"``: the object
        that the command line prints, with all segments. In the first two, a track that is no music has one span from
        beginning to end.

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
        told = safe_cell(" ".join(map(_told, prediction.warnings)))
        for row in _rows(prediction):
            figure = "" if row.genre == NOT_MUSIC else f"{row.confidence:.4f}"
            writer.writerow((f"{row.start_s:.3f}", f"{row.end_s:.3f}", safe_cell(row.genre), figure, told))
            told = ""
        return table.getvalue().encode("utf-8", "backslashreplace")
    lines = [f"{span.start_s:.6f}\t{span.end_s:.6f}\t{_text(span)}\n" for span in _spans(prediction)]
    lines += map(_warning_label, prediction.warnings, repeat(prediction.duration_s))
    return "".join(lines).encode("utf-8", "backslashreplace")


def write_timeline(target: str | os.PathLike[str], result: TrackResult, form: TimelineFormat) -> None:
    """Write a track's timeline; an existing file is kept until the new one is complete.

    Raises
    ------
    ExportTargetError
        If an existing file is of another kind, or is a label track with other content, as people edit those.
    StorageError
        If it cannot be written.
    """
    content = timeline_content(result, form)
    if form == "labels":
        if _has_content(target, content):
            return
        require_replaceable(target, lambda _head: False)
    elif form == "csv":
        require_replaceable(target, lambda head: head.startswith(_HEADINGS))
    else:
        require_replaceable(target, lambda head: head.startswith(b'{"path": '))
    with atomic_write(target) as file:
        file.write(content)


class TimelinesSink(ResultSink):
    """A folder with a file for each track, in sub-folders as those of the tracks.

    A file has the name of the track and an ending more; where that is too long for a file system it is cut, see
    `short_name`.

    Parameters
    ----------
    folder : path-like
        Created with its parents unless it exists.
    form : {"labels", "csv", "json"}
    searched : sequence of Path
        Folders and files that were classified; paths in `folder` are relative to them.

    Attributes
    ----------
    n_files : int
        Files written so far.
    """

    def __init__(self, folder: str | os.PathLike[str], form: TimelineFormat, searched: Sequence[Path]) -> None:
        self.folder = Path(folder)
        self.n_files = 0
        self._form = form
        self._searched = sorted(
            (os.path.abspath(path) for path in searched if os.path.isdir(path)), key=len, reverse=True
        )
        self._taken: dict[Path, str] = {}

    def open(self) -> None:
        """Create the folder unless it exists, and refuse one in which nothing can be written."""
        require_folder(self.folder)

    def write(self, row: ResultRow) -> None:
        """Write the timeline of a track, if it has a prediction.

        Raises
        ------
        ExportTargetError
            If another file exists there, or two tracks would have the same file.
        StorageError
        """
        result = row.result
        if result is None or result.prediction is None:
            return
        path = os.path.abspath(result.path)
        folder, name = os.path.split(self._relative_path(path))
        target = self.folder / folder / short_name(name, ENDINGS[self._form])
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

    def _relative_path(self, path: str) -> str:
        for folder in self._searched:
            if path.startswith(folder.rstrip(os.sep) + os.sep):
                return os.path.relpath(path, folder)
        return os.path.basename(path)


def _rows(prediction: Prediction) -> Sequence[Span]:
    if prediction.genre == NOT_MUSIC:
        return _spans(prediction)
    return [Span(s.start_s, s.end_s, s.genre, s.confidence) for s in prediction.segments]


def _spans(prediction: Prediction) -> Sequence[Span]:
    if prediction.genre == NOT_MUSIC:
        return [Span(0.0, prediction.duration_s, NOT_MUSIC, 0.0)]
    return join_spans(timeline_spans(prediction.segments, prediction.duration_s))


def _text(span: Span) -> str:
    # The name may come from a stranger's model; a tab or a line break in it would make another label.
    genre = on_one_line(span.genre)
    return genre if span.genre == NOT_MUSIC else f"{genre} {span.confidence:.0%}"


def _told(warning: AudioError) -> str:
    return f"{warning.code}: {english(warning.message)}"


def _warning_label(warning: AudioError, duration_s: float) -> str:
    at_s = duration_s if warning.loses_sound else 0.0
    return f"{at_s:.6f}\t{at_s:.6f}\t{on_one_line(_told(warning))}\n"


def _has_content(target: str | os.PathLike[str], content: bytes) -> bool:
    try:
        return os.path.getsize(target) == len(content) and Path(target).read_bytes() == content
    except (OSError, ValueError):
        return False
