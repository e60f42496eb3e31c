"""Results as a file of JSON lines."""

from __future__ import annotations

import os
from contextlib import ExitStack
from typing import IO

from genre_desktop.library.export.json_record import dump_record, to_record
from genre_desktop.library.export.result_sink import ResultRow, ResultSink, Written
from genre_desktop.library.files.atomic_write import atomic_write, require_replaceable


class JsonLinesSink(ResultSink):
    """A file of JSON lines, as the command line prints them, written whole or not at all.

    Parameters
    ----------
    path : path-like
    with_segments : bool
        Whether the objects have the list of segments, which is empty otherwise.

    Raises
    ------
    ExportTargetError
        From `open`, if the path is that of a sound file, or of an existing file of another kind.
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
        self._file = self._writing.enter_context(atomic_write(self._path))

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
        """Keep the file that was there before."""
        self._writing.__exit__(GeneratorExit, GeneratorExit(), None)
