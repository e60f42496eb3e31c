"""Export of what the canvas shows: as a picture, an SVG drawing, or the segments for other programs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from genre_desktop.core.i18n import tr
from genre_desktop.core.untrusted.short_names import short_name
from genre_desktop.gui.export.canvas_export_task import CanvasExportRequest, CanvasFormat, write_canvas_export
from genre_desktop.gui.text.display import displayable
from genre_desktop.gui.widgets.message_box import MessageBox
from genre_desktop.gui.workers.worker import Worker
from genre_desktop.library.result import TrackResult


class CanvasExport(QObject):
    """Lets the user choose a file and a format, and writes the file on a worker.

    Parameters
    ----------
    window : QWidget
        Parent of the dialogs.

    Attributes
    ----------
    worker : Worker
    """

    message = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.worker = Worker("canvas export", write_canvas_export, self)
        self.worker.succeeded.connect(lambda path: self.message.emit(tr("Written to {path}.", path=displayable(path))))
        self.worker.failed.connect(lambda error: self.message.emit(error.message))

    def choose_target(
        self, folder: str, name: str, formats: tuple[CanvasFormat, ...]
    ) -> tuple[Path, CanvasFormat] | None:
        """Let the user choose a file, whose ending determines the format.

        Parameters
        ----------
        folder : str
            Folder in which the file dialog opens.
        name : str
            Proposed name, without an ending.
        formats : tuple of CanvasFormat
            Formats to choose from; the first one is proposed.

        Returns
        -------
        tuple of (Path, CanvasFormat) or None
            None if the user cancels.
        """
        filters = {f"{_format_name(each)} (*.{each.value})": each for each in formats}
        proposed = str(Path(folder) / short_name(name, f".{formats[0].value}"))
        chosen, chosen_filter = QFileDialog.getSaveFileName(
            self._window, tr("Export what is seen"), proposed, ";;".join(filters)
        )
        if not chosen:
            return None
        path = Path(chosen)
        format_ = {f".{each.value}": each for each in formats}.get(path.suffix.lower())
        if format_ is None:  # "take 2.5" has no known ending, and not every platform adds that of the filter
            format_ = filters.get(chosen_filter, formats[0])
            path = path.with_name(short_name(path.name, f".{format_.value}"))
            if path.exists() and not self._may_replace(path):  # the dialog asked about the name without an ending
                return None
        return path, format_

    def _may_replace(self, path: Path) -> bool:
        box = self.replace_question(path)
        answer = box.exec()
        box.deleteLater()
        return answer == MessageBox.StandardButton.Yes

    def replace_question(self, path: Path) -> MessageBox:
        """The question whether an existing file may be replaced."""
        buttons = MessageBox.StandardButton
        box = MessageBox(self._window)
        box.setWindowTitle(tr("Replace?"))
        box.setIcon(MessageBox.Icon.Question)
        box.setText(tr("{path} is there already. Replace it?", path=displayable(path)))
        box.setStandardButtons(buttons.Yes | buttons.No)
        box.setDefaultButton(buttons.No)
        return box

    def write(self, target: Path, format_: CanvasFormat, content: QImage | bytes | TrackResult) -> None:
        """Write a picture, a drawing or segments on the worker."""
        self.worker.submit(CanvasExportRequest(target, format_, content))


def _format_name(format_: CanvasFormat) -> str:
    return {
        CanvasFormat.PNG: tr("Picture"),
        CanvasFormat.SVG: tr("Drawing"),
        CanvasFormat.LABELS: tr("Audacity label track"),
        CanvasFormat.CSV: tr("Table of segments"),
        CanvasFormat.JSON: tr("Result with segments"),
    }[format_]
