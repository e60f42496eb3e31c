"""Icons drawn as vector shapes: sharp on every screen, in the colours of the theme."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

_SIDE = 24.0


class _Engine(QIconEngine):
    def __init__(self, draw: Callable[[QPainter, QColor], None], colour: str, faint: str) -> None:
        super().__init__()
        self._values = draw, colour, faint

    def paint(self, painter: QPainter, rect: object, mode: QIcon.Mode, state: QIcon.State) -> None:
        draw, colour, faint = self._values
        where = QRectF(rect)  # type: ignore[call-overload]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(where.topLeft())
        painter.scale(where.width() / _SIDE, where.height() / _SIDE)
        draw(painter, QColor(faint if mode == QIcon.Mode.Disabled else colour))
        painter.restore()

    def pixmap(self, size: object, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)  # type: ignore[call-overload]
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, picture.rect(), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        return _Engine(*self._values)


def icon(name: str, colour: str, faint: str) -> QIcon:
    """An icon by its name (a key of `SHAPES`) in a colour; in the colour `faint` while it is disabled."""
    return QIcon(_Engine(SHAPES[name], colour, faint))


def _filled(painter: QPainter, colour: QColor, *shapes: QPainterPath) -> None:
    for shape in shapes:
        painter.fillPath(shape, colour)


def _polygon(*points: tuple[float, float]) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
    path.closeSubpath()
    return path


def _bar(x: float, y: float, width: float, height: float) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(QRectF(x, y, width, height), 1.0, 1.0)
    return path


def _stroked(painter: QPainter, colour: QColor, path: QPainterPath) -> None:
    pen = QPen(colour, 2.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, pen)


def _play(painter: QPainter, colour: QColor) -> None:
    _filled(painter, colour, _polygon((7, 4.5), (19.5, 12), (7, 19.5)))


def _pause(painter: QPainter, colour: QColor) -> None:
    _filled(painter, colour, _bar(6, 5, 4.2, 14), _bar(13.8, 5, 4.2, 14))


def _stop(painter: QPainter, colour: QColor) -> None:
    _filled(painter, colour, _bar(6, 6, 12, 12))


def _loop(painter: QPainter, colour: QColor) -> None:
    path = QPainterPath(QPointF(4, 11))
    path.cubicTo(4, 8, 6, 7, 8, 7)
    path.lineTo(18, 7)
    path.moveTo(20, 13)
    path.cubicTo(20, 16, 18, 17, 16, 17)
    path.lineTo(6, 17)
    _stroked(painter, colour, path)
    _filled(painter, colour, _polygon((16.5, 3), (21.5, 7), (16.5, 11)), _polygon((7.5, 13), (2.5, 17), (7.5, 21)))


def _speaker(painter: QPainter, colour: QColor) -> None:
    _filled(painter, colour, _polygon((3, 9.5), (6.5, 9.5), (11.5, 5), (11.5, 19), (6.5, 14.5), (3, 14.5)))


def _loud(painter: QPainter, colour: QColor) -> None:
    _speaker(painter, colour)
    path = QPainterPath()
    for radius in (4.0, 8.0):
        square = QRectF(11.5 - radius, 12 - radius, 2 * radius, 2 * radius)
        path.arcMoveTo(square, 45)
        path.arcTo(square, 45, -90)
    _stroked(painter, colour, path)


def _mute(painter: QPainter, colour: QColor) -> None:
    _speaker(painter, colour)
    path = QPainterPath(QPointF(15, 9))
    path.lineTo(21, 15)
    path.moveTo(21, 9)
    path.lineTo(15, 15)
    _stroked(painter, colour, path)


def _device(painter: QPainter, colour: QColor) -> None:
    path = QPainterPath()
    path.arcMoveTo(QRectF(4, 4, 16, 18), 0)
    path.arcTo(QRectF(4, 4, 16, 18), 0, 180)
    _stroked(painter, colour, path)
    _filled(painter, colour, _bar(3, 13, 4.5, 7), _bar(16.5, 13, 4.5, 7))


SHAPES: dict[str, Callable[[QPainter, QColor], None]] = {
    "play": _play,
    "pause": _pause,
    "stop": _stop,
    "loop": _loop,
    "loud": _loud,
    "mute": _mute,
    "device": _device,
}
