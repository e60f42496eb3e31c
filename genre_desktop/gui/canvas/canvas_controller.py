"""Connects the plots of a canvas with the reader of the selected track."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from genre_desktop.gui.canvas.track_canvas import TrackCanvas
from genre_desktop.gui.session.track_reader import TrackReader

if TYPE_CHECKING:
    from genre_desktop.gui.canvas.track_plots import TrackPlots


class CanvasController(QObject):
    """Passes the requests of the plots to the reader and its answers back, once there are plots.

    Parameters
    ----------
    canvas : TrackCanvas
    reader : TrackReader
    """

    def __init__(self, canvas: TrackCanvas, reader: TrackReader) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._reader = reader
        canvas.plots_built.connect(self._connect_plots)

    def _connect_plots(self) -> None:
        plots: TrackPlots | None = self._canvas.plots
        assert plots is not None
        reader = self._reader
        plots.requests.tiles_requested.connect(reader.request_tiles)
        plots.requests.picture_requested.connect(reader.request_picture)
        plots.requests.samples_requested.connect(reader.request_samples)
        reader.tile_made.connect(plots.show_tile)
        reader.samples_made.connect(plots.show_samples)
        reader.set_config(plots.picture_config())
