"""Connects the canvas with the session, the settings and the View menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from genre_desktop.gui.canvas.track_canvas import TrackCanvas
from genre_desktop.gui.session.session import Session
from genre_desktop.gui.session.settings_model import SettingsModel

if TYPE_CHECKING:
    from genre_desktop.gui.actions import Actions
    from genre_desktop.gui.canvas.track_plots import TrackPlots
    from genre_desktop.gui.tracks.track import Track
    from genre_desktop.model.prediction import Prediction

_ZOOM = 0.6
_SCROLL = 0.25


class CanvasController(QObject):
    """Shows the selected track of a session on a canvas, with the colours and scale of the settings."""

    def __init__(self, canvas: TrackCanvas, session: Session, settings: SettingsModel, actions: Actions) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._reader = session.reader
        canvas.plots_built.connect(self._connect_plots)
        session.canvas_prepared.connect(canvas.build_plots)
        session.canvas_failed.connect(canvas.show_plots_error)
        session.shown_changed.connect(self._show_track)
        session.result_changed.connect(self._show_result)
        session.whole_pass_changed.connect(canvas.pass_line.show_pass)
        session.picture_changed.connect(canvas.show_picture)
        session.picture_failed.connect(canvas.show_error)
        canvas.spectrogram_menu.chosen.connect(lambda chosen: settings.set(canvas=chosen))
        settings.changed.connect(lambda changed: canvas.spectrogram_menu.set_settings(changed.canvas))
        actions.add_to_view(canvas.spectrogram_menu)
        for action, slot in (
            (actions.zoom_in, lambda: canvas.zoom_time(_ZOOM)),
            (actions.zoom_out, lambda: canvas.zoom_time(1 / _ZOOM)),
            (actions.zoom_all, lambda: canvas.zoom_time(None)),
            (actions.earlier, lambda: canvas.scroll_time(-_SCROLL)),
            (actions.later, lambda: canvas.scroll_time(_SCROLL)),
        ):
            action.triggered.connect(slot)

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

    def _show_track(self, track: Track | None) -> None:
        if track is None:
            self._canvas.show_nothing()
        else:
            self._canvas.show_reading(track)

    def _show_result(self, track: Track | None, prediction: Prediction | None) -> None:
        if track is not None:
            self._canvas.show_prediction(prediction)
