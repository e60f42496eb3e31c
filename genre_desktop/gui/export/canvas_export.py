"""What the canvas shows, as a picture, a drawing, or the genre over time for other programs."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QFileDialog, QWidget

from genre_desktop.core.i18n import tr
from genre_desktop.gui.text.display import displayable
from genre_desktop.gui.widgets.message_box import MessageBox
from genre_desktop.gui.widgets.theme import Colours, scaled_font
from genre_desktop.gui.workers.worker import Worker
from genre_desktop.library.result import TrackResult

if TYPE_CHECKING:
    from genre_desktop.gui.workers.worker import TaskContext

_HEADING = 64
_MARGIN = 16
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SHARPEST = 2.0
"""Pixels of a picture for each of the canvas, at least: it will be looked at on other screens and on paper."""


class ViewKind(Enum):
    """What is written."""

    PNG = "png"
    SVG = "svg"
    LABELS = "txt"
    CSV = "csv"
    JSON = "json"

    @property
    def is_picture(self) -> bool:
        """Whether it shows what the canvas shows, and not the segments alone."""
        return self in (ViewKind.PNG, ViewKind.SVG)


Paint = Callable[[QPainter, QSizeF], None]
"""Paints the visible part of a track into a rectangle of a size at (0, 0), such as `TrackPlots.paint_to`."""


@dataclass(frozen=True)
class Heading:
    """What stands above a picture.

    Attributes
    ----------
    title, details, answer : str
    """

    title: str
    details: str
    answer: str


@dataclass(frozen=True, eq=False)
class ViewRequest:
    """Write one file.

    Attributes
    ----------
    target : Path
    kind : ViewKind
    content : QImage, bytes or TrackResult
        A picture, a drawing, or the result whose segments are wanted.
    """

    target: Path
    kind: ViewKind
    content: QImage | bytes | TrackResult


def draw_picture(paint: Paint, heading: Heading, size: QSize, ratio: float, colours: Colours) -> QImage:
    """What is visible as a picture.

    Parameters
    ----------
    paint : Paint
    heading : Heading
    size : QSize
        Of the plots.
    ratio : float
        Pixels of the screen for one of Qt's.
    colours : Colours
    """
    ratio = max(ratio, _SHARPEST)
    whole = _whole(size)
    image = QImage(whole * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    _draw(painter, paint, heading, size, colours)
    painter.end()
    return image


def draw_svg(paint: Paint, heading: Heading, size: QSize, colours: Colours) -> bytes:
    """What is visible as an SVG drawing: letters, lines and shapes, and the spectrogram as an image in it."""
    from PySide6.QtSvg import QSvgGenerator

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    whole = _whole(size)
    generator.setSize(whole)
    generator.setViewBox(QRectF(0, 0, whole.width(), whole.height()))
    generator.setTitle(heading.title)
    generator.setDescription(" · ".join(filter(None, (heading.details, heading.answer))))
    painter = QPainter(generator)
    _draw(painter, paint, heading, size, colours)
    painter.end()
    # Qt lets characters through that no XML may hold; a name, or a genre on the timeline, could break the drawing.
    return _NOT_XML.sub("\ufffd", bytes(buffer.data().data()).decode("utf-8", "replace")).encode("utf-8")


def _whole(size: QSize) -> QSize:
    return QSize(size.width(), size.height() + _HEADING)


def _draw(painter: QPainter, paint: Paint, heading: Heading, size: QSize, colours: Colours) -> None:
    painter.fillRect(QRectF(0, 0, size.width(), size.height() + _HEADING), QColor(colours.base))
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
    painter.translate(0, _HEADING)
    paint(painter, QSizeF(size))


def write_view(request: ViewRequest, report: TaskContext) -> Path:
    """Work of the worker: write a file, which appears whole or not at all.

    Raises
    ------
    ExportTargetError, StorageError
    """
    from genre_desktop.library.export.timeline import TimelineFormat, write_timeline
    from genre_desktop.library.files.atomic_write import replacing, require_replaceable

    content = request.content
    if isinstance(content, TrackResult):
        forms: dict[ViewKind, TimelineFormat] = {
            ViewKind.LABELS: "labels",
            ViewKind.CSV: "csv",
            ViewKind.JSON: "json",
        }
        write_timeline(request.target, content, forms[request.kind])
        return request.target
    if isinstance(content, QImage):
        content = _png(content)
        require_replaceable(request.target, lambda head: head.startswith(b"\x89PNG"))
    else:
        require_replaceable(request.target, lambda head: b"<svg" in head)
    with replacing(request.target) as file:
        file.write(content)
    return request.target


def _png(image: QImage) -> bytes:
    array = QByteArray()
    buffer = QBuffer(array)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(array.data())


class CanvasExport(QObject):
    """Asks where to, draws, and lets a worker write.

    Attributes
    ----------
    worker : Worker
    """

    message = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.worker = Worker("view", write_view, self)
        self.worker.succeeded.connect(lambda path: self.message.emit(tr("Written to {path}.", path=displayable(path))))
        self.worker.failed.connect(lambda error: self.message.emit(error.message))

    def ask(self, folder: str, name: str, kinds: tuple[ViewKind, ...]) -> tuple[Path, ViewKind] | None:
        """Let a person choose a name, whose ending tells what is written; None when they do not.

        Parameters
        ----------
        folder : str
            To begin with.
        name : str
            Proposed, without an ending.
        kinds : tuple of ViewKind
            Of which there is something to write; the first one is proposed.
        """
        filters = {f"{_kind_name(kind)} (*.{kind.value})": kind for kind in kinds}
        proposed = str(Path(folder) / f"{name}.{kinds[0].value}")
        chosen, chosen_filter = QFileDialog.getSaveFileName(
            self._window, tr("Export what is seen"), proposed, ";;".join(filters)
        )
        if not chosen:
            return None
        path = Path(chosen)
        by_ending = {f".{kind.value}": kind for kind in kinds}
        kind = by_ending.get(path.suffix.lower())
        wanted = filters.get(chosen_filter, kinds[0])
        if kind is None:  # "take 2.5" has no ending, and another filter does not change the name everywhere
            kind, path = wanted, path.with_name(f"{path.name}.{wanted.value}")
            if path.exists() and not self._may_replace(path):  # the dialog asked about the name without an ending
                return None
        return path, kind

    def _may_replace(self, path: Path) -> bool:
        box = self.question(path)
        answer = box.exec()
        box.deleteLater()
        return answer == MessageBox.StandardButton.Yes

    def question(self, path: Path) -> MessageBox:
        """Asks whether a file may be written over."""
        buttons = MessageBox.StandardButton
        box = MessageBox(self._window)
        box.setWindowTitle(tr("Replace?"))
        box.setIcon(MessageBox.Icon.Question)
        box.setText(tr("{path} is there already. Replace it?", path=displayable(path)))
        box.setStandardButtons(buttons.Yes | buttons.No)
        box.setDefaultButton(buttons.No)
        return box

    def write(self, target: Path, kind: ViewKind, content: Callable[[], QImage | bytes | TrackResult]) -> None:
        """Draw now, and write behind the window's back."""
        self.worker.submit(ViewRequest(target, kind, content()))


def _kind_name(kind: ViewKind) -> str:
    return {
        ViewKind.PNG: tr("Picture"),
        ViewKind.SVG: tr("Drawing"),
        ViewKind.LABELS: tr("Audacity label track"),
        ViewKind.CSV: tr("Table of segments"),
        ViewKind.JSON: tr("Result with segments"),
    }[kind]
