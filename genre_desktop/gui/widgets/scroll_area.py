"""Content that may be larger than its window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


def scrolling(content: QWidget) -> QScrollArea:
    """Content that fills the room there is, and scrolls where it needs more."""
    return let_scroll(content, QScrollArea())


def let_scroll(content: QWidget, area: QScrollArea) -> QScrollArea:
    """Put content into an area, as `scrolling` does."""
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setAcceptDrops(False)  # they are the window's
    area.setWidget(content)
    return area
