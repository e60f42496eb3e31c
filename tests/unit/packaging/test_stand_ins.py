"""The stand-ins for libraries that the packaged program does not carry."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.support.waiting import PATIENCE_S

ROOT = Path(__file__).resolve().parents[3]
HOOKS = ROOT / "packaging" / "hooks"

_AUGMENT = """
import sys
sys.path[:0] = [{root!r}, {hooks!r}]
import stand_ins
sys.modules["numba"] = stand_ins.numba()
import numpy as np
from training.datasets.augmentation import augment_waveform
time = np.arange(44100, dtype=np.float32) / 22050
sound = np.sin(2 * np.pi * 440 * time) * .3
np.save({path!r}, augment_waveform(sound.astype(np.float32), 22050, np.random.default_rng(3)))
assert "llvmlite" not in sys.modules
"""


def test_training_changes_sound_without_numba(tmp_path: Path) -> None:
    code = _AUGMENT.format(root=str(ROOT), hooks=str(HOOKS), path=str(tmp_path / "changed.npy"))
    subprocess.run([sys.executable, "-c", code], check=True, timeout=PATIENCE_S)
    changed = np.load(tmp_path / "changed.npy")
    drawn = np.random.default_rng(3)
    rate, semitones = drawn.uniform(0.9, 1.1), drawn.uniform(-2, 2)
    assert len(changed) == pytest.approx(44_100 / rate, rel=0.01)
    spectrum = np.abs(np.fft.rfft(changed * np.hanning(len(changed))))
    loudest = np.argmax(spectrum) * 22_050 / len(changed)
    assert loudest == pytest.approx(440 * 2 ** (semitones / 12), rel=0.01)


def test_what_would_mean_something_else_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(HOOKS)
    import stand_ins

    numba = stand_ins.numba()

    @numba.jit(nopython=True, cache=True)
    def twice(number: int) -> int:
        return 2 * number

    @numba.stencil
    def neighbours(values: np.ndarray) -> float:
        return float(values[-1] + values[1])

    assert twice(4) == 8
    with pytest.raises(NotImplementedError, match="neighbours needs numba"):
        neighbours(np.arange(4))
    assert numba.uint32 is np.uint32
    assert not hasattr(numba, "cuda")


def test_children_get_the_environment_that_the_program_was_started_with(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(HOOKS)
    import library_paths

    code = (
        f"import sys, os, json; sys.path.insert(0, {str(HOOKS)!r}); import library_paths;"
        "library_paths.restore_environment();"
        "print(json.dumps([os.environ.get(f'{name}_PATH') for name in ('LD_LIBRARY', 'QT_PLUGIN', 'QML2_IMPORT')]))"
    )
    for before in (None, "/opt/lib"):
        environment = {f"{name}_PATH": "/program" for name in ("LD_LIBRARY", "QT_PLUGIN", "QML2_IMPORT")}
        environment["PATH"] = os.environ["PATH"]
        if before is not None:
            environment["LD_LIBRARY_PATH_ORIG"] = before
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True, text=True)
        assert json.loads(done.stdout) == [before, None, None]
    assert library_paths


def test_the_port_audio_of_the_folder_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(HOOKS)
    import ctypes.util

    import library_paths

    monkeypatch.setattr(ctypes.util, "find_library", lambda name: f"system's {name}")
    (tmp_path / "libportaudio.so.2").touch()
    library_paths.find_bundled_first(str(tmp_path))
    assert ctypes.util.find_library("portaudio") == str(tmp_path / "libportaudio.so.2")
    assert ctypes.util.find_library("c") == "system's c"
