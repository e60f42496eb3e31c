"""Detection of sound that is missing in the middle of a file in FFmpeg, by what each format offers."""

from __future__ import annotations

import sys
from typing import Any, Protocol

from genre_desktop.audio.decode.gaps import frame_times, frameless_bytes
from genre_desktop.audio.decode.gaps.avi_index import AviIndex
from genre_desktop.audio.decode.gaps.failed_packets import FailedPackets
from genre_desktop.audio.decode.gaps.frame_times import FrameTimes
from genre_desktop.audio.decode.gaps.frameless_bytes import FramelessBytes
from genre_desktop.audio.decode.gaps.missing_sound import HoleSum, MissingSound
from genre_desktop.audio.decode.source_file import SourceFile


class PacketHoles(Protocol):
    """Holes between packets.

    Attributes
    ----------
    limit : int
        Packets of more bytes are wanted, and such that fail.
    is_waiting : bool
        True if the next packet is wanted in any case.
    """

    limit: int
    is_waiting: bool

    def push(self, packet: Any, *, is_decoded: bool) -> None:
        """Take in a packet that is wanted."""
        ...

    def holes(self, seconds: float) -> HoleSum:
        """The holes of a stream of which `seconds` were decoded."""
        ...


class HoleDetector:
    """Holes of one stream, found while it is decoded.

    Parameters
    ----------
    source : SourceFile
    name, codec : str
        FFmpeg's names of the format and the codec.
    stream : av.audio.stream.AudioStream

    Attributes
    ----------
    times : FrameTimes or None
        Takes in each frame, in formats that have times.
    packets : PacketHoles
    """

    def __init__(self, source: SourceFile, name: str, codec: str, stream: Any) -> None:
        tick_s = float(stream.time_base or 1)
        self.times: FrameTimes | None = None
        self.packets: PacketHoles
        if name in frame_times.FORMATS:
            self.times = FrameTimes(tick_s, codec)
            self.packets = _TimedPackets(self.times)
        elif name in frameless_bytes.FORMATS:
            self.packets = FramelessBytes(source, name, tick_s)
        elif name == "avi":
            self.packets = AviIndex(stream, tick_s)
        else:
            self.packets = FailedPackets(tick_s)

    def missing(self, seconds: float) -> MissingSound | None:
        """What is missing in the middle, where `seconds` were decoded."""
        return self.packets.holes(seconds).missing()


class _TimedPackets:
    """Packets whose frames tell the holes, except one at the beginning."""

    limit, is_waiting = sys.maxsize, False

    def __init__(self, times: FrameTimes) -> None:
        self._times = times

    def push(self, packet: Any, *, is_decoded: bool) -> None:
        if not is_decoded:
            self._times.push_failed(packet.pts)

    def holes(self, seconds: float) -> HoleSum:
        return self._times.holes
