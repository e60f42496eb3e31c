from __future__ import annotations

import gc
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from genre_desktop.core.errors import StorageError
from genre_desktop.core.log import configure_logging, log_file
from genre_desktop.core.settings import ProcessingSettings
from genre_desktop.gui.crash import exception_hook as faults_module
from genre_desktop.gui.crash.crash_dialog import CrashDialog
from genre_desktop.gui.crash.exception_hook import ExceptionHook
from genre_desktop.gui.help.log_window import LogWindow
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.widgets import file_manager as reveal


@pytest.fixture
def faults(window: MainWindow, qtbot: QtBot) -> Iterator[ExceptionHook]:
    configure_logging()
    made = ExceptionHook(window)
    with qtbot.capture_exceptions():  # pytest-qt's hook stands back
        made.install()
        yield made
        made.uninstall()
    if made.dialog is not None:
        made.dialog.close()


def dialogs(window: MainWindow) -> list[CrashDialog]:
    return [dialog for dialog in window.findChildren(CrashDialog) if dialog.isVisible()]


def fall(error: BaseException) -> None:
    """As a slot does: Qt calls, and Python tells of it by its hook."""

    def slot() -> None:
        raise error

    QTimer.singleShot(0, slot)


def texts(dialog: QDialog) -> str:
    from PySide6.QtWidgets import QLabel

    return "\n".join(one.text() for one in dialog.findChildren(QLabel) if one.isVisible())


def test_a_slot_that_falls_is_told_and_the_window_goes_on(
    window: MainWindow, faults: ExceptionHook, qtbot: QtBot
) -> None:
    fall(ValueError("broken slot"))
    qtbot.waitUntil(lambda: len(dialogs(window)) == 1)
    (dialog,) = dialogs(window)
    assert "Something went wrong" in texts(dialog) and "kept" in texts(dialog)
    assert "ValueError: broken slot" in texts(dialog)
    assert "GD-900" in window.job_bar.message.text()
    assert "in slot" in log_file().read_text("utf-8") and "CRITICAL" in log_file().read_text("utf-8")
    assert not dialog.details.isVisible()
    folded = dialog.height()
    dialog.fold.click()
    assert dialog.details.isVisible() and dialog.height() > folded
    details = dialog.details.toPlainText()
    assert "in slot" in details and "platform offscreen" in details
    assert details.index("What happened") < details.index("Last lines of the log")
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == details
    dialog.fold.click()
    assert dialog.height() == folded
    dialog.close()
    qtbot.waitUntil(lambda: faults.dialog is None)
    assert window.isVisible()


@pytest.mark.parametrize(("is_wanted", "told"), [(True, "will be there"), (False, "will be empty")])
def test_no_list_is_promised_that_the_settings_do_not_want(
    window: MainWindow, faults: ExceptionHook, qtbot: QtBot, is_wanted: bool, told: str
) -> None:
    window.session.set_processing(ProcessingSettings(restore_list=is_wanted))
    fall(ValueError("broken slot"))
    qtbot.waitUntil(lambda: len(dialogs(window)) == 1)
    assert told in texts(dialogs(window)[0])


def test_copying_works_without_unfolding(window: MainWindow, faults: ExceptionHook, qtbot: QtBot) -> None:
    fall(KeyError("/home/anna/Music/Song.mp3"))
    qtbot.waitUntil(lambda: len(dialogs(window)) == 1)
    dialogs(window)[0].copy.click()
    copied = QGuiApplication.clipboard().text()
    assert "KeyError" in copied and "in slot" in copied and "anna" not in copied and "Song" not in copied


class Painter(QWidget):
    """Falls at each paint event."""

    n = 0

    def paintEvent(self, _event: object) -> None:  # noqa: N802
        self.n += 1
        raise RuntimeError("broken paint event")


