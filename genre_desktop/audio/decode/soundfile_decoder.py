"""Decoding with libsndfile: WAV, AIFF, AU, CAF, FLAC and their kin."""

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
    mix_down,
    require_rate,
)
from genre_desktop.audio.decode.source_file import SourceFile
from genre_desktop.core.i18n import tr

_CHUNK_SAMPLES = 1 << 17

CONTAINERS = frozenset({"WAV", "AIFF", "AU", "FLAC", "CAF", "W64", "VOC", "SVX", "Ogg"})
"""What libsndfile is given.

It would take more, but it finds some formats in bytes that are none, prints to standard
output about others (SDS), and its MP3 decoder, libmpg123, writes to standard error.
"""

_MPEG_IN_WAV = (0x50, 0x55)

# What a recorder writes when it cannot know the length beforehand.
_UNKNOWN_SIZES = frozenset({0, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF})
_MAX_FRAMES = 1 << 50

# For one stretch; libFLAC halves the file some twenty times, and a damaged one may lead it about.
_MAX_SEEKS = 1_000

# Far more than any recorder writes; a damaged file may seem to hold millions of empty ones.
_MAX_CHUNKS = 256


class SoundFileDecoder:
    """A file in libsndfile.

    Parameters
    ----------
    source : SourceFile
    container : str
        What its first bytes say, one of `CONTAINERS`.

    Raises
    ------
    CannotOpenError
    """

    backend: Backend = "soundfile"

    def __init__(self, source: SourceFile, container: str) -> None:
        import soundfile

        class Sequential(soundfile.SoundFile):  # type: ignore[misc]
            # Else soundfile seeks after each block, which costs and upsets damaged streams.
            def seekable(self) -> bool:
                return False

        if container == "WAV" and _wav_codec(source) in _MPEG_IN_WAV:
            raise CannotOpenError(tr("MP3 inside a WAV file"))
        source.seek(0)
        self._source = source
        try:
            self._file: Any = Sequential(source)
        except Exception as error:  # whatever the library says of strange bytes, it is their fault
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
        """Decode; see `DecoderHandle.chunks`."""
        channels, rate = self.info.channels, self.info.sample_rate
        buffer = np.empty((max(1_024, _CHUNK_SAMPLES // channels), channels), dtype=np.float32)
        while True:
            try:
                samples = self._file.read(len(buffer), dtype="float32", out=buffer)
            except Exception as error:
                raise BrokeOffError(_reason(error)) from error
            if not len(samples):
                return
            yield mix_down(samples), rate

    def read_at(self, start: int, count: int) -> NDArray[np.float32]:
        """Decode a stretch and mix it down [shape=(count,)]; see `frames_at`."""
        return mix_down(self.frames_at(start, count))

    def frames_at(self, start: int, count: int) -> NDArray[np.float32]:
        """Decode a stretch.

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
            Where the library cannot go there, or finds less than `count` samples.
        """
        self._source.limit_seeks(_MAX_SEEKS)
        try:
            # Going on costs no seek, of which FLAC needs many.
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
    """How many times as much data as there is the header promises, 1 for an intact file."""
    # libsndfile cuts the length to the size of the file and says nothing of it.
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
        # Zeros are what a recorder reserved and never wrote.
        if len(head) < 8 or not all(0x20 <= byte < 0x7F for byte in head[:4]):
            break
        size = int.from_bytes(head[4:8], order)  # type: ignore[arg-type]
        offset += 8
        if head[:4] == wanted:
            return offset, size
        offset += size + size % 2
    return source.size, 0
