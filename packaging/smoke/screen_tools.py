"""Tools on the virtual screen: a small window to drag files from, and screenshots.

A program of its own::

    python -m smoke.screen_tools drag X Y FILE ...     shows a window at X, Y to drag from, until it is ended
    python -m smoke.screen_tools shoot FILE            saves a screenshot
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QMimeData, QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

SIZE = 80


class DragSource(QWidget):
    """A window from which files are dragged, like that of a file manager."""

    def __init__(self, at: QPoint, paths: list[str]) -> None:
        super().__init__(None, Qt.WindowType.FramelessWindowHint)
        self._paths = paths
        self.setGeometry(at.x(), at.y(), SIZE, SIZE)
        self.setWindowTitle("drag source")

    def mousePressEvent(self, _event: QMouseEvent) -> None:  # noqa: N802  (Qt's name)
        """Drag the files, and print the drop action."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(path) for path in self._paths])
        drag = QDrag(self)
        drag.setMimeData(mime)
        action = drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, Qt.DropAction.MoveAction)
        # X11 transfers the data only now: like a file manager, this program runs until it is ended.
        print(action.name, flush=True)


def main(arguments: list[str]) -> int:
    """Run a tool."""
    app = QApplication(["screen-tools"])
    if arguments[0] == "shoot":
        screen = app.primaryScreen()
        return 0 if screen.grabWindow(0).save(arguments[1], "PNG") else 1
    source = DragSource(QPoint(int(arguments[1]), int(arguments[2])), arguments[3:])
    source.show()
    QTimer.singleShot(500, lambda: print("shown", flush=True))
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
