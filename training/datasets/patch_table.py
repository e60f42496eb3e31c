"""The patches of a data set, and batches of them for fitting and scoring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.datasets.dataset import Dataset


@dataclass(frozen=True, eq=False)
class PatchTable:
    """Positions of patches in a data set, without their spectrograms.

    Attributes
    ----------
    track, start, variant : ndarray of int64 [shape=(n_patches,)]
        Track index, first frame and variant of each patch.
    """

    track: NDArray[np.int64]
    start: NDArray[np.int64]
    variant: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.track)

    def take(self, chosen: NDArray[np.int64] | NDArray[np.bool_]) -> PatchTable:
        """The rows with these positions, or where the mask is true."""
        return PatchTable(self.track[chosen], self.start[chosen], self.variant[chosen])


def patch_starts(n_frames: int, patch_frames: int, patch_hop: int) -> list[int]:
    """First frames of a track's patches, by the rule of `genre_desktop.audio.features.patches.PatchStream`.

    One each `patch_hop` frames, and one aligned to the end where half a hop or more would
    be left out.
    """
    last = n_frames - patch_frames
    starts = list(range(0, last + 1, patch_hop))
    if starts and last - starts[-1] >= patch_hop / 2:
        starts.append(last)
    return starts


def list_patches(dataset: Dataset, tracks: Sequence[int] | None = None, variants: int = 1) -> PatchTable:
    """Every patch of `patch_frames` frames, one each `patch_hop` frames.

    Parameters
    ----------
    dataset : Dataset
    tracks : sequence of int, optional
        Only these; all by default.
    variants : int
        How many variants of each track, the recording itself included.

    Returns
    -------
    PatchTable
        In the order of tracks, variants, time. Tracks shorter than a patch have none.
    """
    length, hop = dataset.config.patch_frames, dataset.config.patch_hop
    rows: list[tuple[int, int, int]] = []
    for track in range(len(dataset.tracks)) if tracks is None else tracks:
        for variant in range(variants):
            rows += [(track, start, variant) for start in patch_starts(dataset.n_frames(track, variant), length, hop)]
    columns = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return PatchTable(columns[:, 0], columns[:, 1], columns[:, 2])


def gather(dataset: Dataset, table: PatchTable) -> NDArray[np.float32]:
    """The patches of a table in dB [shape=(n_patches, patch_frames, n_mels)]."""
    length = dataset.config.patch_frames
    patches = np.empty((len(table), length, dataset.config.n_mels), np.float32)
    order = np.lexsort((table.variant, table.track))
    at: tuple[int, int] | None = None
    frames: NDArray[np.float32] = np.empty((0, dataset.config.n_mels), np.float32)
    for row in order:
        key = (int(table.track[row]), int(table.variant[row]))
        if key != at:
            frames, at = dataset.frames(*key), key
        start = int(table.start[row])
        patches[row] = frames[start : start + length]
    return patches
