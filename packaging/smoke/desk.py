"""What a person does on the test's screen: drag files from a small window, take a picture.

A program of its own::

    python -m smoke.desk drag X Y FILE ...     shows a window at X, Y to drag from, until it is ended
    python -m smoke.desk shoot FILE            saves the screen
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QMimeData, QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

SIZE = 80


class Source(QWidget):
    """A file manager with one thing in it."""

    def __init__(self, at: QPoint, paths: list[str]) -> None:
        super().__init__(None, Qt.WindowType.FramelessWindowHint)
        self._paths = paths
        self.setGeometry(at.x(), at.y(), SIZE, SIZE)
        self.setWindowTitle("drag source")

    def mousePressEvent(self, _event: QMouseEvent) -> None:  # noqa: N802  (Qt's name)
        """Let the files be dragged, and say what became of them."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(path) for path in self._paths])
        drag = QDrag(self)
        drag.setMimeData(mime)
        action = drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, Qt.DropAction.MoveAction)
        # X11 asks for what was dropped only now: like a file manager, this stays until it is ended.
        print(action.name, flush=True)


def main(arguments: list[str]) -> int:
    """Do what is asked."""
    app = QApplication(["desk"])
    if arguments[0] == "shoot":
        screen = app.primaryScreen()
        return 0 if screen.grabWindow(0).save(arguments[1], "PNG") else 1
    source = Source(QPoint(int(arguments[1]), int(arguments[2])), arguments[3:])
    source.show()
    QTimer.singleShot(500, lambda: print("shown", flush=True))
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
