"""Results as a file of JSON objects, one a line."""

from __future__ import annotations

import os
from contextlib import ExitStack
from typing import IO

from genre_desktop.library.export.json_record import dump_record, to_record
from genre_desktop.library.export.result_sink import ResultRow, ResultSink, Written
from genre_desktop.library.files.atomic_write import replacing, require_replaceable


class JsonLinesSink(ResultSink):
    """A file of JSON lines, as the command line prints them; it appears whole or not at all.

    Parameters
    ----------
    path : path-like
    with_segments : bool
        False leaves the list of segments empty.

    Raises
    ------
    ExportTargetError
        From `open`, if the name is that of a sound file, or something else than such a file is there.
    StorageError
        If it cannot be written.
    """

    def __init__(self, path: str | os.PathLike[str], *, with_segments: bool = True) -> None:
        self._path = path
        self._with_segments = with_segments
        self._n_tracks = 0
        self._writing = ExitStack()
        self._file: IO[bytes]

    def open(self) -> None:
        """See `ResultSink.open`."""
        require_replaceable(self._path, lambda head: head.startswith(b'{"path": '))
        self._file = self._writing.enter_context(replacing(self._path))

    def write(self, row: ResultRow) -> None:
        """Append a track's object; a track without a result is left out."""
        if row.result is not None:
            record = to_record(row.result, with_segments=self._with_segments)
            self._file.write(dump_record(record).encode("ascii") + b"\n")
            self._n_tracks += 1

    def finish(self) -> Written:
        """See `ResultSink.finish`."""
        self._writing.close()
        return Written(self._n_tracks)

    def abandon(self) -> None:
        """Leave what was there before."""
        self._writing.__exit__(GeneratorExit, GeneratorExit(), None)
