"""The streams of a file that follow one another, and the layout of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice, pairwise

from genre_desktop.audio.decode.containers import (
    aiff,
    asf,
    avi,
    concatenation,
    flac,
    matroska,
    mp4,
    ogg,
    plain_headers,
    riff,
    wavpack,
)
from genre_desktop.audio.decode.containers.layout import Layout, before_tags
from genre_desktop.audio.decode.containers.protection import protection
from genre_desktop.audio.decode.decoder import CannotSeekError
from genre_desktop.audio.decode.file_format import OGG, detect_format
from genre_desktop.audio.decode.source_file import SourceFile
from genre_desktop.core.i18n import tr

_MOST_STREAMS = 10_000
"""Streams in a row: a recording of a radio station for a week has one for each song."""

_SCANNED_BYTES = 32 << 20
"""A file of up to this size is searched for streams as a whole: it is soon read in full anyway. In a larger one some
places tell whether that is needed; reading it takes long from a slow drive."""


def _is_soon_known(source: SourceFile, start: int, end: int) -> bool:
    """Headers tell it, without a search."""
    return True


_STREAMS: dict[str, tuple[Callable[[SourceFile, int, int], Iterator[int]], Callable[[SourceFile, int, int], bool]]] = {
    OGG: (ogg.stream_starts, ogg.may_hold_several),
    "FLAC": (flac.stream_starts, flac.may_hold_several),
    "WavPack": (wavpack.stream_starts, wavpack.may_hold_several),
    **{name: (concatenation.stream_starts(name), _is_soon_known) for name in sorted(concatenation.CONTAINERS)},
}
"""Where further streams start, and whether there may be any, as far as some places tell."""

_LAYOUTS: dict[str, Callable[[SourceFile, int, int], Layout | None]] = {
    "WAV": riff.lay_out_wav,
    "W64": riff.lay_out_w64,
    "AIFF": aiff.lay_out_aiff,
    "AU": plain_headers.lay_out_au,
    "CAF": plain_headers.lay_out_caf,
    "DSF": plain_headers.lay_out_dsf,
    "DSDIFF": plain_headers.lay_out_dsdiff,
    "AVI": avi.lay_out_avi,
    "FLAC": flac.lay_out_flac,
    "ASF": asf.lay_out_asf,
    "Matroska": matroska.lay_out_matroska,
    "MP4": mp4.lay_out_mp4,
    OGG: ogg.lay_out_ogg,
}

_UNTAGGED = frozenset({"MP4", "Matroska", "ASF", "AVI", "MPEG", "MPEG-TS", OGG, "FLV", "RealMedia", "DSDIFF"})
"""Containers with tags inside; behind their end there is nothing that decoders take for sound."""


def find_streams(source: SourceFile, container: str | None, start: int) -> list[tuple[int, int]]:
    """Ranges of streams that follow one another in a file, each with a header of its own: one in nearly all files."""
    end = source.total
    find, may_hold_several = _STREAMS.get(container or "", (None, None))
    if find is None or may_hold_several is None:
        return [(start, end)]
    if end - start > _SCANNED_BYTES and not may_hold_several(source, start, end):
        return [(start, end)]
    # The first is found too: Ogg tells by it which streams run beside it.
    starts = islice((at for at in find(source, start, end) if at > start), _MOST_STREAMS)
    return list(pairwise([start, *starts, end]))


def lay_out(source: SourceFile, container: str | None, start: int, end: int) -> None:
    """Show decoders the stream in a range of a file, with right sizes, and without tags where these may do harm."""
    stop = end if container is None or container in _UNTAGGED else before_tags(source, start, end)
    find = None if container is None else _LAYOUTS.get(container)
    layout = (find(source, start, stop) if find else None) or Layout([(start, stop)])
    source.show(layout.segments)
    source.promised_share = layout.promised_share
    source.ends_early = layout.ends_early


def show_only_stream(source: SourceFile) -> str:
    """Show decoders the stream of a file whose parts are to be read.

    Returns
    -------
    str
        The container.

    Raises
    ------
    CannotSeekError
        For a file of an unknown kind, of several streams in a row, or with copy protection: reading in full handles
        these, or reports them.
    """
    detected = detect_format(source)
    if detected.container is None:
        raise CannotSeekError(tr("unknown data"))
    if detected.n_zeros:
        raise CannotSeekError(tr("sound is missing"))
    container, start = detected.container, detected.offset
    is_scanned = container != "FLAC" or flac.may_hold_several(source, start, source.total)
    if is_scanned and len(find_streams(source, container, start)) > 1:
        raise CannotSeekError(tr("several streams in a row"))
    lay_out(source, container, start, source.total)
    if protection(source, container) is not None:
        raise CannotSeekError(tr("protected"))
    return container
