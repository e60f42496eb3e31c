"""Requests for the data that the visible part of the plots needs."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from genre_desktop.audio.picture.track_picture import PictureConfig, TileKey
from genre_desktop.gui.canvas.plot_painter import PlotGeometry, PlotPainter


class PlotRequests(QObject):
    """Asks for spectrogram tiles and samples that are visible and not there yet, each of them once.

    A new request for tiles replaces the one before: what has left the view is no longer computed.
    """

    picture_requested = Signal(object)  # PictureConfig
    tiles_requested = Signal(object, object)  # PictureConfig, tuple of TileKey
    samples_requested = Signal(float, float)  # seconds

    def __init__(self, plot_painter: PlotPainter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._plot_painter = plot_painter
        self._tiles: tuple[PictureConfig, tuple[TileKey, ...]] | None = None
        self._samples: tuple[float, float] | None = None

    def reset(self) -> None:
        """Forget all requests: another track is shown."""
        self._tiles = self._samples = None

    def samples_arrived(self) -> None:
        """Let samples be requested again."""
        self._samples = None

    def request_picture(self) -> None:
        """Ask for the whole spectrogram in another analysis."""
        self._tiles = None
        self.picture_requested.emit(self._plot_painter.picture_config)

    def request_missing(self, geometry: PlotGeometry) -> None:
        """Ask for what a view lacks."""
        plots = self._plot_painter
        picture = plots.picture
        if picture is None:
            return
        duration_s = plots.time_axis.duration_s
        samples = plots.waveform.missing_samples(geometry.scale, geometry.dpr, duration_s)
        if samples is not None and samples != self._samples:
            self._samples = samples
            self.samples_requested.emit(*samples)
        if picture.config != plots.picture_config:
            return  # the whole spectrogram in the new analysis was requested
        keys = plots.spectrogram.visible_tiles(geometry.scale, geometry.dpr, duration_s)
        missing = tuple(plots.spectrogram.missing_tiles(keys))
        known = self._tiles
        if missing and not (known is not None and known[0] == picture.config and set(missing) <= set(known[1])):
            self._tiles = (picture.config, missing)
            self.tiles_requested.emit(picture.config, missing)
