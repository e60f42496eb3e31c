"""What a scan skipped, in the job bar and in its dialog."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot

from genre_desktop.gui.main_window.main_window import MainWindow
from tests.gui.conftest import (
    MakeSound,
    wait_for_rows,
    wait_until_idle,
)


def test_what_a_scan_passes_over_is_told(qtbot: QtBot, window: MainWindow, make_sound: MakeSound) -> None:
    sound = make_sound("music/a.wav")
    for name in ("cover.jpg", "notes.txt", ".hidden.wav"):
        (sound.parent / name).touch()
    window.session.open([sound.parent])
    wait_for_rows(qtbot, window, 1)
    wait_until_idle(qtbot, window)
    qtbot.waitUntil(window.job_bar.skipped.isVisible)
    assert window.job_bar.skipped.text() == "3 skipped"
    assert "1 found, 3 skipped: 2 files of other kinds (.jpg, .txt), 1 hidden" in window.job_bar.skipped.toolTip()
    window.job_bar.skipped.click()
    dialog = window.findChild(QDialog)
    text = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "cover.jpg" in text and ".hidden.wav" in text
    dialog.close()
