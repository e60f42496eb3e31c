"""Bytes between the frames of formats without a container, such as MP3."""

from __future__ import annotations

import re
import sys
from typing import Any, Final

from genre_desktop.audio.decode.gaps.missing_sound import HoleSum
from genre_desktop.audio.decode.source_file import SourceFile

FORMATS: Final = {"mp3": 4_096, "ac3": 4_096, "eac3": 4_096, "loas": 8_194, "dts": 1 << 16, "aac": sys.maxsize}
"""FFmpeg's names of these formats, and bytes that no frame exceeds: MPEG audio has up to 2 881, AC-3 3 840, E-AC-3
4 096, DTS 16 384 and as much again in extensions. FFmpeg takes what stands between two frames for a part of the first;
in AAC, it leaves it out."""

_BEFORE_BYTES = 4_096
"""Searched for a tag before bytes that are no frame: it may stand inside of one."""

_FRAMES_IN_A_ROW = 8
"""Frames behind a hole that belong to the recording: one or two are found by chance in a MiB of noise."""

_TAG = re.compile(rb"ID3[\x02-\x04]|APETAGEX|TAG")
_TAG_BYTES, _TAG_HEAD_BYTES = 128, 32

_CHECKED_PACKETS = 64
"""Packets of AAC between two checks that they lie where they are counted: 1.5 s."""

_BEGINNING_BYTES, _SEARCHED_BYTES = 64, 64 << 20


class FramelessBytes:
    """Holes between frames, by the bytes that are none. Tags are no hole, and neither is what follows the last frame.

    Parameters
    ----------
    source : SourceFile
    name : str
        FFmpeg's name of the format.
    tick_s : float
        Unit of times in seconds.

    Attributes
    ----------
    limit : int
        Bytes of a packet above which it holds more than a frame.
    is_waiting : bool
        True if the next packet is wanted in any case; otherwise one that fails or is larger than `limit`.
    """

    def __init__(self, source: SourceFile, name: str, tick_s: float) -> None:
        self._source = source
        self._tick_s = tick_s
        self._is_adts = self.is_waiting = name == "aac"
        self.limit = FORMATS[name]
        self._lost: list[tuple[float, int]] = []
        self._at_s = 0.0
        self._n_pending = self._n_decoded = 0
        self._n_packets = self._position = self._checked = 0
        self._tag = 0, 0  # where the last one begins and ends

    def push(self, packet: Any, *, is_decoded: bool) -> None:
        """Take in a packet."""
        n_lost = self._passed_over(packet, is_decoded=is_decoded) if self._is_adts else 0
        if not is_decoded or packet.size > self.limit:
            begin = self._position - packet.size if self._is_adts else packet.pos or 0
            n_lost += self._frameless(begin - _BEFORE_BYTES, begin, begin + packet.size)
        if n_lost:
            if not self._n_pending:
                self._at_s = (packet.pts or 0) * self._tick_s
            self._n_pending += n_lost
            self._n_decoded, self.is_waiting = 0, True
        elif self._n_pending:
            self._n_decoded += 1
            if self._n_decoded >= _FRAMES_IN_A_ROW:
                self._lost.append((self._at_s, self._n_pending))
                self._n_pending, self.is_waiting = 0, self._is_adts

    def holes(self, seconds: float) -> HoleSum:
        """The holes of a stream of which `seconds` were decoded."""
        holes = HoleSum()
        n_sounding = self._source.size - sum(count for _, count in self._lost)
        for at_s, count in self._lost:
            holes.add(at_s, count * seconds / max(1, n_sounding))
        return holes

    def _passed_over(self, packet: Any, *, is_decoded: bool) -> int:
        """Bytes that FFmpeg left out before a packet of AAC, looked for now and then."""
        n_lost = 0
        if not is_decoded or self._n_pending or self._n_packets % _CHECKED_PACKETS == 0:
            beginning = bytes(memoryview(packet)[:_BEGINNING_BYTES])
            if self._source.look_at(self._position, len(beginning)) != beginning:
                found = self._find(beginning)
                if self._n_packets:  # before the first there may be anything
                    n_lost = self._frameless(self._checked, self._position, found)
                self._position = found
            self._checked = self._position
        self._n_packets += 1
        self._position += packet.size
        return n_lost

    def _find(self, beginning: bytes) -> int:
        """Where a packet begins, from the position on; the position where it is nowhere."""
        step = 1 << 16
        for at in range(self._position, min(self._source.size, self._position + _SEARCHED_BYTES), step):
            found = self._source.look_at(at, step + len(beginning) - 1).find(beginning)
            if found >= 0:
                return at + found
        return self._position

    def _frameless(self, since: int, begin: int, end: int) -> int:
        """Bytes of a range without the tags in it, and without those since a byte before that were not known yet."""
        first, behind = self._tag
        count = end - begin - max(0, min(end, behind) - max(begin, first))
        at = max(0, since, min(behind, end))
        while at < end:
            found = _TAG.search(self._source.look_at(at, min(end - at, _SEARCHED_BYTES)))
            if found is None:
                break
            first, behind = self._tag = self._tag_at(at + found.start())
            count -= min(end, behind) - max(since, first)
            at = behind
        return max(0, count)

    def _tag_at(self, at: int) -> tuple[int, int]:
        """Where a tag begins and ends, by the place of its name."""
        head = self._source.look_at(at, _TAG_HEAD_BYTES)
        if head[:3] == b"ID3" and len(head) >= 10 and max(head[6:10]) < 0x80:
            return at, at + 10 + (head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9])
        if head[:8] == b"APETAGEX" and len(head) == _TAG_HEAD_BYTES:
            size, is_header = int.from_bytes(head[12:16], "little"), head[23] & 0x20
            return (at if is_header else at + _TAG_HEAD_BYTES - size), at + _TAG_HEAD_BYTES + (size if is_header else 0)
        return at, at + (_TAG_BYTES if head[:3] == b"TAG" else 3)
