from __future__ import annotations

import errno
import faulthandler
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from genre_desktop.core import crash_log, run_marker
from genre_desktop.core.errors import NoDisplayError
from genre_desktop.core.log import close_logging, configure_logging
from genre_desktop.core.log_reader import LogReader
from genre_desktop.core.run_marker import RunMarker, markers_folder, take_unclean_exits

_OPEN = """
import ctypes, os, signal, sys
from genre_desktop.core.log import configure_logging
from genre_desktop.core.run_marker import RunMarker
configure_logging()
def paint(): ctypes.string_at(0)
with RunMarker():
    print("open", flush=True)
    exec(sys.argv[1])
"""


def end_window(then: str) -> int:
    # No fault handler of pytest's, which writes to standard error.
    return subprocess.run([sys.executable, "-X", "faulthandler=0", "-c", _OPEN, then], capture_output=True).returncode


@pytest.fixture(autouse=True)
def _keep_pytests_own_fault_handler() -> Iterator[None]:
    yield
    close_logging()
    faulthandler.enable(sys.__stderr__)


def markers() -> list[Path]:
    return list(markers_folder().iterdir())


def test_a_run_that_ends_properly_leaves_nothing() -> None:
    assert end_window("pass") == 0
    assert markers() == [] and take_unclean_exits() == ()


def test_a_crash_in_native_code_is_reported_once_with_its_stack() -> None:
    before = datetime.now(UTC)
    assert end_window("paint()") != 0
    (end,) = take_unclean_exits()
    assert "in paint" in end.trace
    assert end.ended is not None and end.started is not None
    assert abs((end.ended - before).total_seconds()) < 60 and end.ended.tzinfo is not None
    assert take_unclean_exits() == () and markers() == []
    (entry,) = LogReader(crash_log.crash_log()).read()
    assert "in paint" in entry.text and f"version {end.version}" in entry.text, "the stack is not lost"
    assert entry.time == f"{end.ended:%Y-%m-%d %H:%M:%S}" and entry.process == str(end.process) != "0"


def test_a_kill_leaves_no_stack_and_no_time() -> None:
    assert end_window("os.kill(os.getpid(), signal.SIGKILL)") != 0
    (end,) = take_unclean_exits()
    assert end.trace == "" and end.ended is None and end.started is not None


def test_an_uncaught_error_counts_as_a_crash() -> None:
    assert end_window("raise ValueError('of no use')") == 1
    (end,) = take_unclean_exits()
    assert "ValueError: of no use" in end.trace


@pytest.mark.parametrize("error", [NoDisplayError(reason="none"), KeyboardInterrupt(), SystemExit(2)])
def test_an_error_with_a_code_is_a_proper_end(error: BaseException) -> None:
    with pytest.raises(type(error)), RunMarker():
        raise error
    assert take_unclean_exits() == ()


def test_an_open_window_is_no_unclean_exit() -> None:
    code = _OPEN.replace("exec(sys.argv[1])", "sys.stdin.read()")
    first = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert first.stdout is not None and first.stdin is not None
    with first:
        assert first.stdout.readline().strip() == b"open"
        with RunMarker():  # two windows at once, one of them this process
            assert take_unclean_exits() == ()
            assert len(markers()) == 2
        first.kill()
        first.wait()
        assert len(take_unclean_exits()) == 1


def test_the_number_of_the_process_proves_nothing() -> None:
    assert end_window("os._exit(0)") == 0
    (marker,) = markers()
    text = marker.read_text("utf-8")
    number = text.partition('"process": ')[2].partition("}")[0]
    marker.write_text(text.replace(number, str(os.getpid())), "utf-8")  # it is another's by now
    assert len(take_unclean_exits()) == 1


def test_markers_of_a_power_cut_are_read_as_far_as_they_go() -> None:
    markers_folder().mkdir(parents=True)
    (markers_folder() / "a.session").write_bytes(b'{"started": "20')
    (markers_folder() / "b.session").write_bytes(b"")
    (markers_folder() / "c.session").write_bytes(b'{"started": "2026-11-24T21:30:00", "version": "1"}\n\0\0\0\0')
    (markers_folder() / "notes.txt").write_bytes(b"not ours")
    assert [(end.started is None, end.version, end.trace) for end in take_unclean_exits()] == [
        (True, "", ""),
        (False, "1", ""),
    ]
    assert [path.name for path in markers()] == ["notes.txt"]


def test_the_latest_comes_last() -> None:
    markers_folder().mkdir(parents=True)
    for name, day in (("a", 3), ("b", 1), ("c", 2)):
        head = f'{{"started": "2026-11-0{day}T12:00:00+00:00", "version": "{day}"}}\n'
        (markers_folder() / f"{name}.session").write_text(head)
    assert [end.version for end in take_unclean_exits()] == ["1", "2", "3"]


def test_a_marker_can_be_removed_and_set_again() -> None:
    marker = RunMarker()
    marker.begin()
    marker.begin()
    assert len(markers()) == 1 and marker.is_set
    marker.end()
    marker.end()
    assert markers() == [] and not marker.is_set
    marker.begin()
    assert len(markers()) == 1
    marker.end()


def test_without_a_folder_the_program_runs_without_a_marker(home: Path) -> None:
    (home / "log").write_text("a file where the folder should be")
    with RunMarker() as marker:
        assert not marker.is_set
    assert take_unclean_exits() == ()


def test_a_full_disk_costs_the_marker_and_not_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_values: object) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")  # as the write next to it does

    monkeypatch.setattr(run_marker.json, "dumps", full)
    with RunMarker() as marker:
        assert not marker.is_set
    assert markers() == []


def test_a_start_while_another_run_ends_reports_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    marker = RunMarker()
    marker.begin()
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", lambda _path: None)  # it has not come that far
        marker.end()
    assert len(markers()) == 1
    assert take_unclean_exits() == ()


def test_a_crash_after_the_end_goes_to_the_crash_log() -> None:
    code = _OPEN.replace("exec(sys.argv[1])", "pass") + "\npaint()"
    assert subprocess.run([sys.executable, "-X", "faulthandler=0", "-c", code], capture_output=True).returncode != 0
    assert take_unclean_exits() == ()
    assert "in paint" in crash_log.crash_log().read_text("utf-8")


def test_the_crash_log_does_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crash_log, "MOST_BYTES", 1_000)
    configure_logging()
    for number in range(200):
        crash_log.append(f"stack {number} " + 100 * "x")
    files = sorted(path.name for path in crash_log.crash_log().parent.glob("crash.log*"))
    assert files == ["crash.log", "crash.log.1"]
    assert all(path.stat().st_size < 1_200 for path in crash_log.crash_log().parent.glob("crash.log*"))
    assert "stack 199" in crash_log.crash_log().read_text("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="no signals there")
def test_a_process_that_is_ended_from_outside_is_no_crash() -> None:
    code = _OPEN.replace("exec(sys.argv[1])", "sys.stdin.read()")
    first = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with first:
        assert first.stdout is not None
        first.stdout.readline()
        time.sleep(0.05)
        first.send_signal(signal.SIGTERM)
        first.wait()
    (end,) = take_unclean_exits()
    assert end.trace == ""
