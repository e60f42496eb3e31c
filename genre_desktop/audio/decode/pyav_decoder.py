"""Decoding with FFmpeg (PyAV): MP3, Ogg, M4A, WMA and whatever else holds sound."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.decode import mpeg_frames as mpeg
from genre_desktop.audio.decode.decoder import (
    Backend,
    BrokeOffError,
    CannotOpenError,
    StreamInfo,
    mix_down,
    require_rate,
)
from genre_desktop.audio.decode.file_format import MP3
from genre_desktop.audio.decode.pyav_frames import frame_array
from genre_desktop.audio.decode.pyav_options import CODECS, OPTIONS
from genre_desktop.audio.decode.source_file import SourceFile
from genre_desktop.core.i18n import tr

_CHUNK_SAMPLES = 1 << 16

# Their headers tell the length exactly; others have it estimated from the bit rate.
_EXACT_LENGTH = frozenset({"aiff", "ape", "au", "caf", "flac", "mov", "mpc", "mpc8", "tak", "tta", "wav", "wv"})

_ASF_FILE_PROPERTIES = bytes.fromhex("a1dcab8c47a9cf118ee400c00c205365")

# In a row; Ogg's demuxer fails once in 64 KiB of garbage.
_MAX_FAILURES = 256

# While opening; no header takes a hundredth. A damaged one may lead through millions of empty chunks,
# each with some seeks, and nobody can cancel meanwhile.
_MAX_SEEKS = 50_000

_OFFSETS = {"u8": 128.0}
_SCALES = {"u8": 2.0**7, "s16": 2.0**15, "s32": 2.0**31, "s64": 2.0**63}


class PyAVDecoder:
    """A file in FFmpeg.

    Parameters
    ----------
    source : SourceFile
    container : str or None
        What its first bytes say.

    Attributes
    ----------
    container, stream : av.container.InputContainer, av.audio.stream.AudioStream

    Raises
    ------
    CannotOpenError
    """

    backend: Backend = "pyav"

    def __init__(self, source: SourceFile, container: str | None) -> None:
        import av

        source.seek(0)
        source.limit_seeks(_MAX_SEEKS)
        try:
            self.container: Any = av.open(
                source,
                mode="r",
                format="mp3" if container == MP3 else None,
                options=OPTIONS,
                metadata_errors="replace",
            )
        except Exception as error:  # whatever the library says of strange bytes, it is their fault
            raise CannotOpenError(_reason(error)) from error
        finally:
            source.limit_seeks(None)
        try:
            self.stream = self._choose_stream()
            self.info = self._describe(source, container)
        except Exception as error:
            self.container.close()
            raise error if isinstance(error, CannotOpenError) else CannotOpenError(_reason(error)) from error

    def _choose_stream(self) -> Any:
        # FFmpeg keeps to its list while it opens the file, and not when it is asked to decode.
        streams = [stream for stream in self.container.streams.audio if _codec(stream) in CODECS]
        if not streams:
            raise CannotOpenError(tr("no audio stream"), no_sound=True)
        best = self.container.streams.best("audio")
        chosen = best if best in streams else streams[0]
        for stream in self.container.streams:
            if stream is not chosen and hasattr(stream, "discard"):  # older versions of PyAV have no word for it
                stream.discard = type(stream.discard).all  # neither read nor taken apart
        return chosen

    def _describe(self, source: SourceFile, container: str | None) -> StreamInfo:
        stream, name = self.stream, self.container.format.name.split(",")[0]
        rate = require_rate(stream.codec_context.sample_rate or 0)
        duration_s = promised_s = None
        if stream.duration is not None and stream.time_base is not None:
            duration_s = max(0.0, float(stream.duration * stream.time_base))
        elif self.container.duration is not None:
            duration_s = max(0.0, self.container.duration / 1_000_000)
        if container == MP3:
            promised = mpeg.promised_samples(source.peek_at(source.base, 256))
            if promised:
                promised_s = duration_s = promised / rate
        elif name == "asf":
            promised_s = _asf_length(source.peek_at(source.base, 1 << 16))
        elif name in _EXACT_LENGTH and stream.duration is not None:
            promised_s = duration_s
        return StreamInfo(
            container=container or name,
            codec=stream.codec_context.name,
            sample_rate=rate,
            channels=stream.codec_context.channels,
            duration_s=duration_s,
            promised_s=promised_s,
        )

    def chunks(self) -> Iterator[tuple[NDArray[np.float32], int]]:
        """Decode; see `DecoderHandle.chunks`."""
        kind: tuple[str, int, int] | None = None
        gathered: list[NDArray[np.float32]] = []
        count = 0
        broken: BrokeOffError | None = None
        frames = self._frames()
        while broken is None:
            try:
                frame = next(frames, None)
            except BrokeOffError as error:
                broken, frame = error, None
            if frame is None:
                break
            samples = frame_array(frame)
            frame_kind = (frame.format.name, frame.layout.nb_channels, frame.sample_rate)
            # The kind may change inside a file, as in radio recordings.
            if gathered and kind is not None and (frame_kind != kind or count >= _CHUNK_SAMPLES):
                yield to_mono(gathered, kind), kind[2]
                gathered, count = [], 0
            kind = frame_kind
            gathered.append(samples)
            count += frame.samples
        if gathered and kind is not None:
            yield to_mono(gathered, kind), kind[2]
        if broken is not None:
            raise broken

    def _frames(self) -> Iterator[Any]:
        import av

        decoded = 0
        damaged: Exception | None = None
        for packet in self.packets():
            try:
                frames = packet.decode()
            except av.error.EOFError:
                break
            except Exception as error:
                damaged = error
                continue  # the next frame may be sound again
            decoded += len(frames)
            yield from frames
        if damaged is not None and not decoded:
            raise BrokeOffError(_reason(damaged)) from damaged

    def packets(self) -> Iterator[Any]:
        """What is to be decoded, in order; an empty packet at the end flushes the decoder.

        Raises
        ------
        BrokeOffError
        """
        import av

        failures = 0
        while True:
            try:
                for packet in self.container.demux(self.stream):
                    failures = 0
                    yield packet
                return
            except av.error.InvalidDataError as error:
                # A hole, or garbage at the end: the demuxer searches on where it is asked again.
                failures += 1
                if failures > _MAX_FAILURES:
                    raise BrokeOffError(_reason(error)) from error
            except Exception as error:
                raise BrokeOffError(_reason(error)) from error

    def close(self) -> None:
        """Free what FFmpeg holds."""
        self.container.close()


def _codec(stream: Any) -> str | None:
    return None if stream.codec_context is None else stream.codec_context.name


def _asf_length(head: bytes) -> float | None:
    # FFmpeg estimates it from the bit rate although the header has it ("File Properties Object").
    start = head.find(_ASF_FILE_PROPERTIES)
    fields = head[start + 64 : start + 92]
    if start < 0 or len(fields) < 28:
        return None
    play_duration, preroll, flags = (
        int.from_bytes(fields[at:end], "little") for at, end in ((0, 8), (16, 24), (24, 28))
    )
    is_broadcast = flags & 1
    length_s = play_duration / 1e7 - preroll / 1e3
    return length_s if length_s > 0 and not is_broadcast else None


def to_mono(arrays: list[NDArray[Any]], kind: tuple[str, int, int]) -> NDArray[np.float32]:
    """Join frames of one kind (sample format, channels, rate in Hz) and mix them down [shape=(n,)]."""
    return mix_down(to_channels(arrays, kind))


def to_channels(arrays: list[NDArray[Any]], kind: tuple[str, int, int]) -> NDArray[np.float32]:
    """Join frames of one kind [shape=(n, n_channels)]; float formats may hold what is no number."""
    sample_format, channels, _ = kind
    joined = np.concatenate(arrays, axis=1)
    # Planar formats come as [channels, n], packed ones as [1, n * channels].
    joined = joined.T if sample_format.endswith("p") else joined.reshape(-1, channels)
    with np.errstate(over="ignore", invalid="ignore"):  # whoever asks takes care of what comes of it
        samples = joined.astype(np.float32, copy=False)
    plain = sample_format.removesuffix("p")
    if plain in _OFFSETS:
        samples = samples - np.float32(_OFFSETS[plain])
    if plain in _SCALES:
        samples = samples * np.float32(1.0 / _SCALES[plain])
    return samples


def _reason(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error)
