"""The base class of exports to one file that is written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import ExitStack
from typing import IO

from genre_desktop.core.errors import StorageError
from genre_desktop.library.export.result_sink import ResultSink, Written
from genre_desktop.library.files.atomic_write import atomic_write, require_replaceable


class FileSink(ResultSink):
    """An export to one file; an existing file is kept until the new one is complete.

    Parameters
    ----------
    path : path-like
    is_ours : callable
        As for `require_replaceable`.

    Raises
    ------
    ExportTargetError
        From `open`, if the path is that of a sound file, or of an existing file of another kind.
    StorageError
        If it cannot be written.
    """

    def __init__(self, path: str | os.PathLike[str], is_ours: Callable[[bytes], bool]) -> None:
        self._path = path
        self._is_ours = is_ours
        self._n_tracks = 0
        self._writing = ExitStack()
        self._file: IO[bytes]

    def open(self) -> None:
        """See `ResultSink.open`."""
        require_replaceable(self._path, self._is_ours)
        self._file = self._writing.enter_context(atomic_write(self._path))

    def finish(self) -> Written:
        """See `ResultSink.finish`."""
        self._writing.close()
        return Written(self._n_tracks)

    def abandon(self) -> None:
        """Keep the file that was there before."""
        self._writing.__exit__(GeneratorExit, GeneratorExit(), None)

    def _append(self, content: bytes) -> None:
        try:
            self._file.write(content)
        except OSError as error:
            raise StorageError(path=os.fspath(self._path), reason=error.strerror or str(error)) from error
