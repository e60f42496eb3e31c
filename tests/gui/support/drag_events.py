"""Qt's events of a drag from another program."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

NO_KEYS = Qt.KeyboardModifier.NoModifier
ALL_ACTIONS = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction | Qt.DropAction.LinkAction


def urls_of(paths: Iterable[Path | str]) -> QMimeData:
    """The data that a file manager gives for a drag of files."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def drop(window: QWidget, mime: QMimeData, modifiers: Qt.KeyboardModifier = NO_KEYS) -> QDropEvent:
    """Send all events of a drag, from entering to dropping; without the first ones Qt ignores the drop."""
    at = QPoint(300, 300)
    for event in (
        QDragEnterEvent(at, ALL_ACTIONS, mime, Qt.MouseButton.LeftButton, modifiers),
        QDragMoveEvent(at, ALL_ACTIONS, mime, Qt.MouseButton.LeftButton, modifiers),
    ):
        QApplication.sendEvent(window, event)
        if mime.hasUrls():
            assert event.isAccepted() and event.dropAction() == Qt.DropAction.CopyAction
    dropped = QDropEvent(QPointF(at), ALL_ACTIONS, mime, Qt.MouseButton.LeftButton, modifiers)
    QApplication.sendEvent(window, dropped)
    return dropped
