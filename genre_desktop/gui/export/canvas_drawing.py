"""Pictures and SVG drawings of what the canvas shows."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QIODevice, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from genre_desktop.gui.widgets.theme import Colours, scaled_font

_HEADING_HEIGHT = 64
_MARGIN = 16
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MIN_RATIO = 2.0
"""Pixels of a picture for each pixel of the canvas, at least: it is also seen on other screens and on paper."""

Paint = Callable[[QPainter, QSizeF], None]
"""Paints the visible part of a track into a rectangle of a size at (0, 0), such as `TrackPlots.paint_to`."""


@dataclass(frozen=True)
class Heading:
    """Text above a picture.

    Attributes
    ----------
    title, details, answer : str
    """

    title: str
    details: str
    answer: str


def draw_picture(paint: Paint, heading: Heading, size: QSize, ratio: float, colours: Colours) -> QImage:
    """Draw the visible part of the plots as a picture.

    Parameters
    ----------
    paint : Paint
    heading : Heading
    size : QSize
        Size of the plots.
    ratio : float
        Device pixels of the screen for each of Qt's pixels.
    colours : Colours

    Returns
    -------
    QImage
    """
    ratio = max(ratio, _MIN_RATIO)
    whole_size = _size_with_heading(size)
    image = QImage(whole_size * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    _draw(painter, paint, heading, size, colours)
    painter.end()
    return image


def draw_svg(paint: Paint, heading: Heading, size: QSize, colours: Colours) -> bytes:
    """Draw the visible part of the plots as SVG: text and shapes as vectors, the spectrogram as an image."""
    from PySide6.QtSvg import QSvgGenerator

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    whole_size = _size_with_heading(size)
    generator.setSize(whole_size)
    generator.setViewBox(QRectF(0, 0, whole_size.width(), whole_size.height()))
    generator.setTitle(heading.title)
    generator.setDescription(" · ".join(filter(None, (heading.details, heading.answer))))
    painter = QPainter(generator)
    _draw(painter, paint, heading, size, colours)
    painter.end()
    # Qt does not remove characters that XML forbids, which a name or a genre may hold.
    return _NOT_XML.sub("\ufffd", bytes(buffer.data().data()).decode("utf-8", "replace")).encode("utf-8")


def _size_with_heading(size: QSize) -> QSize:
    return QSize(size.width(), size.height() + _HEADING_HEIGHT)


def _draw(painter: QPainter, paint: Paint, heading: Heading, size: QSize, colours: Colours) -> None:
    painter.fillRect(QRectF(0, 0, size.width(), size.height() + _HEADING_HEIGHT), QColor(colours.base))
    width = size.width() - 2 * _MARGIN
    lines: tuple[tuple[str, QFont, str], ...] = (
        (heading.title, scaled_font(1.15, bold=True), colours.text),
        ("   ".join(filter(None, (heading.answer, heading.details))), scaled_font(1.0), colours.muted),
    )
    top = 12
    for text, font, colour in lines:
        painter.setFont(font)
        painter.setPen(QColor(colour))
        metrics = painter.fontMetrics()
        text = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, width)
        painter.drawText(QRectF(_MARGIN, top, width, metrics.height()), Qt.AlignmentFlag.AlignLeft, text)
        top += metrics.height() + 4
    painter.translate(0, _HEADING_HEIGHT)
    paint(painter, QSizeF(size))
