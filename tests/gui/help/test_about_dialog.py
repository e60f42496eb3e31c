from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from genre_desktop import __version__
from genre_desktop.core.errors import BundleUnreadableError
from genre_desktop.gui.help.about_dialog import AboutDialog
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from genre_desktop.model.bundles.catalogue import list_bundles
from tests.gui.conftest import MakeWindow, changed


@pytest.fixture
def about(qtbot: QtBot, make_window: MakeWindow, services: Services) -> AboutDialog:
    window = make_window(changed(services, list_bundles=list_bundles), wait_for_plots=False)
    return opened(qtbot, window)


def opened(qtbot: QtBot, window: MainWindow) -> AboutDialog:
    window.actions_.about.trigger()
    found = window.findChild(AboutDialog)
    qtbot.waitUntil(lambda: not found.worker.busy)
    return found


def words(widget: object) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))  # type: ignore[attr-defined]


def test_versions_and_the_licence_of_the_whole_are_shown(about: AboutDialog) -> None:
    text = words(about.versions)
    assert f"Genre Desktop {__version__}" in text
    assert "MIT" in text and "GPL-3.0-or-later" in text and "mutagen" in text
    names = [name for name, _ in about.versions.versions]
    assert {"Genre Desktop", "Python", "Qt", "keras", "numpy"} < set(names)
    assert any(name.startswith("tensorflow") for name in names)
    about.copy_versions()
    copied = QGuiApplication.clipboard().text()
    assert copied.splitlines()[0] == f"Genre Desktop {__version__}"
    assert all(f"{name} {version}" in copied for name, version in about.versions.versions)


def test_each_part_shows_its_licence(qtbot: QtBot, about: AboutDialog) -> None:
    parts = about.parts
    assert parts.list.count() > 20
    assert parts.list.item(0).text() == f"Genre Desktop {__version__}"
    qtbot.waitUntil(lambda: "MIT License" in parts.text.toPlainText())
    row = next(row for row in range(parts.list.count()) if parts.list.item(row).text().startswith("mutagen"))
    parts.list.setCurrentRow(row)
    qtbot.waitUntil(lambda: "GENERAL PUBLIC LICENSE" in parts.text.toPlainText())
    assert parts.licence.text() == "GPL-2.0-or-later"
    assert parts.title.text().startswith("mutagen")


def test_models_are_shown_with_their_licences(about: AboutDialog) -> None:
    text = words(about.models)
    assert "gtzan-musicnn" in text and "gtzan-cnn" in text
    assert "Universitat Pompeu Fabra" in text and "GTZAN" in text and "carries no licence" in text


def test_an_error_while_models_are_listed_is_shown(qtbot: QtBot, make_window: MakeWindow, services: Services) -> None:
    window = make_window(services, wait_for_plots=False)

    def refuse() -> list[object]:
        raise BundleUnreadableError(path="x", reason="the drive is gone")

    window.help_controller._list_bundles = refuse  # type: ignore[assignment]
    about = opened(qtbot, window)
    assert "the drive is gone" in about.message.text()
    assert about.parts.list.count() > 20, "the rest is there"


def test_it_opens_once_and_closes_with_the_window(qtbot: QtBot, make_window: MakeWindow, services: Services) -> None:
    window = make_window(services, wait_for_plots=False)
    first = opened(qtbot, window)
    assert opened(qtbot, window) is first
    assert first.minimumSizeHint().height() < 700 and first.width() <= 1280 and first.height() <= 760
    window.close_now()
    assert not first.isVisible()
