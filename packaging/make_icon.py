"""Render the application's icon from its drawing, in the forms of all systems.

    python packaging/make_icon.py

Writes ``resources/icons/genre-desktop.png`` (256 pixels), ``packaging/windows/genre-desktop.ico`` and
``packaging/macos/genre-desktop.icns``; run it after a change of the SVG.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ROOT = Path(__file__).resolve().parent.parent
DRAWING = ROOT / "resources" / "icons" / "genre-desktop.svg"

LINUX_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
WINDOWS_SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
# Type codes of entries that hold PNG: points and, with @2x, twice as many pixels.
APPLE_SIZES = {
    b"ic11": 32, b"ic12": 64, b"ic07": 128, b"ic13": 256, b"ic08": 256, b"ic14": 512, b"ic09": 512, b"ic10": 1024,
}  # fmt: skip
# Apple's icons leave room for their shadow: 824 of 1024 pixels (Human Interface Guidelines, App icons).
APPLE_SHARE = 824 / 1024


def png(size: int, share: float = 1.0) -> bytes:
    """Render the icon.

    Parameters
    ----------
    size : int
        Edge in pixels.
    share : float
        Of the edge that the drawing takes; what is left stays transparent.
    """
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    # The drawing has a margin of its own, 8 of 256.
    edge = size * min(1.0, share * 256 / 240)
    QSvgRenderer(str(DRAWING)).render(painter, QRectF((size - edge) / 2, (size - edge) / 2, edge, edge))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload]
        raise SystemExit("Qt cannot write PNG here")
    return bytes(buffer.data().data())


def ico(sizes: Iterable[int] = WINDOWS_SIZES) -> bytes:
    """A Windows icon: a directory of pictures; PNG ones are read since Windows Vista."""
    pictures = [(size, png(size)) for size in sizes]
    head = struct.pack("<HHH", 0, 1, len(pictures))
    place = len(head) + 16 * len(pictures)
    for size, picture in pictures:
        # 256 is written as 0, in one byte.
        head += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), place)
        place += len(picture)
    return head + b"".join(picture for _, picture in pictures)


def icns() -> bytes:
    """An Apple icon: as ``iconutil`` makes it, but on any system."""
    rendered = {size: png(size, APPLE_SHARE) for size in sorted(set(APPLE_SIZES.values()))}
    entries = b"".join(
        code + struct.pack(">I", 8 + len(rendered[size])) + rendered[size] for code, size in APPLE_SIZES.items()
    )
    return b"icns" + struct.pack(">I", 8 + len(entries)) + entries


def main() -> None:
    """Render all of them."""
    for path, content in (
        (DRAWING.with_suffix(".png"), png(256)),
        (ROOT / "packaging" / "windows" / "genre-desktop.ico", ico()),
        (ROOT / "packaging" / "macos" / "genre-desktop.icns", icns()),
    ):
        path.write_bytes(content)
        print(f"{path.relative_to(ROOT)}: {len(content) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
