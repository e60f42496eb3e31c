"""Libraries that would take files from a stranger's folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from genre_desktop.core.untrusted import root_folder
from genre_desktop.core.untrusted.root_folder import call_in_root_folder
from tests.support.waiting import PATIENCE_S

REPOSITORY = Path(__file__).resolve().parents[4]
ROOT = os.path.abspath(os.sep)

LOAD = {
    "the engine": "from genre_desktop.model.keras_backend import load_backend as load",
    "the charts": "from genre_desktop.core.untrusted.root_folder import load_matplotlib as load",
}

# The words of Python's own command line are what TensorFlow looks at, so that the program has to be one of "-m".
PROGRAM = """
import sys

sys.path.insert(0, {repository!r})
{load}

load()
if "tensorflow" in sys.modules:
    import tensorflow

    tensorflow.constant(0) + 1
import matplotlib

print(matplotlib.rcParams["savefig.dpi"])
"""


@pytest.fixture
def gift(tmp_path: Path) -> Path:
    """A folder as a model or an album may come in."""
    folder = tmp_path / "gift"
    folder.mkdir()
    (folder / "matplotlibrc").write_text("savefig.dpi: 3500\n")
    return folder


def started_in(folder: Path, load: str) -> str:
    program = folder.parent / "program" / "program_of_ours.py"
    program.parent.mkdir()
    program.write_text(PROGRAM.format(repository=str(REPOSITORY), load=LOAD[load]))
    environment = {**os.environ, "PYTHONPATH": str(program.parent)}
    command = [sys.executable, "-P", "-m", program.stem]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=2 * PATIENCE_S, check=True
    )
    return done.stdout.strip()


@pytest.mark.parametrize("load", LOAD)
def test_matplotlib_takes_no_settings_from_the_current_folder(gift: Path, load: str) -> None:
    assert started_in(gift, load) == "figure"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere TensorFlow asks the system where the program is")
def test_tensorflow_takes_no_kernels_from_the_current_folder(gift: Path) -> None:
    kernels = gift / "program_of_ours" / "tensorflow" / "core" / "kernels"
    kernels.mkdir(parents=True)
    os.mkfifo(kernels / "libtfkernel_gift.so")  # whoever looks into it waits for ever
    assert started_in(gift, "the engine") == "figure"


def test_the_current_folder_of_the_others_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_own_folder: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call_in_root_folder(os.getcwd) == (ROOT if has_own_folder else str(tmp_path))
    assert os.getcwd() == str(tmp_path)


@pytest.mark.parametrize("trap", ["matplotlibrc", "program.runfiles", "program/tensorflow"])
def test_where_a_thread_has_no_folder_of_its_own_all_go_there_if_need_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trap: str
) -> None:
    monkeypatch.setattr(root_folder, "_has_own_folder", lambda: False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / trap).mkdir(parents=True)
    assert call_in_root_folder(os.getcwd) == ROOT
    assert os.getcwd() == str(tmp_path)


def test_what_is_raised_arrives() -> None:
    with pytest.raises(ZeroDivisionError):
        call_in_root_folder(lambda: 1 // 0)


@pytest.fixture
def has_own_folder() -> bool:
    """Whether a thread can have one here; asked in one that ends."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(root_folder._has_own_folder).result()


WINDOW = """
import os, sys
from genre_desktop import __main__
from genre_desktop.core import locations
from genre_desktop.gui.startup import single_instance

single_instance.hand_over_or_claim = lambda paths: print(os.getcwd(), locations.user_data(), *paths, sep="\\n")
sys.exit(__main__.open_window(["song.wav"]))
"""


def test_the_window_does_not_stay_in_the_current_folder(tmp_path: Path) -> None:
    command = [sys.executable, "-P", "-c", WINDOW]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "GENRE_DESKTOP_HOME": "mine"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [ROOT, str(tmp_path / "mine" / "data"), str(tmp_path / "song.wav")]
