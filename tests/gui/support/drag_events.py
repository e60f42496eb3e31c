"""What Qt sends for a drag from another program."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

NO_KEYS = Qt.KeyboardModifier.NoModifier
ALL_ACTIONS = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction | Qt.DropAction.LinkAction


def urls_of(paths: Iterable[Path | str]) -> QMimeData:
    """What a file manager offers for some files."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def drop(window: QWidget, mime: QMimeData, modifiers: Qt.KeyboardModifier = NO_KEYS) -> QDropEvent:
    """From entering to letting go; without the entering Qt would swallow the drop."""
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
