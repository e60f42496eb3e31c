"""What the plots ask of the reader, and what it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from genre_desktop.gui.canvas.track_canvas import TrackCanvas
from genre_desktop.gui.session.track_reader import TrackReader

if TYPE_CHECKING:
    from genre_desktop.gui.canvas.track_plots import TrackPlots


class CanvasController(QObject):
    """Connects a canvas with its reader, once there are plots."""

    def __init__(self, canvas: TrackCanvas, reader: TrackReader) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._reader = reader
        canvas.plots_built.connect(self._connect)

    def _connect(self) -> None:
        plots: TrackPlots | None = self._canvas.plots
        assert plots is not None
        reader = self._reader
        plots.requests.tiles_requested.connect(reader.ask_tiles)
        plots.requests.picture_requested.connect(reader.ask_picture)
        plots.requests.samples_requested.connect(reader.ask_samples)
        reader.tile_made.connect(plots.show_tile)
        reader.samples_made.connect(plots.show_samples)
        reader.use(plots.picture_config())
