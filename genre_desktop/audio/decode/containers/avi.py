"""AVI files: whether they were cut off.

See Microsoft, AVI RIFF File Reference. Behind 1 GiB, further parts follow that are named ``AVIX`` (OpenDML).
"""

from __future__ import annotations

from genre_desktop.audio.decode.containers.chunks import is_open_end, iter_chunks
from genre_desktop.audio.decode.containers.layout import Layout
from genre_desktop.audio.decode.source_file import SourceFile


def lay_out_avi(source: SourceFile, start: int, end: int) -> Layout:
    """The layout of an AVI file."""
    return Layout([(start, end)], ends_early=_ends_early(source, start, end))


def _ends_early(source: SourceFile, start: int, end: int) -> bool:
    """Whether the list of sound and pictures is longer by its header, and the part of the file that it stands in."""
    for part in iter_chunks(source, start, end, "little"):
        if part.name == b"RIFF" and part.end > end + 1 and not is_open_end(part.size):
            lists = iter_chunks(source, part.start + 4, end, "little")
            return any(
                one.end > end + 1 and not is_open_end(one.size) and source.peek_at(one.start, 4) == b"movi"
                for one in lists
                if one.name == b"LIST"
            )
    return False
