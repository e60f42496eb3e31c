"""Decoding with FFmpeg (PyAV): MP3, Ogg, M4A, WMA and all other formats."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.decode.audio_tracks import first_sounding, readable_tracks
from genre_desktop.audio.decode.containers import mp4
from genre_desktop.audio.decode.containers import mpeg_frames as mpeg
from genre_desktop.audio.decode.decoder import (
    Backend,
    BrokeOffError,
    CannotOpenError,
    StreamInfo,
    decoder_reason,
    require_rate,
)
from genre_desktop.audio.decode.file_format import MP3
from genre_desktop.audio.decode.gaps.hole_detector import HoleDetector
from genre_desktop.audio.decode.gaps.missing_sound import MissingSound
from genre_desktop.audio.decode.pyav_frames import FrameBuffer, FrameFormat
from genre_desktop.audio.decode.pyav_options import OPTIONS
from genre_desktop.audio.decode.source_file import SourceFile
from genre_desktop.core.errors import AudioError, OtherTracksError

_CHUNK_SAMPLES = 1 << 16

# FFmpeg's names of formats whose headers tell the length exactly; for others it estimates it from the bit rate.
_EXACT_LENGTH = frozenset(
    {"aiff", "ape", "au", "caf", "flac", "mov", "mpc", "mpc8", "rm", "tak", "tta", "wav", "wv", "dsf", "iff"}
)

_CHECKED = frozenset({"flac", "tta", "wavpack"})
"""Codecs without loss whose packets have checksums: what does not fit is noise, and is left out. Monkey's Audio and TAK
have some too; no encoder was at hand to try them."""

_BARE = frozenset({"mp3", "aac", "ac3", "eac3", "dts"})
"""Formats without a container: there, garbage at the end looks like packets."""

_ASF_FILE_PROPERTIES = bytes.fromhex("a1dcab8c47a9cf118ee400c00c205365")

_FEW_PACKETS = 8
"""Packets that an edit list may hide: those of an encoder's delay and of the filling at the end."""

_PROBED_PACKETS = 200
"""Packets, spread over a track, of which none is hidden in an ordinary file."""

_LEAST_TICKS = 4
"""Ticks of a packet in MP4: they count samples, or milliseconds."""

_LAST_FAILURES = 32
"""Packets at the end of a stream that all fail: its codec has changed, as where broadcasts were joined."""

_MAX_FAILURES = 256
"""Failures of the demuxer in a row; Ogg's fails once in 64 KiB of garbage."""

_MAX_SEEKS = 50_000
"""Seeks in the file while it is opened. No header takes a hundredth; a damaged one may lead through millions of empty
chunks, each with some seeks, and opening cannot be cancelled."""


