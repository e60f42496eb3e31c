"""What the program keeps for itself nobody else can read; what a person exports has the rights of their other files."""

from __future__ import annotations

import logging
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from genre_desktop.audio.capture.recording_recovery import recover_recordings
from genre_desktop.audio.capture.wav_recorder import WavRecorder
from genre_desktop.core import crash_log, locations
from genre_desktop.core.log import close_logging, configure_logging
from genre_desktop.core.run_marker import RunMarker, markers_folder
from genre_desktop.core.settings import Settings, save_settings, settings_file
from genre_desktop.library.export.csv_table import CsvTableSink, GrowingCsvTableSink
from genre_desktop.library.export.result_sink import write_all
from genre_desktop.library.store.result_store import ResultStore

pytestmark = pytest.mark.skipif(os.name == "nt", reason="modes say nothing there")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def is_private(path: Path) -> bool:
    return mode(path) & 0o077 == 0


@pytest.fixture(params=[0o022, 0o000], ids=["umask 022", "umask 000"], autouse=True)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


@pytest.fixture(params=["new", "wide"])
def own(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing yet, or folders and files of a version that left them open."""
    monkeypatch.setenv(locations.HOME_VARIABLE, str(tmp_path / "home"))
    if request.param == "wide":
        for folder in (locations.user_data(), locations.user_config(), locations.user_log(), markers_folder()):
            folder.mkdir(parents=True)
            folder.chmod(0o777)
        ResultStore.open().close()
        for path in (locations.user_log() / "genre-desktop.log", crash_log.crash_log(), settings_file()):
            path.touch()
        for path in tmp_path.rglob("*"):
            path.chmod(0o777 if path.is_dir() else 0o666)
    return tmp_path / "home"


def test_the_store_and_the_files_beside_it(own: Path) -> None:
    with ResultStore.open() as store:
        store.add_paths(["/music/x.mp3"])
        files = sorted(locations.user_data().glob("library.sqlite3*"))
        assert [path.name for path in files] == ["library.sqlite3", "library.sqlite3-shm", "library.sqlite3-wal"]
        assert all(map(is_private, files))
    assert is_private(locations.user_data())


def test_a_store_in_another_folder_leaves_that_folder_alone(tmp_path: Path) -> None:
    folder = tmp_path / "of many"
    folder.mkdir(mode=0o755)
    before = mode(folder)
    ResultStore.open(folder / "x.sqlite3").close()
    assert is_private(folder / "x.sqlite3")
    assert mode(folder) == before


def test_logs(own: Path) -> None:
    try:
        path = configure_logging()
        for number in range(40):
            logging.getLogger("genre_desktop").warning("%d %s", number, "x" * 100_000)
        crash_log.append("something")
        found = sorted(locations.user_log().iterdir())
        assert {path.name, path.name + ".1", "crash.log"} <= {each.name for each in found}
        rotated = [each for each in found if each.is_file() and each.name != path.name + ".3"]
        assert all(map(is_private, rotated))
        assert is_private(locations.user_log())
    finally:
        close_logging()


def test_marks_of_sessions(own: Path) -> None:
    with RunMarker() as mark:
        assert mark.is_set
        assert all(map(is_private, [markers_folder(), *markers_folder().iterdir()]))


def test_settings(own: Path) -> None:
    save_settings(Settings())
    assert is_private(settings_file())
    assert is_private(locations.user_config())


def test_each_start_claims_the_folders(own: Path) -> None:
    subprocess.run([sys.executable, "-m", "genre_desktop", "--version"], check=True, timeout=120, capture_output=True)
    assert is_private(locations.user_cache())
    present = [path for path in own.iterdir() if path.is_dir()]
    assert locations.user_log() in present
    assert all(map(is_private, present))


def test_a_recording_is_private_until_it_is_done(tmp_path: Path, umask: int) -> None:
    path = tmp_path / "recordings" / "x.wav"
    path.parent.mkdir()
    recorder = WavRecorder(path, 8_000)
    recorder.write(np.zeros(800, np.float32))
    assert [is_private(each) for each in path.parent.iterdir()] == [True]
    recorder.finish()
    assert mode(path) == 0o666 & ~umask


def test_a_recovered_recording_has_the_permissions_of_its_folder(tmp_path: Path, umask: int) -> None:
    folder = tmp_path / "recordings"
    folder.mkdir()
    program = (
        "import os, sys\nimport numpy as np\nfrom genre_desktop.audio.capture.wav_recorder import WavRecorder\n"
        "recorder = WavRecorder(sys.argv[1], 8_000)\nrecorder.write(np.zeros(80_000, np.float32))\nos._exit(1)\n"
    )
    subprocess.run([sys.executable, "-c", program, str(folder / "x.wav")], timeout=120)
    (found,) = recover_recordings(folder)
    assert mode(Path(found.path)) == 0o666 & ~umask


def test_exports_have_the_permissions_of_other_files_of_the_user(tmp_path: Path, umask: int) -> None:
    write_all(CsvTableSink(tmp_path / "x.csv", "m"), [])
    assert mode(tmp_path / "x.csv") == 0o666 & ~umask
    growing = GrowingCsvTableSink(tmp_path / "y.csv")
    growing.open()
    growing.finish()
    assert mode(tmp_path / "y.csv") == 0o666 & ~umask
