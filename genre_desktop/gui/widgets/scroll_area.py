"""Scroll areas for content that may be larger than its window."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QStyle, QWidget


def scrolling(content: QWidget) -> QScrollArea:
    """A scroll area around content that fills the area, and scrolls where it needs more room."""
    return let_scroll(content, QScrollArea())


def let_scroll(content: QWidget, area: QScrollArea) -> QScrollArea:
    """Put content into an existing scroll area, as `scrolling` does."""
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setAcceptDrops(False)  # drops belong to the window
    area.setWidget(content)
    return area


def scroll_bar_width(widget: QWidget) -> int:
    """Pixels that a scroll bar takes in the style of a widget."""
    return widget.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, widget)


def layout_fits(layout: QLayout, width: int, room: QSize) -> bool:
    """Whether the content of a layout fits without scrolling.

    Parameters
    ----------
    layout : QLayout
    width : int
        Of its window in pixels.
    room : QSize
        That the screen has.

    Returns
    -------
    bool
    """
    needed = layout.totalMinimumSize()
    if layout.hasHeightForWidth():
        width = min(max(width, needed.width()), room.width())
        needed.setHeight(max(needed.height(), layout.totalMinimumHeightForWidth(width)))
    return needed.width() <= room.width() and needed.height() <= room.height()
