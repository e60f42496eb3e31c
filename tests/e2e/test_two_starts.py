"""The program started twice: one window, which takes the files of the second start."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import soundfile

from genre_desktop.core.log import log_file
from genre_desktop.library.store.result_store import ResultStore
from tests.support.sounds import tune
from tests.support.waiting import PATIENCE_S

ROOT = Path(__file__).resolve().parents[2]
RATE = 22_050

# As `python -m genre_desktop`, but for a window that may take long to answer where the machine is busy.
PROGRAM = f"""
import sys
from genre_desktop.__main__ import main
from genre_desktop.gui.startup import single_instance

single_instance.ANSWER_S = single_instance.LISTEN_S = {PATIENCE_S}
sys.exit(main(sys.argv[1:]))
"""


def _start(*paths: str, cwd: Path) -> subprocess.Popen[str]:
    environment = dict(os.environ, PYTHONPATH=str(ROOT), QT_QPA_PLATFORM="offscreen")
    command = [sys.executable, "-c", PROGRAM, *paths]
    return subprocess.Popen(command, cwd=cwd, env=environment, stderr=subprocess.PIPE, text=True)


def _wait_for_log(text: str) -> str:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        said = log_file().read_text(encoding="utf-8") if log_file().exists() else ""
        if text in said:
            return said
        time.sleep(0.1)
    raise AssertionError(f"the log never said {text!r}")


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT for another process")
def test_the_second_start_ends_and_its_file_gets_a_genre_in_the_first(tmp_path: Path) -> None:
    name = os.fsdecode("caf\u00e9 ".encode() + b"\xff.wav") if sys.platform == "linux" else "café.wav"
    with (tmp_path / name).open("wb") as file:
        soundfile.write(file, tune(6.0, RATE), RATE, format="WAV")
    first = _start(cwd=ROOT)
    try:
        _wait_for_log("first paint")
        second = _start(name, cwd=tmp_path)  # a relative path, while the first is most likely still loading its model
        assert second.communicate(timeout=PATIENCE_S)[1] == "Handed to the window that is open already.\n"
        assert second.returncode == 0
        _wait_for_log("another start hands over 1 paths")
        said = _wait_for_log("ready")
        path = str(tmp_path / name)
        with ResultStore.open() as store:
            deadline = time.monotonic() + PATIENCE_S
            while (facts := _facts(store, path)) is None and time.monotonic() < deadline:
                time.sleep(0.1)
            assert facts is not None, "the file was classified"
        assert said.count("first paint") == 1, "there was one window"
    finally:
        first.send_signal(signal.SIGINT)
        problems = first.communicate(timeout=PATIENCE_S)[1]
    assert first.returncode == 0, problems
    assert "Traceback" not in problems


def _facts(store: ResultStore, path: str) -> object:
    stat = os.stat(path)
    return store.find_facts(path, stat.st_size, stat.st_mtime_ns)
