"""Request to write what the canvas shows to a file, and the work function that does it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage

from genre_desktop.library.result import TrackResult

if TYPE_CHECKING:
    from genre_desktop.gui.workers.worker import TaskContext


class CanvasFormat(Enum):
    """Format of a file, by its ending."""

    PNG = "png"
    SVG = "svg"
    LABELS = "txt"
    CSV = "csv"
    JSON = "json"

    @property
    def is_picture(self) -> bool:
        """Whether the file shows the plots, and not the segments only."""
        return self in (CanvasFormat.PNG, CanvasFormat.SVG)


@dataclass(frozen=True, eq=False)
class CanvasExportRequest:
    """Request to write one file.

    Attributes
    ----------
    target : Path
    format : CanvasFormat
    content : QImage, bytes or TrackResult
        A picture, an SVG drawing, or the result whose segments are written.
    """

    target: Path
    format: CanvasFormat
    content: QImage | bytes | TrackResult


def write_canvas_export(request: CanvasExportRequest, _context: TaskContext) -> Path:
    """Write the file, whole or not at all; work function of a worker.

    Raises
    ------
    ExportTargetError, StorageError
    """
    from genre_desktop.library.export.timeline import TimelineFormat, write_timeline
    from genre_desktop.library.files.atomic_write import atomic_write, require_replaceable

    content = request.content
    if isinstance(content, TrackResult):
        formats: dict[CanvasFormat, TimelineFormat] = {
            CanvasFormat.LABELS: "labels",
            CanvasFormat.CSV: "csv",
            CanvasFormat.JSON: "json",
        }
        write_timeline(request.target, content, formats[request.format])
        return request.target
    if isinstance(content, QImage):
        content = _png(content)
        require_replaceable(request.target, lambda head: head.startswith(b"\x89PNG"))
    else:
        require_replaceable(request.target, lambda head: b"<svg" in head)
    with atomic_write(request.target) as file:
        file.write(content)
    return request.target


def _png(image: QImage) -> bytes:
    array = QByteArray()
    buffer = QBuffer(array)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(array.data())
