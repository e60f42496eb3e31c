"""Decoding with libsndfile: WAV, AIFF, AU, CAF, FLAC and similar formats."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.decode.decoder import (
    Backend,
    BrokeOffError,
    CannotOpenError,
    CannotSeekError,
    StreamInfo,
    require_rate,
)
from genre_desktop.audio.decode.source_file import SourceFile
from genre_desktop.core.i18n import tr

_CHUNK_SAMPLES = 1 << 17

CONTAINERS = frozenset({"WAV", "AIFF", "AU", "FLAC", "CAF", "W64", "VOC", "SVX", "Ogg"})
"""Containers that libsndfile is used for.

It reads more, but it recognises some formats in bytes that are none, prints to standard
output about others (SDS), and its MP3 decoder, libmpg123, writes to standard error.
"""

_MPEG_IN_WAV = (0x50, 0x55)

# What a recorder writes when it cannot know the length beforehand.
_UNKNOWN_SIZES = frozenset({0, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF})
_MAX_FRAMES = 1 << 50

_MAX_SEEKS = 1_000
"""Seeks in the file for one range. libFLAC halves the file some twenty times, and never ends in some damaged files."""

_MAX_CHUNKS = 256
"""RIFF or AIFF chunks read: more than any recorder writes. A damaged file may seem to hold millions of empty ones."""


class SoundFileDecoder:
    """A file open in libsndfile.

    Parameters
    ----------
    source : SourceFile
    container : str
        As `detect_format` names it, one of `CONTAINERS`.

    Raises
    ------
    CannotOpenError
    """

    backend: Backend = "soundfile"

    def __init__(self, source: SourceFile, container: str) -> None:
        import soundfile

        class Sequential(soundfile.SoundFile):  # type: ignore[misc]
            # Otherwise soundfile seeks after each block, which costs time and fails in damaged streams.
            def seekable(self) -> bool:
                return False

        if container == "WAV" and _wav_codec(source) in _MPEG_IN_WAV:
            raise CannotOpenError(tr("MP3 inside a WAV file"))
        source.seek(0)
        self._source = source
        try:
            self._file: Any = Sequential(source)
        except Exception as error:  # whatever the library raises at damaged bytes
            raise CannotOpenError(_reason(error)) from error
        try:
            self.info = self._describe(source, container)
        except Exception as error:
            self._file.close()
            raise error if isinstance(error, CannotOpenError) else CannotOpenError(_reason(error)) from error

    def _describe(self, source: SourceFile, container: str) -> StreamInfo:
        rate = require_rate(self._file.samplerate)
        frames = self._file.frames
        duration_s = frames / rate if 0 <= frames < _MAX_FRAMES else None
        return StreamInfo(
            container=container,
            codec=self._file.subtype,
            sample_rate=rate,
            channels=self._file.channels,
            duration_s=duration_s,
            promised_s=None if duration_s is None else duration_s * _promised_share(source, container),
        )

    def chunks(self) -> Iterator[tuple[NDArray[np.float32], int]]:
        """Frames of all channels, see `Decoder.chunks`."""
        channels, rate = self.info.channels, self.info.sample_rate
        count = max(1_024, _CHUNK_SAMPLES // channels)
        while True:
            try:
                samples = self._file.read(count, dtype="float32", always_2d=True)
            except Exception as error:
                raise BrokeOffError(_reason(error)) from error
            if not len(samples):
                return
            yield samples, rate

    def frames_at(self, start: int, count: int) -> NDArray[np.float32]:
        """Decode a range.

        Parameters
        ----------
        start, count : int
            In samples of each channel.

        Returns
        -------
        ndarray of float32 [shape=(count, n_channels)]

        Raises
        ------
        CannotSeekError
            Where the library cannot seek there, or finds less than `count` samples.
        """
        self._source.limit_seeks(_MAX_SEEKS)
        try:
            # Reading on needs no seek; in FLAC one is made of many.
            landed = start if self._file.tell() == start else self._file.seek(start)
            samples: NDArray[np.float32] = self._file.read(count, dtype="float32", always_2d=True)
        except Exception as error:
            raise CannotSeekError(_reason(error)) from error
        finally:
            self._source.limit_seeks(None)
        if landed != start or len(samples) != count:
            raise CannotSeekError(tr("sample {sample} is not where it should be", sample=start))
        return samples

    def close(self) -> None:
        """Free what libsndfile holds."""
        self._file.close()


def _reason(error: Exception) -> str:
    return str(getattr(error, "error_string", error)).removeprefix("Error : ").rstrip(".")


def _promised_share(source: SourceFile, container: str) -> float:
    """Data that the header promises, divided by the data that is there: 1 for an intact file."""
    # libsndfile cuts the length to the size of the file without an error.
    if container == "WAV":
        start, size = _riff_data(source)
    elif container == "AIFF":
        start, size = _chunk(source, b"SSND", "big")
    elif container == "AU":
        head = source.peek_at(source.base, 12)
        order = "big" if head[:1] == b"." else "little"
        start = int.from_bytes(head[4:8], order)  # type: ignore[arg-type]
        size = int.from_bytes(head[8:12], order)  # type: ignore[arg-type]
    else:
        return 1.0
    available = source.size - start
    if size in _UNKNOWN_SIZES or available <= 0:
        return 1.0
    return max(1.0, size / available)


def _riff_data(source: SourceFile) -> tuple[int, int]:
    head = source.peek_at(source.base, 40)
    order = "big" if head[:4] == b"RIFX" else "little"
    start, size = _chunk(source, b"data", order)
    if head[:4] in (b"RF64", b"BW64") and head[12:16] == b"ds64":
        size = int.from_bytes(head[28:36], "little")
    return start, size


def _wav_codec(source: SourceFile) -> int:
    start, _ = _chunk(source, b"fmt ", "little")
    return int.from_bytes(source.peek_at(source.base + start, 2), "little")


def _chunk(source: SourceFile, wanted: bytes, order: str) -> tuple[int, int]:
    """Where a chunk's content starts, and its size in bytes; the file's end and 0 where there is none."""
    offset = 12
    for _ in range(_MAX_CHUNKS):
        head = source.peek_at(source.base + offset, 8)
        # Zeros: space that a recorder reserved and never wrote to.
        if len(head) < 8 or not all(0x20 <= byte < 0x7F for byte in head[:4]):
            break
        size = int.from_bytes(head[4:8], order)  # type: ignore[arg-type]
        offset += 8
        if head[:4] == wanted:
            return offset, size
        offset += size + size % 2
    return source.size, 0
