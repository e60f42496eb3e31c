"""Results as a table for spreadsheets (CSV)."""

from __future__ import annotations

import csv
import io
import os
import stat
from contextlib import suppress
from typing import Final

from genre_desktop.core.errors import StorageError, TableTargetError
from genre_desktop.core.i18n import english, tr
from genre_desktop.core.untrusted.spreadsheet import safe_cell
from genre_desktop.library.analysis.statistics import genre_of
from genre_desktop.library.export.file_sink import FileSink
from genre_desktop.library.export.result_sink import ResultRow, ResultSink, Written
from genre_desktop.library.files.atomic_write import HEAD_BYTES
from genre_desktop.library.result import Summary
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
    "warnings",
    "styles",
)
"""New columns are added at the end, as scripts may count them."""

_OLDER_COLUMNS: Final = (COLUMNS[:10], COLUMNS[:15], COLUMNS[:16])
"""The columns of earlier versions, whose tables may be replaced as well."""


class CsvTableSink(FileSink):
    """A CSV file; see `FileSink`.

    Parameters
    ----------
    path : path-like
    model : str
        Name of the model.
    """

    def __init__(self, path: str | os.PathLike[str], model: str) -> None:
        super().__init__(path, _is_table)
        self._model = model

    def open(self) -> None:
        """See `ResultSink.open`."""
        super().open()
        self._append(_encoded(COLUMNS, "utf-8-sig"))

    def write(self, row: ResultRow) -> None:
        """Append a row; a track that is not classified yet is left out."""
        if row.summary is not None and _has_answer(row.summary):
            self._append(_encoded(summary_row(row.path, row.summary, self._model), "utf-8"))
            self._n_tracks += 1


class GrowingCsvTableSink(ResultSink):
    r"""A CSV file that grows row by row: the rows so far are kept if the program is killed.

    UTF-8 with a byte order mark, without which Excel assumes the system's old code page.
    Path bytes that are no valid UTF-8 are written as ``\udcXX``. A text that a spreadsheet
    would run as a formula is preceded by a quote mark, see `safe_cell`: names of files may
    come from strangers.

    Parameters
    ----------
    path : path-like
        An existing table is kept until the first row, or until `finish` without one.

    Attributes
    ----------
    path : str
    n_rows : int

    Raises
    ------
    TableTargetError
        From `open`, if the path is that of a sound file, or of a file that is no older table.
    StorageError
        If the file cannot be opened or written, as on a full disk.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = os.fspath(path)
        self.n_rows = 0
        self._file: io.FileIO | None = None
        self._is_new = False

    def open(self) -> None:
        """See `ResultSink.open`."""
        try:
            self._require_replaceable()
            self._is_new = not os.path.lexists(self.path)
            self._file = io.FileIO(self.path, "ab")  # closed by `finish` and `abandon`
        except OSError as error:
            raise self._storage_error(error) from error

    def write(self, row: ResultRow) -> None:
        """Append the row of a result."""
        assert row.summary is not None and row.result is not None
        if not self.n_rows:
            self._start()
        self._append(summary_row(row.path, row.summary, row.result.model))
        self.n_rows += 1

    def finish(self) -> Written:
        """Close the file, which has the heading at least."""
        try:
            if not self.n_rows:
                self._start()
        finally:
            self._close()
        return Written(self.n_rows)

    def abandon(self) -> None:
        """Close the file; the rows written so far are kept."""
        self._close()

    def _close(self) -> None:
        file, self._file = self._file, None
        if file is None:
            return
        try:
            is_empty = os.fstat(file.fileno()).st_size == 0
            file.close()
            if self._is_new and is_empty:  # there was no room, or no time, for a row
                os.unlink(self.path)
        except OSError as error:
            raise self._storage_error(error) from error

    def _require_replaceable(self) -> None:
        # With a forgotten file name, `--csv *.ogg` is expanded by the shell: the first song would be overwritten.
        if os.path.splitext(self.path)[1].lower() in AUDIO_ENDINGS:
            raise TableTargetError(path=self.path, reason=tr("its ending is that of a sound file"))
        if not os.path.isfile(self.path):  # no file, or a pipe or device, in which nothing is lost
            return
        with open(self.path, "rb") as file:
            head = file.read(HEAD_BYTES)
            if head and not _is_table(head):
                raise TableTargetError(path=self.path, reason=tr("it holds something else, which would be lost"))

    def _start(self) -> None:
        assert self._file is not None
        try:
            if stat.S_ISREG(os.fstat(self._file.fileno()).st_mode):  # not a pipe, /dev/stdout or /dev/null
                self._file.truncate(0)
        except OSError as error:
            raise self._storage_error(error) from error
        self._append(COLUMNS, encoding="utf-8-sig")

    def _append(self, cells: tuple[str, ...], encoding: str = "utf-8") -> None:
        assert self._file is not None
        # Unbuffered, so that the rows are kept if the program is killed.
        row, n_written = memoryview(_encoded(cells, encoding)), 0
        try:
            while n_written < len(row):
                n_written += self._file.write(row[n_written:]) or 0
        except OSError as error:
            self._remove_end(n_written)
            raise self._storage_error(error) from error

    def _remove_end(self, n_bytes: int) -> None:
        """Remove the part of a row for which there was room on a full disk."""
        assert self._file is not None
        with suppress(OSError):  # /dev/stdout may be a pipe
            if n_bytes and self._file.seekable():
                self._file.truncate(self._file.seek(0, io.SEEK_END) - n_bytes)

    def _storage_error(self, error: OSError) -> StorageError:
        return StorageError(path=self.path, reason=error.strerror or str(error))


def summary_row(path: str, summary: Summary, model: str) -> tuple[str, ...]:
    """Cells of a summary in the order of `COLUMNS`.

    ``genre`` is the one set by hand where there is one; ``confidence`` is empty then, since
    the model's belongs to another genre. ``second`` is the most probable genre other than
    ``genre``. ``status`` is that of the model's answer: ``ok``, ``error``, or empty where
    there is none yet. ``by_hand`` is ``yes`` or empty. ``warnings`` has the code and the sentence
    of each, or is empty. ``styles`` are separated by semicolons.
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
        safe_cell(" ".join(f"{each.code}: {english(each.message)}" for each in summary.warnings)),
        safe_cell("; ".join(summary.styles)),
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
