"""Results as a table that spreadsheets open, as JSON lines, and as text for the clipboard."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable
from types import TracebackType
from typing import Final

from genre_desktop.core.errors import StorageError, TableTargetError
from genre_desktop.core.i18n import english, tr
from genre_desktop.core.untrusted.printable import on_one_line
from genre_desktop.core.untrusted.spreadsheet import safe_cell
from genre_desktop.library.analysis.statistics import genre_of
from genre_desktop.library.export.json_record import dump_record, to_record
from genre_desktop.library.files.atomic_write import HEAD_BYTES, replacing, require_replaceable
from genre_desktop.library.result import Summary, TrackResult, summarise
from genre_desktop.library.scan.scan import AUDIO_ENDINGS

COLUMNS: Final = (
    "path",
    "status",
    "genre",
    "confidence",
    "second",
    "second_confidence",
    "duration_s",
    "model",
    "error_code",
    "error",
    "title",
    "artist",
    "album",
    "tagged_genre",
    "by_hand",
)
"""New ones come at the end: scripts may count."""

_OLDER_COLUMNS: Final = (COLUMNS[:10],)
"""Of earlier versions, whose tables may be replaced too."""

CLIPBOARD_COLUMNS: Final = (
    "path",
    "title",
    "artist",
    "album",
    "genre",
    "confidence",
    "second",
    "second_confidence",
    "tagged_genre",
    "by_hand",
    "duration_s",
)


class CsvExport:
    r"""A CSV file of results, one row a track, written as they come; a context manager.

    UTF-8 with a byte order mark, without which Excel takes it for the system's old code
    page. Path bytes that are no valid UTF-8 are written as ``\udcXX``. What a spreadsheet
    would run as a formula gets a quote mark before it, see `safe_cell`: names of files
    come from strangers.

    Parameters
    ----------
    path : path-like
        Opened at once, so that a mistake shows before hours of work; what it held stays
        until the first row comes, or the end without one.

    Raises
    ------
    TableTargetError
        If the name is that of a sound file, or the file holds anything but an older table.
    StorageError
        If the file cannot be opened, and from `write` and the end where it cannot be
        written, as on a full disk.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = os.fspath(path)
        self.n_rows = 0
        try:
            self._require_expendable()
            self._file = open(self.path, "ab")  # noqa: SIM115 - closed by __exit__
        except OSError as error:
            raise self._storage_error(error) from error

    def __enter__(self) -> CsvExport:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            if kind is None and not self.n_rows:
                self._start()
        finally:
            try:
                self._file.close()
            except OSError as failure:
                raise self._storage_error(failure) from failure

    def write(self, result: TrackResult) -> None:
        """Append the row of a result."""
        self.write_summary(str(result.path), summarise(result), result.model)

    def write_summary(self, path: str, summary: Summary, model: str) -> None:
        """Append the row of a summary of a model's answer, which has all that a table tells."""
        if not self.n_rows:
            self._start()
        self._append(summary_row(path, summary, model))
        self.n_rows += 1

    def _require_expendable(self) -> None:
        # A shell makes `--csv *.ogg` of a forgotten name: the first song would be the table.
        if os.path.splitext(self.path)[1].lower() in AUDIO_ENDINGS:
            raise TableTargetError(path=self.path, reason=tr("its ending is that of a sound file"))
        if not os.path.isfile(self.path):  # nothing there, or a pipe or device that loses nothing
            return
        with open(self.path, "rb") as file:
            head = file.read(HEAD_BYTES)
            if head and not _is_table(head):
                raise TableTargetError(path=self.path, reason=tr("it holds something else, which would be lost"))

    def _start(self) -> None:
        try:
            if self._file.seekable():  # /dev/stdout may be a pipe
                self._file.truncate(0)
        except OSError as error:
            raise self._storage_error(error) from error
        self._append(COLUMNS, encoding="utf-8-sig")

    def _append(self, cells: tuple[str, ...], encoding: str = "utf-8") -> None:
        try:
            self._file.write(_encoded(cells, encoding))
            self._file.flush()  # what is done is kept if the program is killed
        except OSError as error:
            raise self._storage_error(error) from error

    def _storage_error(self, error: OSError) -> StorageError:
        return StorageError(path=self.path, reason=error.strerror or str(error))


