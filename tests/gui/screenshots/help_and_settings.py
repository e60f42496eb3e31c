"""Pictures of the first start, settings, about, help and log."""

from __future__ import annotations

import logging
from unittest.mock import patch

from PySide6.QtWidgets import QMessageBox, QPushButton

from genre_desktop.core import locations
from genre_desktop.core.errors import StorageError
from genre_desktop.core.i18n import tr
from genre_desktop.core.log import close_logging, configure_logging, log_file
from genre_desktop.gui.help.about_dialog import AboutDialog
from genre_desktop.gui.help.help_content import PAGES
from genre_desktop.gui.help.help_window import HelpWindow
from genre_desktop.gui.help.log_window import LogWindow
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.settings.settings_dialog import SettingsDialog
from genre_desktop.model.bundles.catalogue import find_bundle, list_bundles
from tests.gui.conftest import changed
from tests.gui.screenshots.screenshot_taker import SIZES, ScreenshotTaker, open_dialog


def take_help_and_settings(taker: ScreenshotTaker) -> None:
    """Pictures of all of them."""
    services = changed(taker.services, list_bundles=list_bundles, default_bundle=lambda: find_bundle("gtzan-musicnn"))
    window = taker.open(services)
    taker.wait(lambda: not window.session.status().needs_model and not window.session.store_client.is_reading_list)
    taker.settle()
    taker.take(window, "20-first-start")
    _fill_folders()
    _take_settings(taker, window)
    _take_about(taker, window)
    _take_help(taker, window)
    _take_log(taker, window)
    taker.close(window)


def _take_settings(taker: ScreenshotTaker, window: MainWindow) -> None:
    window.actions_.settings.trigger()
    dialog = open_dialog(window, SettingsDialog)
    for number, page in enumerate(dialog.pages):
        dialog.list.setCurrentRow(number)
        taker.settle(0.5)
        if number == 3:
            taker.wait(lambda: not window.live.session.is_looking)
            taker.settle(1.5)
        taker.take_over(window, dialog, f"21-settings-{number}-{page.title.split()[0].lower()}")
    with patch("genre_desktop.gui.session.settings_model.save_settings", side_effect=_raise_disk_full):
        taker.take_over(window, dialog, "21-settings-not-written", SIZES[:1])
    next(button for button in dialog.findChildren(QPushButton) if button.text() == tr("&Reset all …")).click()
    taker.take_over(window, dialog.findChild(QMessageBox), "21-settings-reset", SIZES[:1])
    dialog.findChild(QMessageBox).reject()
    dialog.close()


def _take_about(taker: ScreenshotTaker, window: MainWindow) -> None:
    window.actions_.about.trigger()
    about = open_dialog(window, AboutDialog)
    taker.wait(lambda: about.parts.list.count() > 0 and not about.worker.busy)
    for number, name in enumerate(("program", "parts", "models")):
        about.list.setCurrentRow(number)
        if name == "parts":
            about.parts.list.setCurrentRow(about.parts.list.count() // 2)
            taker.wait(lambda: not about.worker.busy)
        taker.settle()
        taker.take_over(window, about, f"22-about-{name}")
    about.close()


def _take_help(taker: ScreenshotTaker, window: MainWindow) -> None:
    window.actions_.help.trigger()
    shown = open_dialog(window, HelpWindow)
    for key in PAGES:
        shown.show_page(key)
        taker.settle(0.2)
        taker.take_over(window, shown, f"23-help-{key}")
    shown.search_for("model")
    taker.settle(0.2)
    taker.take_over(window, shown, "23-help-search", SIZES[:1])
    shown.search.clear()
    for _ in range(3):
        shown.larger.click()
    shown.show_page("first-steps")
    taker.take_over(window, shown, "23-help-larger", SIZES[:1])
    shown.close()


def _take_log(taker: ScreenshotTaker, window: MainWindow) -> None:
    window.actions_.log.trigger()
    log = open_dialog(window, LogWindow)
    taker.wait(lambda: not log.worker.busy)
    taker.take_over(window, log, "24-log-empty", SIZES[:1])
    log.close()
    _fill_log()
    window.actions_.log.trigger()
    taker.wait(lambda: len(log.model.entries) > 10)
    log.table.selectRow(next(row for row, entry in enumerate(log.model.entries) if "\n" in entry.text))
    taker.settle(0.3)
    taker.take_over(window, log, "24-log")
    log.level.choose("ERROR")
    taker.wait(lambda: not log.worker.busy)
    taker.settle(0.2)
    taker.take_over(window, log, "24-log-errors", SIZES[:1])
    log.close()


def _raise_disk_full(_settings: object) -> None:
    raise StorageError(path=locations.user_config() / "settings.json", reason="No space left on device")


def _fill_folders() -> None:
    for folder, name, size in (
        (locations.user_data(), "library.sqlite3", 8_123_456),
        (locations.user_cache() / "numba", "index.nbi", 512_000),
        (locations.user_log(), "genre-desktop.log", 0),
    ):
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / name).exists():
            (folder / name).write_bytes(b"\0" * size)


def _fill_log() -> None:
    configure_logging()
    log = logging.getLogger("genre_desktop.gui.session.classification_queue")
    for number in range(40):
        log.info("classified /home/somebody/Music/Album %d/track %02d.flac", number // 12, number)
    log.warning("settings are damaged, defaults are used: Expecting value: line 1 column 1 (char 0)")
    logging.getLogger("genre_desktop.library.engine.engine").info(
        "GD-106: /home/somebody/Music/broken.mp3 is damaged: 12.4 s could be read (the end is missing)"
    )
    try:
        raise RuntimeError("the device went away in the middle of a block")
    except RuntimeError:
        logging.getLogger("genre_desktop.audio.playback.player").exception("unexpected error in player")
    log.info("a name that is no UTF-8: caf\udcff.mp3")
    close_logging()
    assert log_file().exists()
