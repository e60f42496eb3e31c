"""Render the application's icon from its drawing.

    python packaging/make_icon.py

Writes ``resources/icons/genre-desktop.png`` (256 pixels); run it after a change of the SVG.
"""

from __future__ import annotations

import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZE = 256


def main() -> None:
    """Render the icon."""
    application = QGuiApplication([])
    drawing = Path(__file__).resolve().parent.parent / "resources" / "icons" / "genre-desktop.svg"
    image = QImage(SIZE, SIZE, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(drawing)).render(painter)
    painter.end()
    if not image.save(str(drawing.with_suffix(".png"))):
        raise SystemExit(f"{drawing.with_suffix('.png')} cannot be written")
    application.quit()


if __name__ == "__main__":
    main()
