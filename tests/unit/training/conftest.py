"""A data set of made-up spectrograms that a network can learn within seconds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

GENRES = ("high", "low", "middle")
N_COLUMNS = 200


@pytest.fixture(scope="session")
def npz(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three genres, told apart by the band that sounds; 8 tracks of 4 artists each, lists beside."""
    folder = tmp_path_factory.mktemp("data")
    rng = np.random.default_rng(0)
    bands = {"low": 15, "middle": 60, "high": 105}
    quiet = rng.integers(0, 90, (24, 128, N_COLUMNS), dtype=np.uint8)
    names = []
    for i in range(24):
        genre = GENRES[i % 3]
        names.append(f"{genre}.{i // 3:05d}")
        quiet[i, bands[genre] : bands[genre] + 8, :: rng.integers(2, 5)] = 250
    np.savez(folder / "mels.npz", q=quiet, vmin_db=np.full(24, -80, np.float32), names=np.array(names))
    rows = ["name\tsplit\tartist\ttitle"]
    rows += [f"{name}\tx\tartist {name[:2]}{int(name[-1]) // 2}\t-" for name in names]
    (folder / "artists.tsv").write_text("\n".join(rows), "utf-8")
    (folder / "splits").mkdir()
    (folder / "splits" / "train_x.txt").write_text("\n".join(n for n in names if int(n[-1]) < 6), "utf-8")
    (folder / "splits" / "valid_x.txt").write_text("\n".join(n for n in names if int(n[-1]) >= 6), "utf-8")
    return folder / "mels.npz"
