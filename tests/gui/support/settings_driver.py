"""The dialog of the settings as a person uses it."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QApplication, QMessageBox

from genre_desktop.core.errors import BundleHashError
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.settings.settings_dialog import SettingsDialog
from genre_desktop.model.bundles.bundle import ModelBundle
from tests.gui.conftest import (
    changed,
    make_predictor,
)


def opened(window: MainWindow) -> SettingsDialog:
    window.actions_.settings.trigger()
    found = window.findChild(SettingsDialog)
    assert found.isVisible()
    return found


def window_of(dialog: SettingsDialog) -> MainWindow:
    window = dialog.parentWidget()
    assert isinstance(window, MainWindow)
    return window


def page(dialog: SettingsDialog, kind: type) -> Any:
    """Select a page of the dialog."""
    (found,) = (one for one in dialog.pages if isinstance(one, kind))
    dialog.list.setCurrentRow(dialog.pages.index(found))
    assert found.isVisible()
    return found


def answer(dialog: Any, text: str) -> None:
    (box,) = (one for one in dialog.findChildren(QMessageBox) if one.isVisible())
    next(button for button in box.buttons() if button.text().replace("&", "") == text).click()
    QApplication.processEvents()


def with_models(services: Services, *names: str, bad: str = "", start: str = "") -> Services:
    predictors = {name: make_predictor(name) for name in names}

    def load(bundle: ModelBundle) -> Any:
        if bundle.name == bad:
            raise BundleHashError(path=bundle.path, received="0", expected="1")
        return predictors[bundle.name]

    return changed(
        services,
        list_bundles=lambda: [predictor.bundle for predictor in predictors.values()],
        default_bundle=lambda: predictors[start or names[0]].bundle,
        load_predictor=load,
    )
