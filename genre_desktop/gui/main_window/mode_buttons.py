"""The buttons at the right end of the menu bar."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from genre_desktop.core.i18n import tr
from genre_desktop.gui.widgets.labels import set_style_flags


def overview_button(action: QAction) -> QToolButton:
    """Button that toggles the overview of the library."""
    button = QToolButton(autoRaise=True)
    button.setText(tr("Overview"))
    button.setToolTip(tr("Genres, confidence and outliers of the whole list (Ctrl+L)"))
    button.setCheckable(True)
    button.setProperty("chip", True)
    button.setProperty("slim", True)
    button.clicked.connect(action.trigger)
    action.toggled.connect(button.setChecked)
    action.toggled.connect(lambda checked: set_style_flags(button, chosen=checked))
    return button


def button_row(*buttons: QToolButton) -> QWidget:
    """Widget with buttons side by side, for the corner of a menu bar."""
    corner = QWidget()
    layout = QHBoxLayout(corner)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for one in buttons:
        layout.addWidget(one)
    return corner
