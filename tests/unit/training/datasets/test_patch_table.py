from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.audio.features.patches import cut_patches
from training.datasets.npz_dataset import read_npz
from training.datasets.patch_table import gather, list_patches, patch_starts


def test_patches_stand_every_hop_and_hold_the_frames(npz: Path) -> None:
    dataset = read_npz(npz)
    table = list_patches(dataset, [0, 5])
    assert list(zip(table.track.tolist(), table.start.tolist(), strict=True)) == [(0, 0), (0, 64), (5, 0), (5, 64)]
    patches = gather(dataset, table)
    np.testing.assert_array_equal(patches[3], dataset.frames(5)[64:192])


@pytest.mark.parametrize("n_frames", [0, 100, 128, 129, 159, 160, 192, 245, 723, 1292])
def test_patches_are_those_that_the_program_cuts(n_frames: int) -> None:
    config = FeatureConfig()
    frames = np.arange(n_frames, dtype=np.float32)[:, None] * np.ones(config.n_mels, np.float32)
    cut = cut_patches(frames, config).values[:, 0, 0]
    assert patch_starts(n_frames, config.patch_frames, config.patch_hop) == cut.tolist()
