"""Pictures of what stands around the work: first start, settings, about, help, log."""

from __future__ import annotations

import logging
from unittest.mock import patch

from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QDialog, QMessageBox, QPushButton

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
from tests.gui.screenshots.screenshot import SIZES, Photographer


def take_living(photographer: Photographer) -> None:
    """All of it."""
    wait, take = photographer.wait, photographer.take
    services = changed(
        photographer.services, list_bundles=list_bundles, default_bundle=lambda: find_bundle("gtzan-musicnn")
    )
    window = photographer.open(services)
    wait(lambda: not window.session.status().needs_model and not window.session.store_client.is_reading_list)
    photographer.settle()
    take(window, "20-first-start")
    _fill_folders()

    window.actions_.settings.trigger()
    dialog = _shown(window, SettingsDialog)
    for number, page in enumerate(dialog.pages):
        dialog.list.setCurrentRow(number)
        photographer.settle(0.5)
        if number == 3:
            wait(lambda: not window.live.session.is_looking)
            photographer.settle(1.5)
        take_beside(photographer, window, dialog, f"21-settings-{number}-{page.title.split()[0].lower()}")
    with patch("genre_desktop.gui.session.settings_model.save_settings", side_effect=_full):
        take_beside(photographer, window, dialog, "21-settings-not-written", SIZES[:1])
    next(button for button in dialog.findChildren(QPushButton) if button.text() == tr("&Reset all …")).click()
    take_beside(photographer, window, dialog.findChild(QMessageBox), "21-settings-reset", SIZES[:1])
    dialog.findChild(QMessageBox).reject()
    dialog.close()

    window.actions_.about.trigger()
    about = _shown(window, AboutDialog)
    wait(lambda: about.parts.list.count() > 0 and not about.worker.busy)
    for number, name in enumerate(("program", "parts", "models")):
        about.list.setCurrentRow(number)
        if name == "parts":
            about.parts.list.setCurrentRow(about.parts.list.count() // 2)
            wait(lambda: not about.worker.busy)
        photographer.settle()
        take_beside(photographer, window, about, f"22-about-{name}")
    about.close()

    window.actions_.help.trigger()
    shown = _shown(window, HelpWindow)
    for key in PAGES:
        shown.show_page(key)
        photographer.settle(0.2)
        take_beside(photographer, window, shown, f"23-help-{key}")
    shown.look_for("model")
    photographer.settle(0.2)
    take_beside(photographer, window, shown, "23-help-search", SIZES[:1])
    shown.search.clear()
    for _ in range(3):
        shown.larger.click()
    shown.show_page("first-steps")
    take_beside(photographer, window, shown, "23-help-larger", SIZES[:1])
    shown.close()

    window.actions_.log.trigger()
    log = _shown(window, LogWindow)
    wait(lambda: not log.worker.busy)
    take_beside(photographer, window, log, "24-log-empty", SIZES[:1])
    log.close()
    _fill_log()
    window.actions_.log.trigger()
    wait(lambda: len(log.model.entries) > 10)
    log.table.selectRow(next(row for row, entry in enumerate(log.model.entries) if "\n" in entry.text))
    photographer.settle(0.3)
    take_beside(photographer, window, log, "24-log")
    log.level.choose("ERROR")
    wait(lambda: not log.worker.busy)
    photographer.settle(0.2)
    take_beside(photographer, window, log, "24-log-errors", SIZES[:1])
    log.close()
    photographer.close(window)


def _shown(window: MainWindow, kind: type) -> QDialog:
    (dialog,) = (dialog for dialog in window.findChildren(kind) if dialog.isVisible())
    return dialog


def take_beside(
    photographer: Photographer,
    window: MainWindow,
    dialog: QDialog,
    name: str,
    sizes: tuple[tuple[int, int], ...] = SIZES,
) -> None:
    """Like `Photographer.take_over`, with a frame where the window system would put one."""
    for theme in ("light", "dark"):
        window.settings.set(theme=theme)
        window._themes.choose(theme)  # also where a picture before has changed it behind the preferences' back
        for width, height in sizes:
            window.resize(width, height)
            photographer.settle(0.12)
            picture, top = window.grab(), dialog.grab()
            painter = QPainter(picture)
            x, y = (width - top.width()) // 2, (height - top.height()) // 2
            painter.setPen(QPen(QColor("#808080"), 2))
            painter.drawRect(x, y, top.width(), top.height())
            painter.drawPixmap(x, y, top)
            painter.end()
            path = photographer.folder / f"{name}-{theme}-{width}.png"
            picture.save(str(path))
            print(path)


def _full(_settings: object) -> None:
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
        "GD-106: /home/somebody/Music/broken.mp3 is damaged: 12.4 s could be read before the decoder stopped"
    )
    try:
        raise RuntimeError("the device went away in the middle of a block")
    except RuntimeError:
        logging.getLogger("genre_desktop.audio.playback.player").exception("unexpected error in player")
    log.info("a name that is no UTF-8: caf\udcff.mp3")
    close_logging()
    assert log_file().exists()


__all__ = ["take_living"]
