"""Results as a table that spreadsheets open."""

from __future__ import annotations

import csv
import io
import os
from types import TracebackType
from typing import Final

from genre_desktop.errors import StorageError, TableTargetError
from genre_desktop.i18n import tr
from genre_desktop.library.record import ranked
from genre_desktop.library.result import TrackResult
from genre_desktop.library.scan import AUDIO_ENDINGS

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
)

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


class CsvExport:
    r"""A CSV file of results, one row a track, written as they come; a context manager.

    UTF-8 with a byte order mark, without which Excel takes it for the system's old code
    page. Path bytes that are no valid UTF-8 are written as ``\udcXX``. A cell that a
    spreadsheet would run as a formula gets a leading quote mark: names of files come
    from strangers.

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
        if not self.n_rows:
            self._start()
        self._append(csv_row(result))
        self.n_rows += 1

    def _require_expendable(self) -> None:
        # A shell makes `--csv *.ogg` of a forgotten name: the first song would be the table.
        if os.path.splitext(self.path)[1].lower() in AUDIO_ENDINGS:
            raise TableTargetError(path=self.path, reason=tr("its ending is that of a sound file"))
        if not os.path.isfile(self.path):  # nothing there, or a pipe or device that loses nothing
            return
        header = _encoded(COLUMNS, "utf-8-sig")
        with open(self.path, "rb") as file:
            if file.read(len(header)) not in (b"", header):
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


def csv_row(result: TrackResult) -> tuple[str, ...]:
    """Cells of a result in the order of `COLUMNS`.

    ``second`` is the most probable genre beside the one in ``genre``.
    """
    prediction, error = result.prediction, result.error
    genre = confidence = second = second_confidence = duration = ""
    if prediction is not None:
        genre = prediction.genre
        confidence = "" if prediction.confidence is None else f"{prediction.confidence:.4f}"
        duration = f"{prediction.duration_s:.3f}"
        others = [item for item in ranked(prediction.probabilities or {}) if item[0] != genre]
        if others:
            second, second_confidence = others[0][0], f"{others[0][1]:.4f}"
    return (
        _safe(str(result.path)),
        "error" if prediction is None else "ok",
        _safe(genre),
        confidence,
        _safe(second),
        second_confidence,
        duration,
        _safe(result.model),
        "" if error is None else error.code,
        "" if error is None else _safe(error.message),
    )


def _encoded(cells: tuple[str, ...], encoding: str) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue().encode(encoding, "backslashreplace")


def _safe(cell: str) -> str:
    return "'" + cell if cell.startswith(_FORMULA_STARTS) else cell
