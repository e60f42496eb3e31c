"""Samples of a frame as PyAV hands it out."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

_DTYPES: Final = {"u8": "u1", "s16": "i2", "s32": "i4", "s64": "i8", "flt": "f4", "dbl": "f8"}
"""By FFmpeg's names of sample formats, without the ``p`` of planar ones."""


def frame_array(frame: Any) -> NDArray[Any]:
    """The samples of an `av.AudioFrame` [shape=(n_channels, n), or (1, n * n_channels) where they are packed].

    As its own ``to_ndarray``, which takes whatever stands in memory behind the eighth channel for more of them
    (PyAV 18.1: it looks for a NULL that is not there): 7.1 sound crashed the process, or had channels of junk.
    """
    from av.audio.plane import AudioPlane

    name, channels = frame.format.name, frame.layout.nb_channels
    n_planes, count = (channels, frame.samples) if frame.format.is_planar else (1, frame.samples * channels)
    dtype = np.dtype(_DTYPES[name.removesuffix("p")])
    return np.vstack([np.frombuffer(AudioPlane(frame, i), dtype, count) for i in range(n_planes)])
