"""The open window of the help."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication

from genre_desktop.gui.help.help_window import HelpWindow
from genre_desktop.gui.main_window.main_window import MainWindow


@pytest.fixture
def shown(window: MainWindow) -> HelpWindow:
    window.actions_.help.trigger()
    found = window.findChild(HelpWindow)
    assert found.isVisible()
    return found


@pytest.fixture(autouse=True)
def _no_windows_left(qapp: QApplication) -> Iterator[None]:
    yield
    for widget in qapp.topLevelWidgets():
        if isinstance(widget, HelpWindow) and shiboken6.isValid(widget):
            widget.close()
