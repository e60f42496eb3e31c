"""The header of a recording: RF64 while it grows, a plain WAV at the end where the sizes allow.

Both formats are defined in EBU Tech 3306.
"""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass
from typing import Any

LARGEST_WAV = 0xFFFF_FFFF - 0x1_0000
"""Size in bytes up to which a file can be a plain WAV: its sizes have 32 bits, and the header needs some room."""

_HEAD_BYTES = 4096
_PCM = 1


@dataclass(frozen=True)
class WavHead:
    """Offsets and values in the head of a recording.

    Attributes
    ----------
    form : int
        Offset of the ``fmt`` chunk.
    data : int
        Offset of the ``data`` chunk, whose content follows 8 bytes later.
    sample_rate : int
        In Hz.
    frame_bytes : int
        Bytes of one sample of all channels.
    data_bytes : int
        Size of the data by the ``ds64`` chunk; 0 in a recording that was never finished.
    """

    form: int
    data: int
    sample_rate: int
    frame_bytes: int
    data_bytes: int


def read_head(file: Any) -> WavHead | None:
    """Read the head of a recording as libsndfile or `become_wav` wrote it; None for any other file."""
    file.seek(0)
    head = file.read(_HEAD_BYTES)
    # Any mixture of both forms: `become_wav` does not write them at once, and may have been killed in between.
    if head[:4] not in (b"RF64", b"RIFF") or head[8:12] != b"WAVE" or head[12:16] not in (b"ds64", b"JUNK"):
        return None
    try:
        data_bytes = struct.unpack_from("<Q", head, 28)[0]
        form = head.index(b"fmt ", 20 + struct.unpack_from("<I", head, 16)[0])
        data = head.index(b"data", form + 8 + struct.unpack_from("<I", head, form + 4)[0])
        sample_rate = struct.unpack_from("<I", head, form + 12)[0]
        frame_bytes = struct.unpack_from("<H", head, form + 20)[0]
    except (ValueError, struct.error):
        return None
    if not sample_rate or not frame_bytes:
        return None
    return WavHead(form, data, sample_rate, frame_bytes, data_bytes)


def repair_header(file: Any) -> float:
    """Write the sizes of a recording that was not closed properly into its head.

    The bytes of an incomplete last sample are cut off.

    Parameters
    ----------
    file : binary file
        Open for reading and writing.

    Returns
    -------
    float
        Seconds of sound; 0 for a file that is no recording or holds no sound, which is left unchanged.
    """
    head = read_head(file)
    if head is None:
        return 0.0
    begin = head.data + 8
    n_frames = (file.seek(0, os.SEEK_END) - begin) // head.frame_bytes
    if n_frames <= 0:
        return 0.0
    data_bytes = n_frames * head.frame_bytes
    file.truncate(begin + data_bytes)
    if data_bytes % 2:
        file.seek(0, os.SEEK_END)
        file.write(b"\0")  # chunks begin at even offsets
    size = file.seek(0, os.SEEK_END)
    file.seek(20)
    file.write(struct.pack("<QQQ", size - 8, data_bytes, n_frames))
    return float(n_frames / head.sample_rate)


def become_wav(file: Any) -> None:
    """Turn a finished RF64 file into a plain WAV in place, where the sizes allow."""
    size = file.seek(0, os.SEEK_END)
    if size > LARGEST_WAV:
        return
    head = read_head(file)
    if head is None:
        return
    for place, value in (
        (head.form + 8, struct.pack("<H", _PCM)),  # not "extensible", which some readers do not support
        (0, b"RIFF"),
        (4, struct.pack("<I", size - 8)),
        (12, b"JUNK"),
        (head.data + 4, struct.pack("<I", head.data_bytes)),
    ):
        file.seek(place)
        file.write(value)
