"""Decoding with libsndfile: WAV, AIFF, AU, CAF, FLAC and similar formats."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.decode.containers.codec_names import codec_name
from genre_desktop.audio.decode.decoder import (
    Backend,
    BrokeOffError,
    CannotOpenError,
    CannotSeekError,
    StreamInfo,
    decoder_reason,
    require_rate,
)
from genre_desktop.audio.decode.downmix import segment_frames
from genre_desktop.audio.decode.file_format import FREE_MP3
from genre_desktop.audio.decode.gaps.missing_sound import MissingSound
from genre_desktop.audio.decode.source_file import SourceFile
from genre_desktop.core.errors import AudioError, UnknownCodecError
from genre_desktop.core.i18n import tr

CONTAINERS = frozenset({"WAV", "AIFF", "AU", "FLAC", "CAF", "W64", "VOC", "SVX", "Ogg", FREE_MP3})
"""Containers that libsndfile is used for.

It reads more, but it recognises some formats in bytes that are none, prints to standard
output about others (SDS), and its MP3 decoder, libmpg123, writes to standard error. That
one is used for the free format alone, which FFmpeg does not decode.
"""

_MPEG_IN_WAV = (0x50, 0x55)

_BITSTREAM = re.compile(rb"\x72\xf8\x1f\x4e|\xfe\x7f\x01\x80|\x7f\xfe\x80\x01|\xff\x1f\x00\xe8|\x1f\xff\xe8\x00")
_BITSTREAM_BYTES = 1 << 16
"""How frames of AC-3 and DTS begin that a digital output carries as if they were samples (IEC 61937, and DTS of 16 and
of 14 bits), and the bytes searched for one: discs in surround sound are ripped as such files, which are noise."""

_UNKNOWN_CODEC = ("unimplemented format", "unsupported encoding")
"""In libsndfile's messages about a codec that it cannot decode."""

_MAX_FRAMES = 1 << 50

_MAX_SEEKS = 1_000
"""Seeks in the file for one range. libFLAC halves the file some twenty times, and never ends in some damaged files."""


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
    notes: tuple[AudioError, ...] = ()
    missing: MissingSound | None = None  # what it passes over, FFmpeg reads again

    def __init__(self, source: SourceFile, container: str) -> None:
        import soundfile

        class Sequential(soundfile.SoundFile):  # type: ignore[misc]
            # Otherwise soundfile seeks after each block, which costs time and fails in damaged streams.
            def seekable(self) -> bool:
                return False

        if container == "WAV" and _wav_codec(source) in _MPEG_IN_WAV:
            raise CannotOpenError(tr("MP3 inside a WAV file"))
        if container == "WAV" and _BITSTREAM.search(source.look_at(0, _BITSTREAM_BYTES)):
            raise CannotOpenError(tr("DTS or AC-3 inside a WAV file"))
        source.seek(0)
        self._source = source
        try:
            self._file: Any = Sequential(source)
        except Exception as error:  # whatever the library raises at damaged bytes
            raise CannotOpenError(
                decoder_reason(error), error=_unknown_codec(source, container, _text(error))
            ) from error
        try:
            self.info = self._describe(source, container)
        except Exception as error:
            self._file.close()
            raise error if isinstance(error, CannotOpenError) else CannotOpenError(decoder_reason(error)) from error

    def _describe(self, source: SourceFile, container: str) -> StreamInfo:
        rate = require_rate(self._file.samplerate, source.path)
        frames = self._file.frames
        duration_s = frames / rate if 0 <= frames < _MAX_FRAMES else None
        return StreamInfo(
            container=container,
            codec=self._file.subtype,
            sample_rate=rate,
            channels=self._file.channels,
            duration_s=duration_s,
            promised_s=None if duration_s is None else duration_s * source.promised_share,
        )

    def chunks(self) -> Iterator[tuple[NDArray[np.float32], int]]:
        """Frames of all channels, see `Decoder.chunks`."""
        channels, rate = self.info.channels, self.info.sample_rate
        count = segment_frames(channels, rate)  # what the downmix decides on at once needs no copy there
        buffer = np.empty((count, channels), dtype=np.float32)
        while True:
            try:
                samples = self._file.read(count, dtype="float32", out=buffer)
            except Exception as error:
                raise BrokeOffError(decoder_reason(error)) from error
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
            raise CannotSeekError(decoder_reason(error)) from error
        finally:
            self._source.limit_seeks(None)
        if landed != start or len(samples) != count:
            raise CannotSeekError(tr("sample {sample} is not where it should be", sample=start))
        return samples

    def close(self) -> None:
        """Free what libsndfile holds."""
        self._file.close()


def _text(error: Exception) -> str:
    return str(getattr(error, "error_string", error)).removeprefix("Error : ").rstrip(".")


def _unknown_codec(source: SourceFile, container: str, reason: str) -> UnknownCodecError | None:
    """The error for sound that the library knows no decoder for; None for a file that it takes for damaged."""
    codec = codec_name(source, container)
    is_unknown = container == "AU" or any(words in reason for words in _UNKNOWN_CODEC)
    return UnknownCodecError(path=source.path, codec=codec) if codec and is_unknown else None


def _wav_codec(source: SourceFile) -> int:
    """The number of a WAV file's codec, as `genre_desktop.audio.decode.containers` shows the file; or 0."""
    head = source.look_at(0, 22)
    return int.from_bytes(head[20:22], "big" if head[:4] == b"RIFX" else "little") if head[12:16] == b"fmt " else 0