def write_csv(path: str | os.PathLike[str], rows: Iterable[tuple[str, Summary | None]], model: str) -> int:
    """Write a table at once; what was there stays until it is whole.

    Parameters
    ----------
    path : path-like
    rows : iterable of (str, Summary or None)
        Paths and summaries; those that are waiting are left out. An exception from it, as
        to cancel, leaves everything as it was.
    model : str
        Name of the model whose answers they are.

    Returns
    -------
    int
        Number of rows.

    Raises
    ------
    ExportTargetError
        If the name is that of a sound file, or something else than an older table is there.
    StorageError
        If it cannot be written.
    """
    require_replaceable(path, _is_table)
    n_rows = 0
    with replacing(path) as file:
        file.write(_encoded(COLUMNS, "utf-8-sig"))
        for name, summary in rows:
            if summary is not None and _has_answer(summary):
                file.write(_encoded(summary_row(name, summary, model), "utf-8"))
                n_rows += 1
    return n_rows


def write_json(path: str | os.PathLike[str], results: Iterable[TrackResult], *, with_segments: bool = True) -> int:
    """Write results as one JSON object a line, as the command line prints them; otherwise as `write_csv`.

    Parameters
    ----------
    path : path-like
    results : iterable of TrackResult
    with_segments : bool
        False leaves the list of segments empty.
    """
    require_replaceable(path, lambda head: head.startswith(b'{"path": '))
    n_lines = 0
    with replacing(path) as file:
        for result in results:
            file.write(dump_record(to_record(result, with_segments=with_segments)).encode("ascii") + b"\n")
            n_lines += 1
    return n_lines


def clipboard_text(rows: Iterable[tuple[str, Summary | None]], model: str = "") -> str:
    """Tab-separated lines, a heading first, that a spreadsheet takes apart when pasted.

    Cells that would run as formulas are disarmed as in a table; tabs and line breaks
    become spaces. Tracks that wait have their path and tags alone.
    """
    lines = ["\t".join(CLIPBOARD_COLUMNS)]
    for path, summary in rows:
        cells = dict(zip(COLUMNS, summary_row(path, summary or Summary(), model), strict=True))
        lines.append("\t".join(on_one_line(cells[column]) for column in CLIPBOARD_COLUMNS))
    return "\n".join(lines).encode("utf-8", "backslashreplace").decode("utf-8") + "\n"


def summary_row(path: str, summary: Summary, model: str) -> tuple[str, ...]:
    """Cells of a summary in the order of `COLUMNS`.

    ``genre`` is the one given by hand where there is one; ``confidence`` is empty then, since
    the model's is not in that genre. ``second`` is the most probable one beside that in
    ``genre``. ``status`` is that of the model's answer: ``ok``, ``error``, or empty
    where there is none yet. ``by_hand`` is ``yes`` or empty.
    """
    genre = genre_of(summary) or ""
    likely = [(summary.best, summary.confidence), (summary.second, summary.second_confidence)]
    second, second_confidence = next(((name, share) for name, share in likely if name and name != genre), ("", None))
    error, facts = summary.error, summary.facts
    status = "error" if error is not None else "ok" if summary.genre is not None else ""
    return (
        safe_cell(path),
        status,
        safe_cell(genre),
        _share(summary.confidence if summary.by_hand is None else None),
        safe_cell(second),
        _share(second_confidence),
        "" if summary.duration_s is None else f"{summary.duration_s:.3f}",
        safe_cell(model),
        "" if error is None else error.code,
        "" if error is None else safe_cell(english(error.message)),
        "" if facts is None else safe_cell(facts.title),
        "" if facts is None else safe_cell(facts.artist),
        "" if facts is None else safe_cell(facts.album),
        "" if facts is None else safe_cell("; ".join(facts.tagged_genres)),
        "" if summary.by_hand is None else "yes",
    )


def _has_answer(summary: Summary) -> bool:
    return summary.error is not None or genre_of(summary) is not None


def _is_table(head: bytes) -> bool:
    return head.startswith(tuple(_encoded(columns, "utf-8-sig") for columns in (COLUMNS, *_OLDER_COLUMNS)))


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"


def _encoded(cells: tuple[str, ...], encoding: str) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue().encode(encoding, "backslashreplace")
