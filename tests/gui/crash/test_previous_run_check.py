"""What a window shows about how the previous one ended; some tests run real windows in processes of their own."""

from __future__ import annotations

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
from genre_desktop.core.run_marker import RunMarker, UncleanExit, markers_folder
from genre_desktop.core.settings import ProcessingSettings
from genre_desktop.gui.crash.crash_dialog import CrashDialog
from genre_desktop.gui.crash.previous_run_check import PreviousRun, PreviousRunCheck, crash_sentence, killed_sentence
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.widgets import file_manager
from tests.gui.support.window_process import READY, run_window, start_window
from tests.support.waiting import PATIENCE_S

NOW = datetime(2026, 11, 24, 21, 30, tzinfo=UTC)
TRACE = 'Fatal Python error: Segmentation fault\n\n  File "/home/anna/x.py", line 3 in paint'

_PRINT_NOTICES = "print([notice.words.text() for notice in window.notices.notices()]); window.close()"
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="no signals there")


def test_a_crash_is_shown_by_the_next_window_and_by_no_other() -> None:
    status, _ = run_window("import ctypes; ctypes.string_at(0)")
    assert status != 0
    status, notices = run_window(_PRINT_NOTICES)
    assert status == 0
    assert "ended unexpectedly last time" in notices and "kept" in notices
    assert "string_at" in crash_log.crash_log().read_text("utf-8")
    assert run_window(_PRINT_NOTICES) == (0, "[]\n"), "shown once, and a window that is closed is no unclean exit"


@posix_only
def test_a_killed_window_is_shown_without_a_report() -> None:
    process = start_window(READY)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.kill()
    process.communicate()
    assert "not closed properly" in run_window(_PRINT_NOTICES)[1]


@posix_only
def test_an_open_window_is_no_unclean_exit() -> None:
    first = start_window(READY)
    assert first.stdout is not None
    assert first.stdout.readline() == "ready\n"
    assert run_window(_PRINT_NOTICES) == (0, "[]\n")
    first.terminate()
    first.communicate(timeout=PATIENCE_S)
    assert first.returncode == 0


def test_a_crashed_decoder_is_no_crash_of_the_window() -> None:
    crash_log.append("Fatal Python error: Segmentation fault\n  a decoder")
    assert run_window(_PRINT_NOTICES) == (0, "[]\n")


def test_an_unfinished_recording_is_recovered() -> None:
    folder = locations.user_recordings()
    folder.mkdir(parents=True)
    recorder = WavRecorder(folder / "a.wav", 8_000)
    recorder.write(np.zeros(16_000, np.float32))
    content = Path(recorder._temporary).read_bytes()
    recorder.discard()
    (folder / ".genre-desktop-0.part").write_bytes(content)
    _, notices = run_window(_PRINT_NOTICES)
    (found,) = folder.iterdir()
    assert "has been recovered" in notices and found.name in notices and "(0:02)" in notices
    assert soundfile.info(found).frames == 16_000


# -- in this process ---------------------------------------------------------------------


@pytest.fixture
def check(window: MainWindow, tmp_path: Path) -> PreviousRunCheck:
    return PreviousRunCheck(window, lambda: tmp_path)


def unclean_exit(trace: str = TRACE) -> UncleanExit:
    return UncleanExit(NOW, NOW if trace else None, "0.1.0", trace)


def button(window: MainWindow, text: str) -> QPushButton:
    (notice,) = window.notices.notices()
    return next(one for one in notice.findChildren(QPushButton) if one.text() == text)


def test_the_report_of_a_crash_can_be_read_and_copied(
    window: MainWindow, check: PreviousRunCheck, qtbot: QtBot
) -> None:
    assert not window.notices.isVisible()
    check.show_previous_run(PreviousRun((unclean_exit(""), unclean_exit()), ()))
    assert window.notices.isVisible()
    button(window, "Copy diagnostics").click()
    copied = QGuiApplication.clipboard().text()
    assert "line 3 in paint" in copied and "anna" not in copied and "platform offscreen" in copied
    button(window, "Show report").click()
    (dialog,) = window.findChildren(CrashDialog)
    assert "Segmentation fault" in dialog.cause.text()
    dialog.details_button.click()
    assert "line 3 in paint" in dialog.details.toPlainText()
    assert "anna" not in dialog.details.toPlainText()
    dialog.with_names.click()
    assert "/home/anna/x.py" in dialog.details.toPlainText()
    dialog.close()
    button(window, "Dismiss").click()
    qtbot.waitUntil(lambda: not window.notices.notices())
    assert not window.notices.isVisible()


@pytest.mark.parametrize("is_restored", [True, False])
@pytest.mark.parametrize("trace", [TRACE, ""])
def test_the_list_is_promised_only_if_the_settings_restore_it(
    window: MainWindow, check: PreviousRunCheck, is_restored: bool, trace: str
) -> None:
    window.session.set_processing(ProcessingSettings(restore_list=is_restored))
    check.show_previous_run(PreviousRun((unclean_exit(trace),), ()))
    (notice,) = window.notices.notices()
    kept = "Your list and results are kept." if is_restored else "Your results are kept."
    assert notice.words.text().endswith(f" {kept}")


def test_the_sentences_have_a_date() -> None:
    assert "26" in crash_sentence(unclean_exit()) and "30" in crash_sentence(unclean_exit())
    assert "went off" in killed_sentence(unclean_exit(""))
    assert "last time." in killed_sentence(UncleanExit(None, None, "", ""))


def test_a_recording_can_be_shown_in_the_file_manager(
    window: MainWindow, check: PreviousRunCheck, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shown: list[Path] = []
    monkeypatch.setattr(file_manager, "show_in_file_manager", lambda path: shown.append(path) or True)
    found = tuple(RecoveredRecording(tmp_path / f"{name}.wav", 3.0) for name in "ab")
    check.show_previous_run(PreviousRun((), found))
    (notice,) = window.notices.notices()
    assert notice.words.text().startswith("2 recordings")
    button(window, "Show in file manager").click()
    assert shown == [tmp_path / "b.wav"]


def test_a_recording_that_cannot_be_recovered_is_shown(
    window: MainWindow, check: PreviousRunCheck, tmp_path: Path
) -> None:
    error = StorageError(path=tmp_path / ".x.part", reason="Read-only file system")
    check.show_previous_run(PreviousRun((), (RecoveredRecording(tmp_path / ".x.part", 0.0, error),)))
    (notice,) = window.notices.notices()
    assert "Read-only file system" in notice.words.text() and ".x.part" in notice.words.text()


def test_the_check_runs_on_a_worker(window: MainWindow, check: PreviousRunCheck, qtbot: QtBot) -> None:
    marker = RunMarker()
    marker.begin()
    (path,) = markers_folder().iterdir()
    copy = path.with_name("left.session")
    copy.write_bytes(path.read_bytes())
    check.start()
    qtbot.waitUntil(lambda: bool(window.notices.notices()))
    marker.end()
    assert not copy.exists()