def test_a_storm_makes_one_dialog_that_counts(window: MainWindow, faults: ExceptionHook, qtbot: QtBot) -> None:
    painter = Painter(window)
    painter.resize(50, 50)
    painter.show()
    timer = QTimer(window, interval=1)
    timer.timeout.connect(painter.update)
    timer.start()
    qtbot.waitUntil(lambda: painter.n > 100)
    timer.stop()
    painter.hide()
    qtbot.waitUntil(lambda: len(dialogs(window)) == 1 and "times more" in dialogs(window)[0].repeated.text())
    log = log_file().read_text("utf-8")
    assert log.count("in paintEvent") == 3 and "for the 64th time" in log
    # Closed, it does not come again for the same fault.
    dialogs(window)[0].close()
    qtbot.waitUntil(lambda: faults.dialog is None)
    timer.start()
    painter.show()
    n = painter.n
    qtbot.waitUntil(lambda: painter.n > n + 10)
    timer.stop()
    painter.hide()
    assert dialogs(window) == []


def test_another_fault_is_not_counted_as_the_same(window: MainWindow, faults: ExceptionHook, qtbot: QtBot) -> None:
    fall(ValueError("the first"))
    qtbot.waitUntil(lambda: len(dialogs(window)) == 1)
    fall(KeyError("the second"))
    qtbot.waitUntil(lambda: "the second" in window.job_bar.message.text())
    assert dialogs(window)[0].repeated.isHidden()
    dialogs(window)[0].close()
    qtbot.waitUntil(lambda: faults.dialog is None)
    fall(KeyError("the second"))
    qtbot.waitUntil(lambda: len(dialogs(window)) == 1)
    assert "the second" in texts(dialogs(window)[0])


def test_after_some_different_ones_it_is_enough(window: MainWindow, faults: ExceptionHook, qtbot: QtBot) -> None:
    for number, kind in enumerate((ValueError, KeyError, TypeError, IndexError)):
        window.job_bar.show_message("")
        fall(kind("x"))
        qtbot.waitUntil(lambda: "GD-900" in window.job_bar.message.text())
        if number < 3:
            qtbot.waitUntil(lambda: len(dialogs(window)) == 1)
            assert ("not the first time" in texts(dialogs(window)[0])) == (number == 2)
            dialogs(window)[0].close()
            qtbot.waitUntil(lambda: faults.dialog is None)
        else:
            assert dialogs(window) == []


def test_an_error_in_the_dialog_itself_falls_back_to_log_and_job_bar(
    window: MainWindow, faults: ExceptionHook, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("no dialog today")

    monkeypatch.setattr(faults_module, "CrashDialog", broken)
    fall(ValueError("broken slot"))
    qtbot.waitUntil(lambda: "broken slot" in window.job_bar.message.text())
    assert "no dialog today" in log_file().read_text("utf-8")


def test_an_interrupt_closes_the_window(window: MainWindow, faults: ExceptionHook, qtbot: QtBot) -> None:
    fall(KeyboardInterrupt())
    qtbot.waitUntil(lambda: not window.isVisible())
    assert dialogs(window) == []


def test_memory_that_runs_out_is_called_by_its_name(window: MainWindow, faults: ExceptionHook, qtbot: QtBot) -> None:
    fall(MemoryError())
    qtbot.waitUntil(lambda: len(dialogs(window)) == 1)
    assert "run out of memory" in texts(dialogs(window)[0])


def test_an_error_with_a_code_keeps_it(window: MainWindow, faults: ExceptionHook, qtbot: QtBot) -> None:
    fall(StorageError(path="/x", reason="full"))
    qtbot.waitUntil(lambda: len(dialogs(window)) == 1)
    assert "GD-502" in texts(dialogs(window)[0])


def test_it_stands_on_top_of_a_dialog_that_is_open(window: MainWindow, faults: ExceptionHook, qtbot: QtBot) -> None:
    other = QDialog(window)
    other.open()
    fall(ValueError("broken slot"))
    qtbot.waitUntil(lambda: len(dialogs(window)) == 1)
    assert dialogs(window)[0].parent() is other
    other.close()
    other.deleteLater()
    qtbot.waitUntil(lambda: faults.dialog is None)


def test_a_thread_of_ours_that_falls_is_told(
    window: MainWindow, faults: ExceptionHook, qtbot: QtBot, monkeypatch: Any
) -> None:
    def work() -> None:
        raise ValueError("broken thread")

    thread = threading.Thread(target=work, name="not ours")
    thread.start()
    thread.join()
    qtbot.wait(50)
    assert dialogs(window) == [], "a library's own affair"
    assert "on the thread not ours" in log_file().read_text("utf-8")
    monkeypatch.setattr(faults_module, "_OURS", (__name__.partition(".")[0],))
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(dialogs(window)) == 1)
    thread = threading.Thread(target=sys.exit)
    thread.start()
    thread.join()
    qtbot.wait(20)
    assert dialogs(window)[0].repeated.isHidden()


