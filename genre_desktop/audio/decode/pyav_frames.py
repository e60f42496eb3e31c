"""Decoded frames of PyAV as NumPy arrays."""

from __future__ import annotations

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


class FrameBuffer:
    """Decoded frames of one format, one after the other.

    Each is copied at once, as bytes. Frames that are held would be decoded into memory that no cache holds, and the
    garbage collector would go through all of them; an array for each takes twice as long. Replaces PyAV's own
    ``to_ndarray``, which reads past the eighth channel (PyAV 18.1: it looks for a NULL pointer that is not there): 7.1
    sound crashed the process, or got channels of random memory.

    Parameters
    ----------
    frame_format : FrameFormat

    Attributes
    ----------
    lengths : list of int
        Samples of each frame.
    """

    def __init__(self, frame_format: FrameFormat) -> None:
        self.format = frame_format
        self.lengths: list[int] = []
        self._dtype = _DTYPES[frame_format.sample_format]
        self._is_planar = frame_format.sample_format.endswith("p")
        self._planes: list[list[bytes]] = [[] for _ in range(frame_format.channels if self._is_planar else 1)]
        self._sample_bytes = self._dtype.itemsize * (1 if self._is_planar else frame_format.channels)
        self._plane_type = _plane_type()

    def push(self, frame: Any) -> None:
        """Append an `av.AudioFrame` of the format."""
        count = frame.samples
        size = count * self._sample_bytes
        for number, plane in enumerate(self._planes if count else ()):
            # It has room for more than its samples.
            plane.append(bytes(memoryview(self._plane_type(frame, number))[:size]))
        if count:
            self.lengths.append(count)

    def drop(self, n_frames: int) -> None:
        """Drop the first frames."""
        del self.lengths[:n_frames]
        for plane in self._planes:
            del plane[:n_frames]

    def samples(self, n_frames: int | None = None) -> NDArray[np.float32]:
        """The first frames, or all of them, joined [shape=(n, n_channels)]; float formats may hold NaN and infinity."""
        joined = np.frombuffer(
            bytearray().join([part for plane in self._planes for part in plane[:n_frames]]), self._dtype
        )
        n_channels = self.format.channels
        count = sum(self.lengths[:n_frames])
        joined = joined.reshape(n_channels, count).T if self._is_planar else joined.reshape(count, n_channels)
        with np.errstate(over="ignore", invalid="ignore"):  # what is not finite is the caller's to handle
            samples = joined.astype(np.float32, copy=False)
        plain = self.format.sample_format.removesuffix("p")
        if plain in _OFFSETS:
            samples -= np.float32(_OFFSETS[plain])
        if plain in _SCALES:
            samples *= np.float32(1.0 / _SCALES[plain])
        return samples


def frame_samples(frame: Any) -> NDArray[np.float32]:
    """The samples of one `av.AudioFrame`, see `FrameBuffer.samples`."""
    buffer = FrameBuffer(FrameFormat.of(frame))
    buffer.push(frame)
    return buffer.samples()


@cache
def _plane_type() -> Any:
    """`AudioPlane`, imported once: a frame has 26 ms of sound, and an import statement takes as long as its samples."""
    from av.audio.plane import AudioPlane

    return AudioPlane
