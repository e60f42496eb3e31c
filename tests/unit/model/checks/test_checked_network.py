"""A network that does not fit its card, and what is imported by the checks."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest

from genre_desktop.core import locations
from genre_desktop.core.errors import BundleRefusedError, ModelError, ModelInputError, ModelMemoryError
from genre_desktop.model import predictor
from genre_desktop.model.bundles.bundle import ModelBundle, read_bundle
from genre_desktop.model.checks import checked_network
from genre_desktop.model.checks.checked_network import read_checked
from genre_desktop.model.checks.network_plan import read_plan
from genre_desktop.model.predictor import Predictor
from tests.conftest import REPOSITORY
from tests.unit.model.checks.crafted_bundles import (
    in_place_of_relu,
    setting,
    with_config,
)

pytestmark = pytest.mark.usefixtures("no_keras")


def test_a_network_for_other_patches_or_genres_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelInputError):
        Predictor.load(with_config(tmp_path / "genres", setting("genres", "units", 9)))
    with pytest.raises(ModelError):
        Predictor.load(with_config(tmp_path / "patch", setting("patch", "batch_shape", [None, 64, 128])))


def test_calculations_are_limited_for_a_second_of_sound(tmp_path: Path) -> None:
    heavy = setting("conv3", "kernel_size", [31, 31])
    assert read_plan(json.dumps(heavy).encode()).layers
    bundle = with_config(tmp_path / "gift", heavy)
    dense = replace(bundle, config=replace(bundle.config, hop_length=1024, patch_hop=2))
    with pytest.raises(BundleRefusedError, match="calculations for a second of sound"):
        read_checked(dense)


@pytest.mark.parametrize(
    ("architecture", "patch_hop"),
    [
        ({"feature_layer": "dense1"}, 2),
        ({"feature_layers": ["dense1"] * 8}, 16),  # the same layer counts as often as it is named
    ],
)
def test_features_are_limited_for_a_second_of_sound(
    tmp_path: Path, architecture: dict[str, object], patch_hop: int
) -> None:
    # 0.4 patches of 256 features a second are good, 21 patches take a gigabyte an hour.
    bundle = with_config(tmp_path / "gift", setting("dense1", "units", 256))
    card = {**bundle.card, "architecture": architecture}
    dense = replace(bundle, card=card, config=replace(bundle.config, hop_length=1024, n_mels=128, patch_hop=patch_hop))
    with pytest.raises(BundleRefusedError, match="features for a second of sound"):
        read_checked(dense)


def test_checking_imports_neither_keras_nor_h5py(tmp_path: Path) -> None:
    function = {"module": "keras.layers", "class_name": "TFSMLayer", "config": {}}
    with_config(tmp_path / "gift", in_place_of_relu("Lambda", "keras.layers", {"function": function}))
    script = (
        "import sys; from pathlib import Path; from genre_desktop.core.errors import BundleRefusedError\n"
        "from genre_desktop.model.bundles.bundle import read_bundle\n"
        "from genre_desktop.model.predictor import Predictor\n"
        "try: Predictor.load(read_bundle(Path(sys.argv[1])))\n"
        "except BundleRefusedError: print(sorted({'keras', 'tensorflow', 'h5py'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "gift")], cwd=REPOSITORY, capture_output=True, text=True
    )
    assert done.stdout.strip() == "[]", done.stderr


def test_too_little_memory_is_no_fault_of_the_model(musicnn: ModelBundle, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_memory(*_: object) -> NoReturn:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(checked_network, "read_arrays", no_memory)
        with pytest.raises(ModelMemoryError, match="too little memory here for the model gtzan-musicnn"):
            read_checked(musicnn)
    monkeypatch.setattr(predictor, "load_backend", lambda: None)
    monkeypatch.setattr(predictor, "build_network", no_memory)
    with pytest.raises(ModelMemoryError):
        Predictor.load_keras(musicnn)


@pytest.fixture
def musicnn() -> ModelBundle:
    return read_bundle(locations.shipped_models() / "gtzan-musicnn")
