"""Headers of MPEG audio frames (MP3), and finding the first one.

An MP3 file has no header of its own: the sound begins where frames follow one another, behind tags, pictures or other
bytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

_SYNC = re.compile(rb"\xff[\xe2-\xff]")

# Bit rates in kbit/s by index; see ISO/IEC 11172-3, 2.4.2.3 and 13818-3.
_V1_L1 = (0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448)
_V1_L2 = (0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384)
_V1_L3 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_V2_L1 = (0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256)
_V2_L23 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_RATES = (44_100, 48_000, 32_000)

_FRAMES_IN_A_ROW = 4

_FREE_SYNC = re.compile(rb"\xff[\xe2-\xff][\x00-\x0b]")
_FREE_BYTES = (24, 6_000)
"""Bytes of a frame of free format: 640 kbit/s, the most that encoders offer, take 2 900 at 32 kHz, twice for 16 kHz."""

_FREE_FRAMES_IN_A_ROW, _MOST_FREE_SYNCS, _MOST_FREE_SIZES = 8, 2_000, 8


@dataclass(frozen=True)
class FrameHeader:
    """The four-byte header of an MPEG audio frame.

    Attributes
    ----------
    layer : int
        1, 2 or 3.
    sample_rate : int
        In Hz.
    channels : int
    samples : int
        Samples in the frame, of each channel.
    size : int
        Bytes from this header to the next.
    mpeg1 : bool
        False for MPEG-2 and 2.5.
    """

    layer: int
    sample_rate: int
    channels: int
    samples: int
    size: int
    mpeg1: bool

    def follows(self, other: FrameHeader) -> bool:
        """Whether a frame with this header may come after one with the other."""
        return (self.layer, self.sample_rate, self.mpeg1) == (other.layer, other.sample_rate, other.mpeg1)


def parse_frame(data: bytes, offset: int = 0) -> FrameHeader | None:
    """Read a frame header, or ``None`` where there is none (or one of free format)."""
    if offset + 4 > len(data) or data[offset] != 0xFF or data[offset + 1] & 0xE0 != 0xE0:
        return None
    version, layer_bits = data[offset + 1] >> 3 & 3, data[offset + 1] >> 1 & 3
    rate_index, bit_rate_index = data[offset + 2] >> 2 & 3, data[offset + 2] >> 4
    if version == 1 or layer_bits == 0 or rate_index == 3 or bit_rate_index in (0, 15):
        return None
    mpeg1, layer, padding = version == 3, 4 - layer_bits, data[offset + 2] >> 1 & 1
    table = (_V1_L1, _V1_L2, _V1_L3)[layer - 1] if mpeg1 else (_V2_L1, _V2_L23, _V2_L23)[layer - 1]
    # MPEG-2 halves the rates of MPEG-1, the unofficial MPEG-2.5 halves them again.
    sample_rate = _RATES[rate_index] >> {3: 0, 2: 1, 0: 2}[version]
    bits = table[bit_rate_index] * 1_000
    if layer == 1:
        samples, size = 384, (12 * bits // sample_rate + padding) * 4
    else:
        samples = 576 if layer == 3 and not mpeg1 else 1_152
        size = samples // 8 * bits // sample_rate + padding
    channels = 1 if data[offset + 3] >> 6 == 3 else 2
    return FrameHeader(layer, sample_rate, channels, samples, size, mpeg1)


def find_first_frame(data: bytes, *, whole: bool) -> int | None:
    """Offset of the first MPEG audio frame in `data`.

    Parameters
    ----------
    data : bytes
        The beginning of a file.
    whole : bool
        True if `data` is all of the file: then frames up to its end suffice, otherwise several in a row are required.

    Returns
    -------
    int or None
    """
    for match in _SYNC.finditer(data):
        if _frames_follow(data, match.start(), whole):
            return match.start()
    return None


def find_free_format(data: bytes) -> int | None:
    """Offset of the first of several MP3 frames in a row in free format: of any bit rate, which no header tells."""
    for match in islice(_FREE_SYNC.finditer(data), _MOST_FREE_SYNCS):
        first, at = match.start(), match.start()
        if parse_frame(data[first : first + 2] + b"\x90" + data[first + 3 : first + 4]) is None:
            continue
        for _ in range(_MOST_FREE_SIZES):
            at = data.find(data[first : first + 2], max(at + 1, first + _FREE_BYTES[0]), first + _FREE_BYTES[1])
            if at < 0:
                break
            if _free_frames_follow(data, first, at - first):
                return first
    return None


def _free_frames_follow(data: bytes, offset: int, size: int) -> bool:
    """Whether frames follow of the size of the first, except for a byte of padding."""
    head, size = (data[offset + 1], data[offset + 2] & 0xFC), size - (data[offset + 2] >> 1 & 1)
    for _ in range(_FREE_FRAMES_IN_A_ROW):
        if data[offset : offset + 1] != b"\xff" or offset + 4 > len(data):
            return False
        if (data[offset + 1], data[offset + 2] & 0xFC) != head:
            return False
        offset += size + (data[offset + 2] >> 1 & 1)
    return True


def _frames_follow(data: bytes, offset: int, whole: bool) -> bool:
    first = header = parse_frame(data, offset)
    count = 0
    while header is not None and first is not None and header.follows(first):
        count += 1
        offset += header.size
        if count == _FRAMES_IN_A_ROW or (whole and offset >= len(data) and (count > 1 or offset == len(data))):
            return True
        header = parse_frame(data, offset)
    return False


def promised_samples(data: bytes) -> int | None:
    """Samples of each channel, by the Xing or VBRI header in the first frame.

    Parameters
    ----------
    data : bytes
        Beginning with the first frame.

    Returns
    -------
    int or None
        ``None`` without such a header: then the length is known only by reading to the end.
    """
    header = parse_frame(data)
    if header is None or header.layer != 3:
        return None
    side_info = {(True, 2): 32, (True, 1): 17, (False, 2): 17, (False, 1): 9}[header.mpeg1, header.channels]
    xing = 4 + side_info
    if data[xing : xing + 4] in (b"Xing", b"Info") and data[xing + 7] & 1:
        frames = int.from_bytes(data[xing + 8 : xing + 12], "big")
    elif data[36:40] == b"VBRI":
        frames = int.from_bytes(data[50:54], "big")
    else:
        return None
    return frames * header.samples or None
