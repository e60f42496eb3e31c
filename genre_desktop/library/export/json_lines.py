"""Results as a file of JSON lines."""

from __future__ import annotations

import os

from genre_desktop.library.export.file_sink import FileSink
from genre_desktop.library.export.json_record import dump_record, to_record
from genre_desktop.library.export.result_sink import ResultRow


class JsonLinesSink(FileSink):
    """A file of JSON lines, as the command line prints them; see `FileSink`.

    Parameters
    ----------
    path : path-like
    with_segments : bool
        Whether the objects have the list of segments, which is empty otherwise.
    """

    def __init__(self, path: str | os.PathLike[str], *, with_segments: bool = True) -> None:
        super().__init__(path, lambda head: head.startswith(b'{"path": '))
        self._with_segments = with_segments

    def write(self, row: ResultRow) -> None:
        """Append a track's object; a track without a result is left out."""
        if row.result is not None:
            record = to_record(row.result, with_segments=self._with_segments)
            self._append(dump_record(record).encode("ascii") + b"\n")
            self._n_tracks += 1
