"""Gaps: spans of near silence within the sound, where a stream dropped out or a part was silenced.

A network that learned from music without gaps takes them for a trait of the genre. With 1 s of every 5 s silenced,
gtzan-cnn gave 10 of 24 recordings the genre that it gives them whole, with gaps closed 23; gtzan-musicnn 21 and 22.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from genre_desktop.audio.features.config import FeatureConfig

GAP_DB = -45.0
"""Level relative to the loudest value of the patch below which a frame is near silence."""

GAP_S = 0.2
"""Shortest gap in seconds. With both limits 344 of 346 recordings (GTZAN) have none; from -40 dB on six would have one,
from -35 dB on 16; rests in reggae last 0.15 s."""


def close_gaps(patches_db: NDArray[np.float32], config: FeatureConfig) -> NDArray[np.float32]:
    """Patches in which the sounding frames stand without gaps, repeated to fill the patch.

    Parameters
    ----------
    patches_db : ndarray of float32 [shape=(n, patch_frames, n_mels)]
        In dB, before any scaling.
    config : FeatureConfig

    Returns
    -------
    ndarray of float32
        Of the same shape; the very same array where no patch has a gap. A patch of nothing but gaps stays as it is.
    """
    level_db = patches_db.max(axis=2)
    soft = level_db < level_db.max(axis=1, keepdims=True) + np.float32(GAP_DB)
    # Half a window beside a gap still reaches into it.
    margin = round(config.n_fft / 2 / config.hop_length)
    in_gap = in_runs(soft, max(1, round(GAP_S / config.frame_s)), margin)
    if not in_gap.any():
        return patches_db
    closed = patches_db.copy()
    for number in np.flatnonzero(in_gap.any(axis=1)):
        # Shorter silence too: a gap may begin or end at the edge of the patch.
        sounding = np.flatnonzero(~(in_gap[number] | soft[number]))
        if sounding.size:
            closed[number] = patches_db[number, np.resize(sounding, config.patch_frames)]
    return closed


def in_runs(mask: NDArray[np.bool_], least: int, margin: int = 0) -> NDArray[np.bool_]:
    """Which values lie in a run of true ones, or so near one [shape=(n, length)].

    Parameters
    ----------
    mask : ndarray of bool [shape=(n, length)]
    least : int
        Length of the shortest run that counts, 1 or above.
    margin : int
        So many values on either side of a run are true as well.

    Examples
    --------
    >>> mask = np.array([[True, False, False, True, True, False, False]])
    >>> in_runs(mask, 2, margin=1).astype(int).tolist()
    [[0, 0, 1, 1, 1, 1, 0]]
    """
    if least > mask.shape[1]:
        return np.zeros_like(mask)
    around = least - 1 + margin
    begins = np.pad(sliding_window_view(mask, least, axis=1).all(axis=2), ((0, 0), (around, around)))
    return np.asarray(sliding_window_view(begins, least + 2 * margin, axis=1).any(axis=2))
