"""How a window ends, and what the next one says of it: real windows in processes of their own."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from genre_desktop.audio.capture.recording_recovery import RecoveredRecording
from genre_desktop.audio.capture.wav_recorder import WavRecorder
from genre_desktop.core import crash_log, locations
from genre_desktop.core.errors import StorageError
from genre_desktop.core.run_marker import RunMarker, UncleanExit, marks_folder
from genre_desktop.core.settings import ProcessingSettings, load_settings
from genre_desktop.gui.crash.crash_dialog import CrashDialog
from genre_desktop.gui.crash.previous_session import PreviousRun, PreviousRunCheck, crash_sentence, killed_sentence
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.startup.shutdown_signals import ShutdownSignals
from genre_desktop.gui.widgets import file_manager as reveal
from tests.support.waiting import PATIENCE_S

REPOSITORY = Path(__file__).resolve().parents[3]
NOW = datetime(2026, 11, 24, 21, 30, tzinfo=UTC)
TRACE = 'Fatal Python error: Segmentation fault\n\n  File "/home/anna/x.py", line 3 in paint'

_TELL = "print([notice.words.text() for notice in window.notices.notices()]); window.close()"
_READY = "print('ready', flush=True)"
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="no signals there")


def start(code: str) -> subprocess.Popen[str]:
    words = [sys.executable, "-X", "faulthandler=0", "-m", "tests.gui.support.window_driver", code]
    return subprocess.Popen(words, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def run(code: str) -> tuple[int, str]:
    process = start(code)
    out, _ = process.communicate(timeout=PATIENCE_S)
    return process.returncode, out


def test_a_crash_is_told_by_the_next_window_and_by_no_other() -> None:
    status, _ = run("import ctypes; ctypes.string_at(0)")
    assert status != 0
    status, told = run(_TELL)
    assert status == 0
    assert "ended unexpectedly last time" in told and "kept" in told
    assert "string_at" in crash_log.crash_log().read_text("utf-8")
    assert run(_TELL) == (0, "[]\n"), "told once, and a window that is closed is no bad end"


@posix_only
def test_a_kill_is_told_without_a_report() -> None:
    process = start(_READY)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.kill()
    process.communicate()
    assert "not closed properly" in run(_TELL)[1]


@posix_only
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_the_end_of_the_session_closes_the_window_properly(number: signal.Signals) -> None:
    process = start(f"window.resize(900, 640); {_READY}")
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.send_signal(number)
    _, err = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 0, err
    assert list(marks_folder().iterdir()) == []
    assert load_settings().window_geometry is not None, "what closing keeps was kept"


@posix_only
def test_what_nohup_ignores_is_not_heard(window: MainWindow) -> None:
    before = {number: signal.getsignal(number) for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)}
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    leaving = ShutdownSignals(window, RunMarker())
    try:
        leaving.attend()
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        assert signal.getsignal(signal.SIGTERM) == leaving._on_signal
    finally:
        leaving._look.stop()
        for number, handler in before.items():
            signal.signal(number, handler)


@posix_only
def test_a_second_window_does_not_take_the_first_for_dead() -> None:
    first = start(_READY)
    assert first.stdout is not None
    assert first.stdout.readline() == "ready\n"
    assert run(_TELL) == (0, "[]\n")
    first.terminate()
    first.communicate(timeout=PATIENCE_S)
    assert first.returncode == 0


def test_a_decoder_that_crashes_is_no_crash_of_the_window() -> None:
    crash_log.append("Fatal Python error: Segmentation fault\n  a servant")
    assert run(_TELL) == (0, "[]\n")


def test_a_recording_that_was_left_is_recovered() -> None:
    folder = locations.user_recordings()
    folder.mkdir(parents=True)
    recorder = WavRecorder(folder / "a.wav", 8_000)
    recorder.write(np.zeros(16_000, np.float32))
    content = Path(recorder._temporary).read_bytes()
    recorder.discard()
    (folder / ".genre-desktop-0.part").write_bytes(content)
    _, told = run(_TELL)
    (found,) = folder.iterdir()
    assert "has been recovered" in told and found.name in told and "(0:02)" in told
    assert soundfile.info(found).frames == 16_000


# -- in this process ---------------------------------------------------------------------


@pytest.fixture
def last_time(window: MainWindow, tmp_path: Path) -> PreviousRunCheck:
    return PreviousRunCheck(window, lambda: tmp_path)


def bad_end(trace: str = TRACE) -> UncleanExit:
    return UncleanExit(NOW, NOW if trace else None, "0.1.0", trace)


def button(window: MainWindow, text: str) -> QPushButton:
    (notice,) = window.notices.notices()
    return next(one for one in notice.findChildren(QPushButton) if one.text() == text)


def test_the_report_of_a_crash_can_be_read_and_copied(
    window: MainWindow, last_time: PreviousRunCheck, qtbot: QtBot
) -> None:
    assert not window.notices.isVisible()
    last_time.show_left(PreviousRun((bad_end(""), bad_end()), ()))
    assert window.notices.isVisible()
    button(window, "Copy diagnostics").click()
    copied = QGuiApplication.clipboard().text()
    assert "line 3 in paint" in copied and "anna" not in copied and "platform offscreen" in copied
    button(window, "Show report").click()
    (dialog,) = window.findChildren(CrashDialog)
    assert "Segmentation fault" in dialog.cause.text()
    dialog.fold.click()
    assert "line 3 in paint" in dialog.details.toPlainText()
    assert "anna" not in dialog.details.toPlainText()
    dialog.with_names.click()
    assert "/home/anna/x.py" in dialog.details.toPlainText()
    dialog.close()
    button(window, "Dismiss").click()
    qtbot.waitUntil(lambda: not window.notices.notices())
    assert not window.notices.isVisible()


@pytest.mark.parametrize("is_wanted", [True, False])
@pytest.mark.parametrize("trace", [TRACE, ""])
def test_no_list_is_promised_that_the_settings_do_not_want(
    window: MainWindow, last_time: PreviousRunCheck, is_wanted: bool, trace: str
) -> None:
    window.session.set_processing(ProcessingSettings(restore_list=is_wanted))
    last_time.show_left(PreviousRun((bad_end(trace),), ()))
    (notice,) = window.notices.notices()
    kept = "Your list and results are kept." if is_wanted else "Your results are kept."
    assert notice.words.text().endswith(f" {kept}")


def test_the_sentences_say_when() -> None:
    assert "26" in crash_sentence(bad_end()) and "30" in crash_sentence(bad_end())
    assert "went off" in killed_sentence(bad_end(""))
    assert "last time." in killed_sentence(UncleanExit(None, None, "", ""))


def test_a_recording_can_be_shown_where_it_lies(
    window: MainWindow, last_time: PreviousRunCheck, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shown: list[Path] = []
    monkeypatch.setattr(reveal, "show_in_file_manager", lambda path: shown.append(path) or True)
    found = tuple(RecoveredRecording(tmp_path / f"{name}.wav", 3.0) for name in "ab")
    last_time.show_left(PreviousRun((), found))
    (notice,) = window.notices.notices()
    assert notice.words.text().startswith("2 recordings")
    button(window, "Show in file manager").click()
    assert shown == [tmp_path / "b.wav"]


def test_a_recording_that_cannot_be_recovered_is_told(
    window: MainWindow, last_time: PreviousRunCheck, tmp_path: Path
) -> None:
    error = StorageError(path=tmp_path / ".x.part", reason="Read-only file system")
    last_time.show_left(PreviousRun((), (RecoveredRecording(tmp_path / ".x.part", 0.0, error),)))
    (notice,) = window.notices.notices()
    assert "Read-only file system" in notice.words.text() and ".x.part" in notice.words.text()


def test_looking_happens_once_on_a_worker(window: MainWindow, last_time: PreviousRunCheck, qtbot: QtBot) -> None:
    mark = RunMarker()
    mark.begin()
    (path,) = marks_folder().iterdir()
    copy = path.with_name("left.session")
    copy.write_bytes(path.read_bytes())
    last_time.look()
    qtbot.waitUntil(lambda: bool(window.notices.notices()))
    mark.end()
    assert not copy.exists()


def test_a_session_that_ends_keeps_everything_and_may_be_called_off(window: MainWindow) -> None:
    mark = RunMarker()
    mark.begin()
    leaving = ShutdownSignals(window, mark)
    window.resize(1000, 700)
    window.quit_controller.must_ask = lambda: True  # type: ignore[method-assign]
    leaving.on_session_ending()
    assert load_settings().window_geometry is not None
    assert not mark.is_set, "an end that comes now is no bad one"
    assert window.isVisible()
    leaving._still_here.timeout.emit()
    assert mark.is_set
    mark.end()
    leaving.on_session_ending()
    window.close()
    assert not window.isVisible(), "nobody is asked"
    leaving._still_here.stop()
