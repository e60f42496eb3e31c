"""Bundles without a network, a predictor that needs none, and the subcommand ``classify``."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from genre_desktop.__main__ import main
from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.core import locations
from genre_desktop.model.bundles.bundle import ModelBundle, read_bundle
from genre_desktop.model.bundles.catalogue import SHIPPED_DEFAULT
from genre_desktop.model.predictor import Predictor
from tests.support.odd_files import music, write_sound

LABELS = ("blues", "jazz", "rock")

FIGURES = {
    "accuracy": 0.62,
    "accuracy_ci95": [0.55, 0.69],
    "n_tracks": 197,
    "leaking": False,
    "precision_macro": 0.61,
    "recall_macro": 0.6,
    "f1_macro": 0.605,
}


@pytest.fixture(autouse=True)
def shipped(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of shipped models in the place of the real one."""
    folder = tmp_path_factory.mktemp("shipped")
    monkeypatch.setattr(locations, "shipped_models", lambda: folder)
    return folder


@pytest.fixture
def make_bundle(shipped: Path) -> Callable[..., ModelBundle]:
    """Write a bundle; one that is not shipped stands among the user's models unless `folder` is given."""

    def make(name: str, *, is_shipped: bool = False, folder: Path | None = None, **card: Any) -> ModelBundle:
        path = folder or (shipped if is_shipped else locations.user_models()) / name
        path.mkdir(parents=True)
        (path / "model.keras").write_bytes(b"weights")
        content = {
            "format": 1,
            "name": name,
            "description": f"The model {name}.",
            "labels": list(LABELS),
            "features": FeatureConfig().to_dict(),
            "weights_sha256": hashlib.sha256(b"weights").hexdigest(),
            "metrics": {"lists": FIGURES},
            **card,
        }
        (path / "card.json").write_text(json.dumps(content), "utf-8")
        return read_bundle(path)

    return make


@pytest.fixture
def jazz_model(make_bundle: Callable[..., ModelBundle], monkeypatch: pytest.MonkeyPatch) -> ModelBundle:
    """The default model, whose answer is always jazz (70 %). Decoding and features are the real ones."""
    bundle = make_bundle(SHIPPED_DEFAULT, is_shipped=True)

    def forward(patches: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.tile(np.array([0.1, 0.7, 0.2], np.float32), (len(patches), 1))

    monkeypatch.setattr(Predictor, "load", lambda bundle: Predictor(bundle, forward))
    return bundle


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Call ``genre-desktop classify``: exit status, standard output, standard error."""

    def run(*words: object) -> tuple[int, str, str]:
        try:
            status = main(["classify", *map(str, words)])
        except SystemExit as ended:  # argparse
            status = int(ended.code or 0)
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return status, out, err

    return run


@pytest.fixture
def song(tmp_path: Path) -> Path:
    return write_sound(tmp_path / "song.wav", music(8.0))


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "empty.wav"
    path.touch()
    return path
