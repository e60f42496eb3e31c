"""Decoded frames of PyAV as bytes, and as NumPy arrays."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

_DTYPES: Final = {
    name + planar: np.dtype(kind)
    for name, kind in {"u8": "u1", "s16": "i2", "s32": "i4", "s64": "i8", "flt": "f4", "dbl": "f8"}.items()
    for planar in ("", "p")
}
"""NumPy's types by FFmpeg's names of sample formats; those of planar ones end in ``p``."""

_OFFSETS: Final = {"u8": 128.0}
_SCALES: Final = {"u8": 2.0**7, "s16": 2.0**15, "s32": 2.0**31, "s64": 2.0**63}


class FrameFormat(NamedTuple):
    """What frames must have in common to be joined.

    Attributes
    ----------
    sample_format : str
        FFmpeg's name, such as ``"fltp"``.
    channels : int
    sample_rate : int
        In Hz.
    """

    sample_format: str
    channels: int
    sample_rate: int

    @classmethod
    def of(cls, frame: Any) -> FrameFormat:
        """The format of an `av.AudioFrame`."""
        return cls(frame.format.name, frame.layout.nb_channels, frame.sample_rate)


def frame_bytes(frame: Any) -> bytes:
    """The samples of an `av.AudioFrame`, plane by plane; packed formats have one plane.

    Frames are not held themselves: FFmpeg would decode each into memory that no cache holds, and Python's garbage
    collector would go through all of them. Replaces PyAV's own ``to_ndarray``, which reads past the eighth channel
    (PyAV 18.1: it looks for a NULL pointer that is not there): 7.1 sound crashed the process, or got channels of random
    memory.
    """
    plane, frame_format, channels = _plane_type(), frame.format, frame.layout.nb_channels
    n_planes, count = (channels, frame.samples) if frame_format.is_planar else (1, frame.samples * channels)
    size = count * _DTYPES[frame_format.name].itemsize
    # A plane has room for more than its samples.
    return b"".join([memoryview(plane(frame, number))[:size] for number in range(n_planes if size else 0)])


@cache
def _plane_type() -> Any:
    """`AudioPlane`, imported once: a frame has 26 ms of sound, and an import statement takes as long as its samples."""
    from av.audio.plane import AudioPlane

    return AudioPlane


def to_channels(frames: Sequence[bytes], frame_format: FrameFormat) -> NDArray[np.float32]:
    """Join frames of one format [shape=(n, n_channels)]; float formats may hold NaN and infinity.

    Parameters
    ----------
    frames : sequence of bytes
        From `frame_bytes`; at least one.
    frame_format : FrameFormat
    """
    dtype, channels = _DTYPES[frame_format.sample_format], frame_format.channels
    is_planar = frame_format.sample_format.endswith("p")
    parts: Sequence[bytes | memoryview] = frames
    if is_planar and channels > 1:
        sizes = [len(frame) // channels for frame in frames]
        views = [memoryview(frame) for frame in frames]
        parts = [
            view[number * size : (number + 1) * size]
            for number in range(channels)
            for view, size in zip(views, sizes, strict=True)
        ]
    joined = np.frombuffer(bytearray().join(parts), dtype)
    joined = joined.reshape(channels, -1).T if is_planar else joined.reshape(-1, channels)
    with np.errstate(over="ignore", invalid="ignore"):  # what is not finite is the caller's to handle
        samples = joined.astype(np.float32, copy=False)
    plain = frame_format.sample_format.removesuffix("p")
    if plain in _OFFSETS:
        samples -= np.float32(_OFFSETS[plain])
    if plain in _SCALES:
        samples *= np.float32(1.0 / _SCALES[plain])
    return samples
