"""oneDNN is switched on before TensorFlow can be imported, and TensorFlow only where it is needed."""

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
    done, noted = run_with_stand_ins(folder, *arguments, **variables)
    assert noted, f"neither was imported: {done.stdout} {done.stderr}"
    return noted


def run_with_stand_ins(
    folder: Path, *arguments: object, **variables: str
) -> tuple[subprocess.CompletedProcess[str], set[str]]:
    """Run Python with these arguments; what it came to, and how the switch stood at imports of Keras or TensorFlow."""
    for library in ("keras", "tensorflow"):
        (folder / library).mkdir(parents=True)
        (folder / library / "__init__.py").write_text(STAND_IN)
    noted = folder / "noted"
    inherited = {name: value for name, value in os.environ.items() if name != SWITCH}
    environment = {**inherited, "PYTHONPATH": str(folder), "NOTED": str(noted), **variables}
    done = subprocess.run(
        [sys.executable, *map(str, arguments)], cwd=REPOSITORY, env=environment, capture_output=True, text=True
    )
    return done, set(noted.read_text().split("\n")) - {""} if noted.exists() else set()


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


def test_a_shipped_model_answers_without_tensorflow(tmp_path: Path, clip: Path) -> None:
    for words in (["classify", clip, "--no-cache"], ["live", "--input", clip]):
        done, noted = run_with_stand_ins(tmp_path / str(words[0]), "-m", "genre_desktop", *words)
        assert (done.returncode, noted) == (0, set()), (words, done.stderr)
        assert done.stdout


def test_the_window_loads_a_shipped_model_without_tensorflow(tmp_path: Path, clip: Path) -> None:
    program = (
        "from genre_desktop.gui.session.services import Services\n"
        "from genre_desktop.model.classify_file import classify_file\n"
        "services = Services()\n"
        "predictor = services.load_predictor(services.default_bundle())\n"
        f"print(classify_file({str(clip)!r}, predictor).genre)\n"
    )
    done, noted = run_with_stand_ins(tmp_path, "-c", program)
    assert (done.returncode, noted) == (0, set()), done.stderr
    assert done.stdout.strip()


def test_it_is_on_for_a_model_that_keras_has_to_compute(tmp_path: Path) -> None:
    program = (
        "from genre_desktop.model.bundles.catalogue import default_bundle\n"
        "from genre_desktop.model.checks import passed_trials\n"
        "from genre_desktop.model.predictor import Predictor\n"
        "passed_trials.numpy_agrees = lambda _bundle: False\n"
        "Predictor.load(default_bundle())\n"
    )
    assert switch_at_import(tmp_path, "-c", program) == {"1"}


def test_it_is_on_in_the_self_check(tmp_path: Path) -> None:
    assert switch_at_import(tmp_path, "-m", "genre_desktop", "check") == {"1"}


def test_it_is_on_in_training_and_evaluation(tmp_path: Path, dataset: Path) -> None:
    for words in (["train", dataset, "--out", tmp_path / "out", "--recipe", "cnn"], ["evaluate", "gtzan-cnn", dataset]):
        assert switch_at_import(tmp_path / str(words[0]), "-m", "genre_desktop", *words) == {"1"}, words


@pytest.mark.parametrize(
    "module", ["genre_desktop.library.engine.decoder_process", "genre_desktop.model.layers", "training.musicnn.pruning"]
)
def test_it_is_on_after_any_import_of_the_package(tmp_path: Path, module: str) -> None:
    assert switch_at_import(tmp_path, "-c", f"import {module}, keras") == {"1"}


def test_an_own_setting_of_the_user_stays(tmp_path: Path) -> None:
    assert switch_at_import(tmp_path, "-m", "genre_desktop", "check", **{SWITCH: "0"}) == {"0"}


@pytest.mark.parametrize("module", ["genre_desktop.library.engine.decoder_process", "genre_desktop.model.predictor"])
def test_numpy_calculates_on_one_processor(module: str) -> None:
    program = (
        f"import {module}, numpy, threadpoolctl\n"
        "numbers = [library['num_threads'] for library in threadpoolctl.threadpool_info()]\n"
        "assert set(numbers) <= {1}, numbers\n"
    )
    inherited = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    subprocess.run([sys.executable, "-c", program], cwd=REPOSITORY, env=inherited, check=True)
