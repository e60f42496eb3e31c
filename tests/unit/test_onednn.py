"""oneDNN is switched on before TensorFlow can be imported, whichever way the program is entered."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from genre_desktop.core import locations

REPOSITORY = Path(__file__).resolve().parents[2]
SWITCH = "TF_ENABLE_ONEDNN_OPTS"

pytestmark = pytest.mark.skipif(
    platform.machine() not in ("x86_64", "AMD64"), reason="elsewhere TensorFlow decides on oneDNN"
)

# In the place of a library: how the switch stands at the first import is noted, and the process is over.
STAND_IN = f"""
import os
with open(os.environ["NOTED"], "a") as file:
    file.write(os.environ.get({SWITCH!r}, "not set") + "\\n")
os._exit(0)
"""


def switch_at_import(folder: Path, *arguments: object, **variables: str) -> set[str]:
    """How the switch stood when Python with these arguments first imported Keras or TensorFlow."""
    for library in ("keras", "tensorflow"):
        (folder / library).mkdir(parents=True)
        (folder / library / "__init__.py").write_text(STAND_IN)
    noted = folder / "noted"
    inherited = {name: value for name, value in os.environ.items() if name != SWITCH}
    environment = {**inherited, "PYTHONPATH": str(folder), "NOTED": str(noted), **variables}
    done = subprocess.run(
        [sys.executable, *map(str, arguments)], cwd=REPOSITORY, env=environment, capture_output=True, text=True
    )
    assert noted.exists(), f"neither was imported: {done.stdout} {done.stderr}"
    return set(noted.read_text().split("\n")) - {""}


@pytest.fixture
def clip() -> Path:
    return next(locations.demo_clips().glob("*.ogg"))


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    names = [f"{genre}.{number:05d}" for genre in ("blues", "jazz") for number in range(10)]
    spectrograms = np.random.default_rng(0).integers(0, 255, (len(names), 128, 200), dtype=np.uint8)
    path = tmp_path / "mels.npz"
    np.savez(path, q=spectrograms, vmin_db=np.full(len(names), -80, np.float32), names=np.array(names))
    return path


def test_it_is_on_for_the_commands_that_work_on_files(tmp_path: Path, clip: Path) -> None:
    for words in (["classify", clip, "--no-cache"], ["live", "--input", clip], ["check"]):
        assert switch_at_import(tmp_path / str(words[0]), "-m", "genre_desktop", *words) == {"1"}, words


def test_it_is_on_in_training_and_evaluation(tmp_path: Path, dataset: Path) -> None:
    for words in (["train", dataset, "--out", tmp_path / "out", "--recipe", "cnn"], ["evaluate", "gtzan-cnn", dataset]):
        assert switch_at_import(tmp_path / str(words[0]), "-m", "genre_desktop", *words) == {"1"}, words


def test_it_is_on_in_the_window(tmp_path: Path, clip: Path) -> None:
    assert switch_at_import(tmp_path / "stand-ins", "-m", "genre_desktop", clip) == {"1"}


@pytest.mark.parametrize(
    "module", ["genre_desktop.library.engine.decoder_process", "genre_desktop.model.layers", "training.musicnn.pruning"]
)
def test_it_is_on_after_any_import_of_the_package(tmp_path: Path, module: str) -> None:
    assert switch_at_import(tmp_path, "-c", f"import {module}, keras") == {"1"}


def test_an_own_setting_of_the_user_stays(tmp_path: Path, clip: Path) -> None:
    words = ["-m", "genre_desktop", "classify", clip, "--no-cache"]
    assert switch_at_import(tmp_path, *words, **{SWITCH: "0"}) == {"0"}