class PyAVDecoder:
    """A file open in FFmpeg.

    Parameters
    ----------
    source : SourceFile
    container : str or None
        As `detect_format` names it.

    Attributes
    ----------
    container, stream : av.container.InputContainer, av.audio.stream.AudioStream
    holes : HoleDetector

    Raises
    ------
    CannotOpenError
    """

    backend: Backend = "pyav"

    def __init__(self, source: SourceFile, container: str | None) -> None:
        self._source = source
        self.container: Any = self._open(container)
        self.notes: tuple[AudioError, ...] = ()
        self._seconds = 0.0
        try:
            self.stream = self._choose_stream(container)
            self.info = self._describe(source, container)
            self.holes = HoleDetector(
                source, self.container.format.name.split(",")[0], self.info.codec.removesuffix("float"), self.stream
            )
        except Exception as error:
            self.container.close()
            raise error if isinstance(error, CannotOpenError) else CannotOpenError(_reason(error)) from error

    def _open(self, container: str | None, **options: str) -> Any:
        import av

        self._source.seek(0)
        self._source.limit_seeks(_MAX_SEEKS)
        try:
            return av.open(
                self._source,
                mode="r",
                format="mp3" if container == MP3 else None,
                options={**OPTIONS, **options},
                metadata_errors="replace",
            )
        except Exception as error:  # whatever the library raises at damaged bytes
            raise CannotOpenError(_reason(error)) from error
        finally:
            self._source.limit_seeks(None)

    def _choose_stream(self, container: str | None) -> Any:
        """The first audio stream that sounds; other streams are neither read nor parsed."""
        readable = readable_tracks(self._source, self.container, container)
        chosen = readable[0].index
        n_tracks = len(self.container.streams.audio)
        if len(readable) > 1:
            chosen = readable[first_sounding(self.container, readable)].index
            self.container.close()
            self.container = self._open(container)
        if container == "MP4" and self._hides_sound(chosen):
            self.container.close()
            self.container = self._open(container, ignore_editlist="1")
        if n_tracks > 1:
            number = 1 + [track.index for track in self.container.streams.audio].index(chosen)
            self.notes = (OtherTracksError(path=self._source.path, count=n_tracks, number=number),)
        for stream in self.container.streams:
            if stream.index != chosen and hasattr(stream, "discard"):  # not in older versions of PyAV
                stream.discard = type(stream.discard).all
        stream = self.container.streams[chosen]
        if stream.codec_context.name in _CHECKED:
            stream.codec_context.options = {"err_detect": "crccheck+explode"}
        return stream

    def _hides_sound(self, index: int) -> bool:
        """Whether an edit list leaves out packets that the file has, or all times are the same."""
        stream = self.container.streams[index]
        entries = stream.index_entries or ()
        n_entries = len(entries)
        n_packets = mp4.packet_counts(self._source).get(index, 0)
        if not n_packets:
            return False
        is_still = stream.duration is not None and stream.duration < _LEAST_TICKS * n_entries
        are_discarded = any(
            entries[number].is_discard
            for number in range(_FEW_PACKETS, n_entries - _FEW_PACKETS, max(1, n_entries // _PROBED_PACKETS))
        )
        return is_still or are_discarded or n_packets - n_entries > max(_FEW_PACKETS, n_packets // 50)

    def _describe(self, source: SourceFile, container: str | None) -> StreamInfo:
        stream, name = self.stream, self.container.format.name.split(",")[0]
        rate = require_rate(stream.codec_context.sample_rate or 0, source.path)
        duration_s = promised_s = None
        if stream.duration is not None and stream.time_base is not None:
            duration_s = max(0.0, float(stream.duration * stream.time_base))
        elif self.container.duration is not None:
            duration_s = max(0.0, self.container.duration / 1_000_000)
        if container == MP3:
            promised = mpeg.promised_samples(source.look_at(0, 256))
            if promised:
                promised_s = duration_s = promised / rate
        elif name == "asf":
            promised_s = self._asf_length(source.look_at(0, 1 << 16))
        elif name in _EXACT_LENGTH and stream.duration is not None and duration_s is not None:
            promised_s = duration_s * source.promised_share
        return StreamInfo(
            container=container or name,
            codec=stream.codec_context.name,
            sample_rate=rate,
            channels=stream.codec_context.channels,
            duration_s=duration_s,
            promised_s=promised_s,
        )

    def _asf_length(self, head: bytes) -> float | None:
        """Length by the header, which is that of the longest stream; None where there are several."""
        timed = [one for one in self.container.streams if one.type in ("audio", "video") and not _is_cover(one)]
        return _asf_length(head) if len(timed) == 1 else None

    @property
    def missing(self) -> MissingSound | None:
        """See `Decoder.missing`."""
        return self.holes.missing(self._seconds)

    def chunks(self) -> Iterator[tuple[NDArray[np.float32], int]]:
        """Frames of all channels, see `Decoder.chunks`."""
        gathered: FrameBuffer | None = None
        count = 0
        broken: BrokeOffError | None = None
        frames, times = self._frames(), self.holes.times
        while broken is None:
            try:
                frame = next(frames, None)
            except BrokeOffError as error:
                broken, frame = error, None
            if frame is None:
                break
            frame_format = FrameFormat.of(frame)
            # The format may change inside a file, as in radio recordings.
            if gathered is not None and (frame_format != gathered.format or count >= _CHUNK_SAMPLES):
                self._seconds += count / max(1, gathered.format.sample_rate)
                yield gathered.samples(), gathered.format.sample_rate
                gathered = None
            if gathered is None:
                gathered, count = FrameBuffer(frame_format), 0
            gathered.push(frame)
            n_samples = frame.samples
            count += n_samples
            if times is not None:
                times.push(frame.pts, n_samples, frame_format.sample_rate)
        if gathered is not None:
            self._seconds += count / max(1, gathered.format.sample_rate)
            yield gathered.samples(), gathered.format.sample_rate
        if broken is not None:
            raise broken

    def _frames(self) -> Iterator[Any]:
        import av

        decoded = n_failed = 0
        damaged: Exception | None = None
        holes = self.holes.packets
        for packet in self.packets():
            try:
                frames = packet.decode()
            except av.error.EOFError:
                break
            except Exception as error:
                damaged = error
                n_failed += 1
                holes.push(packet, is_decoded=False)
                continue  # the next packet may be intact again
            decoded += len(frames)
            n_failed = n_failed if not frames else 0
            size = packet.size
            if size > holes.limit or (holes.is_waiting and size):
                holes.push(packet, is_decoded=True)
            yield from frames
        is_at_end = n_failed >= _LAST_FAILURES and self.container.format.name not in _BARE
        if damaged is not None and (not decoded or is_at_end):
            raise BrokeOffError(_reason(damaged)) from damaged

    def packets(self) -> Iterator[Any]:
        """The packets of the stream, in order; an empty one at the end flushes the decoder.

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
            except IndexError:
                # PyAV knows only the streams of the beginning: this packet is of one that begins later.
                continue
            except (av.error.InvalidDataError, av.error.BlockingIOError) as error:
                # A hole, or garbage at the end: demuxing again goes on behind it. In MPEG-TS it is called "try again".
                failures += 1
                if failures > _MAX_FAILURES:
                    raise BrokeOffError(_reason(error)) from error
            except Exception as error:
                raise BrokeOffError(_reason(error)) from error

    def close(self) -> None:
        """Free what FFmpeg holds."""
        self.container.close()


def _is_cover(stream: Any) -> bool:
    disposition = getattr(stream, "disposition", None)  # not in older versions of PyAV
    return disposition is not None and bool(disposition & type(disposition).attached_pic)


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


def _reason(error: Exception) -> str:
    return decoder_reason(error)
