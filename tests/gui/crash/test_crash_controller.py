"""Uncaught exceptions of a window, as the user sees them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from genre_desktop.core.errors import StorageError
from genre_desktop.core.log import configure_logging, log_file
from genre_desktop.core.settings import ProcessingSettings
from genre_desktop.gui.crash import crash_controller
from genre_desktop.gui.crash.crash_controller import CrashController
from genre_desktop.gui.crash.crash_dialog import CrashDialog
from genre_desktop.gui.crash.exception_hook import ExceptionHook
from genre_desktop.gui.help.log_window import LogWindow
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.widgets import file_manager


@pytest.fixture
def controller(window: MainWindow, qtbot: QtBot) -> Iterator[CrashController]:
    configure_logging()
    hook = ExceptionHook(window)
    controller = CrashController(window, hook)
    with qtbot.capture_exceptions():  # pytest-qt's own hook is off meanwhile
        hook.install()
        yield controller
        hook.uninstall()
    if controller.dialog is not None:
        controller.dialog.close()


def dialogs(window: MainWindow) -> list[CrashDialog]:
    return [dialog for dialog in window.findChildren(CrashDialog) if dialog.isVisible()]


def raise_in_slot(error: BaseException) -> None:
    """Raise an exception in a slot that Qt calls."""

    def slot() -> None:
        raise error

    QTimer.singleShot(0, slot)


def texts(dialog: QDialog) -> str:
    return "\n".join(one.text() for one in dialog.findChildren(QLabel) if one.isVisible())


def test_an_error_in_a_slot_is_shown_and_the_window_stays_open(
    window: MainWindow, controller: CrashController, qtbot: QtBot
) -> None:
    raise_in_slot(ValueError("broken slot"))
    qtbot.waitUntil(lambda: len(dialogs(window)) == 1)
    (dialog,) = dialogs(window)
    assert "Something went wrong" in texts(dialog) and "kept" in texts(dialog)
    assert "ValueError: broken slot" in texts(dialog)
    assert "GD-900" in window.job_bar.message.text()
    assert "in slot" in log_file().read_text("utf-8") and "CRITICAL" in log_file().read_text("utf-8")
    assert not dialog.details.isVisible()
    height = dialog.height()
    dialog.details_button.click()
    assert dialog.details.isVisible() and dialog.height() > height
    details = dialog.details.toPlainText()
    assert "in slot" in details and "platform offscreen" in details
    assert details.index("What happened") < details.index("Last lines of the log")
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text() == details
    dialog.details_button.click()
    assert dialog.height() == height
    dialog.close()
    qtbot.waitUntil(lambda: controller.dialog is None)
    assert window.isVisible()


@pytest.mark.parametrize(("is_restored", "sentence"), [(True, "will be there"), (False, "will be empty")])
def test_the_list_is_promised_only_if_the_settings_restore_it(
    window: MainWindow, controller: CrashController, qtbot: QtBot, is_restored: bool, sentence: str
) -> None:
    window.session.set_processing(ProcessingSettings(restore_list=is_restored))
    raise_in_slot(ValueError("broken slot"))
    qtbot.waitUntil(lambda: len(dialogs(window)) == 1)
    assert sentence in texts(dialogs(window)[0])


def test_the_report_can_be_copied_without_showing_the_details(
    window: MainWindow, controller: CrashController, qtbot: QtBot
) -> None:
    raise_in_slot(KeyError("/home/anna/Music/Song.mp3"))
    qtbot.waitUntil(lambda: len(dialogs(window)) == 1)
    dialogs(window)[0].copy_button.click()
    copied = QGuiApplication.clipboard().text()
    assert "KeyError" in copied and "in slot" in copied and "anna" not in copied and "Song" not in copied


class BrokenPainter(QWidget):
    """Raises an exception in each paint event."""

    n = 0

    def paintEvent(self, _event: object) -> None:  # noqa: N802
        self.n += 1
        raise RuntimeError("broken paint event")


def test_a_repeated_error_makes_one_dialog_that_counts(
    window: MainWindow, controller: CrashController, qtbot: QtBot
) -> None:
    painter = BrokenPainter(window)
    painter.resize(50, 50)
    painter.show()
    timer = QTimer(window, interval=1)
    timer.timeout.connect(painter.update)
    timer.start()
    qtbot.waitUntil(lambda: painter.n > 100)
    timer.stop()
    painter.hide()
    qtbot.waitUntil(lambda: len(dialogs(window)) == 1 and "times more" in dialogs(window)[0].repeats.text())
    log = log_file().read_text("utf-8")
    assert log.count("in paintEvent") == 3 and "for the 64th time" in log
    # Once closed, the dialog does not open again for the same error.
    dialogs(window)[0].close()
    qtbot.waitUntil(lambda: controller.dialog is None)
    timer.start()
    painter.show()
    n = painter.n
    qtbot.waitUntil(lambda: painter.n > n + 10)
    timer.stop()
    painter.hide()
    assert dialogs(window) == []


def test_a_different_error_is_not_counted_as_the_same(
    window: MainWindow, controller: CrashController, qtbot: QtBot
) -> None:
    raise_in_slot(ValueError("the first"))
    qtbot.waitUntil(lambda: len(dialogs(window)) == 1)
    raise_in_slot(KeyError("the second"))
    qtbot.waitUntil(lambda: "the second" in window.job_bar.message.text())
    assert dialogs(window)[0].repeats.isHidden()
    dialogs(window)[0].close()
    qtbot.waitUntil(lambda: controller.dialog is None)
    raise_in_slot(KeyError("the second"))
    qtbot.waitUntil(lambda: len(dialogs(window)) == 1)
    assert "the second" in texts(dialogs(window)[0])


def test_only_the_first_three_different_errors_get_a_dialog(
    window: MainWindow, controller: CrashController, qtbot: QtBot
) -> None:
    for number, kind in enumerate((ValueError, KeyError, TypeError, IndexError)):
        window.job_bar.show_message("")
        raise_in_slot(kind("x"))
        qtbot.waitUntil(lambda: "GD-900" in window.job_bar.message.text())
        if number < 3:
            qtbot.waitUntil(lambda: len(dialogs(window)) == 1)
            assert ("not the first time" in texts(dialogs(window)[0])) == (number == 2)
            dialogs(window)[0].close()
            qtbot.waitUntil(lambda: controller.dialog is None)
        else:
            assert dialogs(window) == []


def test_an_error_in_the_dialog_itself_falls_back_to_log_and_job_bar(
    window: MainWindow, controller: CrashController, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("no dialog today")

    monkeypatch.setattr(crash_controller, "CrashDialog", broken)
    raise_in_slot(ValueError("broken slot"))
    qtbot.waitUntil(lambda: "broken slot" in window.job_bar.message.text())
    assert "no dialog today" in log_file().read_text("utf-8")


def test_an_interrupt_closes_the_window(window: MainWindow, controller: CrashController, qtbot: QtBot) -> None:
    raise_in_slot(KeyboardInterrupt())
    qtbot.waitUntil(lambda: not window.isVisible())
    assert dialogs(window) == []


def test_a_memory_error_is_named(window: MainWindow, controller: CrashController, qtbot: QtBot) -> None:
    raise_in_slot(MemoryError())
    qtbot.waitUntil(lambda: len(dialogs(window)) == 1)
    assert "run out of memory" in texts(dialogs(window)[0])


def test_an_error_with_a_code_keeps_it(window: MainWindow, controller: CrashController, qtbot: QtBot) -> None:
    raise_in_slot(StorageError(path="/x", reason="full"))
    qtbot.waitUntil(lambda: len(dialogs(window)) == 1)
    assert "GD-502" in texts(dialogs(window)[0])


def test_the_dialog_opens_over_an_open_modal_dialog(
    window: MainWindow, controller: CrashController, qtbot: QtBot
) -> None:
    other = QDialog(window)
    other.open()
    raise_in_slot(ValueError("broken slot"))
    qtbot.waitUntil(lambda: len(dialogs(window)) == 1)
    assert dialogs(window)[0].parent() is other
    other.close()
    other.deleteLater()
    qtbot.waitUntil(lambda: controller.dialog is None)


def test_the_log_opens_in_its_window_or_in_the_file_manager(
    window: MainWindow, controller: CrashController, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    raise_in_slot(ValueError("broken slot"))
    qtbot.waitUntil(lambda: len(dialogs(window)) == 1)
    dialogs(window)[0].log_button.click()
    (log,) = window.findChildren(LogWindow)
    assert log.isVisible()
    log.close()
    # A dialog that is open blocks the windows of the program.
    shown: list[object] = []
    monkeypatch.setattr(file_manager, "show_in_file_manager", lambda path: bool(shown.append(path)))
    other = QDialog(window)
    other.open()
    dialogs(window)[0].log_button.click()
    assert shown == [log_file()]
    assert "could not be opened" in window.job_bar.message.text()
    other.close()
    other.deleteLater()
