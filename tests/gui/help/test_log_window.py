from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from genre_desktop.core.crash_log import crash_log
from genre_desktop.core.log import configure_logging, log_file
from genre_desktop.core.log_reader import LogReader
from genre_desktop.gui.help import log_window
from genre_desktop.gui.help.log_window import LogWindow
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.widgets import file_manager
from genre_desktop.gui.widgets.theme import LIGHT

LOG = logging.getLogger("genre_desktop.library.engine.engine")
MakeWindow = Callable[..., MainWindow]


@pytest.fixture
def viewer(qtbot: QtBot, make_window: MakeWindow, services: Services, monkeypatch: pytest.MonkeyPatch) -> LogWindow:
    monkeypatch.setattr(log_window, "_REFRESH_MS", 30)
    window = make_window(services, wait_for_plots=False)
    window.settings.set(theme="light")
    window.actions_.log.trigger()
    found = window.findChild(LogWindow)
    settle(qtbot, found)
    return found


def settle(qtbot: QtBot, viewer: LogWindow) -> None:
    qtbot.waitUntil(lambda: not viewer.worker.busy)


def lines(viewer: LogWindow) -> list[str]:
    return [entry.first_line for entry in viewer.model.entries]


def log_some() -> None:
    configure_logging()
    LOG.info("listened to a.mp3")
    LOG.warning("slow drive")
    try:
        raise RuntimeError("deep inside")
    except RuntimeError:
        LOG.exception("a file failed")


def test_an_empty_log_shows_a_message(qtbot: QtBot, viewer: LogWindow) -> None:
    assert viewer.nothing.isVisible() and viewer.nothing.text() == "Nothing has been logged yet."
    assert not viewer.copy.isEnabled()
    viewer.which.choose(True)
    settle(qtbot, viewer)
    assert "never crashed" in viewer.nothing.text()


def test_new_messages_appear_and_the_newest_is_visible(qtbot: QtBot, viewer: LogWindow) -> None:
    log_some()
    qtbot.waitUntil(lambda: "a file failed" in lines(viewer))
    for number in range(200):
        LOG.info("message %d", number)
    qtbot.waitUntil(lambda: lines(viewer)[-1] == "message 199")
    bar = viewer.table.verticalScrollBar()
    assert bar.value() == bar.maximum() > 0
    bar.setValue(0)  # somebody reads further up
    LOG.info("one more")
    qtbot.waitUntil(lambda: lines(viewer)[-1] == "one more")
    assert bar.value() == 0
    viewer.follow.setChecked(False)
    settle(qtbot, viewer)
    LOG.info("not followed")
    qtbot.wait(120)
    assert lines(viewer)[-1] == "one more"
    viewer.follow.setChecked(True)
    qtbot.waitUntil(lambda: lines(viewer)[-1] == "not followed")


def test_levels_are_shown_in_words_and_signs(qtbot: QtBot, viewer: LogWindow) -> None:
    log_some()
    qtbot.waitUntil(lambda: "a file failed" in lines(viewer))
    model = viewer.model
    kinds = {entry.first_line: model.index(row, 1).data() for row, entry in enumerate(model.entries)}
    assert kinds["listened to a.mp3"] == "Information"
    assert kinds["slow drive"] == "▲ Warning"
    assert kinds["a file failed"] == "✕ Error"
    row = lines(viewer).index("a file failed")
    assert model.index(row, 3).data(Qt.ItemDataRole.ForegroundRole) == QColor(LIGHT.problem)
    assert model.index(row, 2).data() == "library.engine.engine"


def test_it_is_filtered_by_level_and_words(qtbot: QtBot, viewer: LogWindow) -> None:
    log_some()
    qtbot.waitUntil(lambda: "a file failed" in lines(viewer))
    viewer.level.choose("WARNING")
    settle(qtbot, viewer)
    assert lines(viewer) == ["slow drive", "a file failed"]
    viewer.filter.setText("DEEP inside")
    settle(qtbot, viewer)
    assert lines(viewer) == ["a file failed"], "what stands in the traceback counts"
    viewer.filter.setText("nothing like that")
    settle(qtbot, viewer)
    assert viewer.nothing.isVisible() and viewer.nothing.text() == "No message fits the filter."
    viewer.filter.clear()
    viewer.level.choose("DEBUG")
    settle(qtbot, viewer)
    assert "listened to a.mp3" in lines(viewer)


def test_all_of_a_message_is_shown_and_copied(qtbot: QtBot, viewer: LogWindow) -> None:
    log_some()
    qtbot.waitUntil(lambda: "a file failed" in lines(viewer))
    viewer.table.setCurrentIndex(viewer.model.index(lines(viewer).index("a file failed"), 0))
    assert "RuntimeError: deep inside" in viewer.detail.toPlainText()
    assert viewer.copy.text().replace("&", "") == "Copy selected"
    viewer.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert "ERROR" in copied and "RuntimeError: deep inside" in copied and "slow drive" not in copied
    viewer.table.clearSelection()
    assert viewer.detail.toPlainText() == ""
    viewer.copy.click()
    assert "slow drive" in QGuiApplication.clipboard().text()


def test_bytes_that_are_no_utf8_are_shown(qtbot: QtBot, viewer: LogWindow) -> None:
    log_file().parent.mkdir(parents=True, exist_ok=True)
    log_file().write_bytes(b"2026-01-02 03:04:05,678 INFO 1 genre_desktop.a: caf\xff \x00 \xe2\x80\xae x\n")
    qtbot.waitUntil(lambda: len(viewer.model.entries) == 1)
    assert viewer.model.index(0, 3).data() == "caf\\xff \ufffd \ufffd x"
    assert viewer.model.index(0, 0).data() == "2026-01-02 03:04:05"


def test_the_file_is_shown_in_the_file_manager(
    qtbot: QtBot, viewer: LogWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []
    monkeypatch.setattr(file_manager, "show_in_file_manager", lambda path: bool(asked.append(path)))
    log_some()
    qtbot.waitUntil(lambda: bool(viewer.model.entries))
    viewer.follow.setChecked(False)
    settle(qtbot, viewer)
    viewer.reveal.click()
    assert asked == [log_file()] and "file manager" in viewer.state.text()
    crash_log().write_text("Fatal Python error: Segmentation fault\n")
    viewer.which.choose(True)
    settle(qtbot, viewer)
    assert lines(viewer) == ["Fatal Python error: Segmentation fault"]
    viewer.reveal.click()
    assert asked[-1] == crash_log()


def test_an_error_while_the_log_is_read_is_shown_once(
    qtbot: QtBot, viewer: LogWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: LogReader) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(LogReader, "read", refuse)
    viewer.filter.setText("x")
    qtbot.waitUntil(lambda: "Permission denied" in viewer.state.text())
    assert not viewer.follow.isChecked(), "each failure would be logged"


def test_it_reads_nothing_while_it_is_hidden(qtbot: QtBot, viewer: LogWindow) -> None:
    viewer.close()
    assert not viewer._timer.isActive()
    log_some()
    QApplication.processEvents()
    assert not viewer.model.entries
    viewer.show()
    qtbot.waitUntil(lambda: "a file failed" in lines(viewer))