def test_what_python_can_only_print_reaches_the_log(window: MainWindow, faults: ExceptionHook, qtbot: QtBot) -> None:
    class Falling:
        def __del__(self) -> None:
            raise ValueError("broken end")

    Falling()
    gc.collect()
    qtbot.wait(20)
    assert "broken end" in log_file().read_text("utf-8")
    assert dialogs(window) == []


def test_the_log_can_be_opened(
    window: MainWindow, faults: ExceptionHook, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    fall(ValueError("broken slot"))
    qtbot.waitUntil(lambda: len(dialogs(window)) == 1)
    dialogs(window)[0].log.click()
    (log,) = window.findChildren(LogWindow)
    assert log.isVisible()
    log.close()
    # A dialog that is open blocks the windows of the program.
    shown: list[object] = []
    monkeypatch.setattr(reveal, "show_in_file_manager", lambda path: bool(shown.append(path)))
    other = QDialog(window)
    other.open()
    dialogs(window)[0].log.click()
    assert shown == [log_file()]
    assert "could not be opened" in window.job_bar.message.text()
    other.close()
    other.deleteLater()


def test_uninstalling_puts_everything_back(window: MainWindow) -> None:
    before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    made = ExceptionHook(window)
    made.install()
    assert sys.excepthook != before[0]
    made.uninstall()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before
    logging.getLogger("genre_desktop").info("done")


def test_what_qt_says_again_and_again_does_not_fill_the_log() -> None:
    code = (
        "import os, sys\n"
        "from PySide6.QtCore import qWarning\n"
        "from genre_desktop.gui.startup.qt_message_log import install_qt_message_handler, remove_qt_message_handler\n"
        "from genre_desktop.core.log import configure_logging\n"
        "configure_logging(); install_qt_message_handler()\n"
        "sys.excepthook = lambda *_: os._exit(7)\n"
        "sys.unraisablehook = lambda *_: os._exit(8)\n"
        "for number in range(500): qWarning('painter not active')\n"
        "qWarning('something else')\n"
        "remove_qt_message_handler(); os._exit(0)\n"
    )
    nobody, ours = os.pipe()
    os.close(nobody)  # as behind `| head`
    ended = subprocess.run([sys.executable, "-c", code], stderr=ours)
    os.close(ours)
    assert ended.returncode == 0
    log = log_file().read_text("utf-8")
    assert log.count("painter not active") == 20 and "something else" in log


def test_what_qt_says_is_in_the_log() -> None:
    code = (
        "from PySide6.QtCore import qWarning, qFatal\n"
        "from genre_desktop.gui.startup.qt_message_log import install_qt_message_handler, remove_qt_message_handler\n"
        "from genre_desktop.core.log import configure_logging\n"
        "configure_logging(); install_qt_message_handler()\n"
        "qWarning('a plugin is missing')\n"
        "remove_qt_message_handler(); qWarning('said to nobody')\n"
        "install_qt_message_handler(); qFatal('no screen at all')\n"
    )
    ended = subprocess.run([sys.executable, "-X", "faulthandler=0", "-c", code], capture_output=True, text=True)
    assert ended.returncode != 0, "Qt ends the process"
    log = log_file().read_text("utf-8")
    assert "WARNING" in log and "a plugin is missing" in log and "said to nobody" not in log
    assert "CRITICAL" in log and "no screen at all" in log
    assert "a plugin is missing" in ended.stderr
