"""Connects playback with the menu, the table and the canvas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from genre_desktop.audio.playback.messages import PlayState
from genre_desktop.core.i18n import tr
from genre_desktop.gui.playback.playback import Playback
from genre_desktop.gui.playback.transport_bar import TransportBar
from genre_desktop.gui.tracks.track import Track

if TYPE_CHECKING:
    from genre_desktop.gui.actions import Actions
    from genre_desktop.gui.canvas.track_canvas import TrackCanvas
    from genre_desktop.gui.tracks.track_model import TrackModel
    from genre_desktop.model.timeline import Span

_FRAME_MS = 16
_SKIP_S = 5.0


@dataclass(frozen=True)
class _BeforeClick:
    """What a click on the canvas has changed."""

    path: str | None
    seconds: float
    was_playing: bool
    start_s: float | None


class PlaybackController(QObject):
    """Plays what menu, table and canvas ask for, and draws the position on the canvas.

    Parameters
    ----------
    playback : Playback
    transport : TransportBar
    canvas : TrackCanvas
    tracks : TrackModel
    parent : QWidget
    """

    def __init__(
        self, playback: Playback, transport: TransportBar, canvas: TrackCanvas, tracks: TrackModel, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._playback = playback
        self._canvas = canvas
        self._tracks = tracks
        self._transport = transport
        self._shown: str | None = None  # path of the selected track
        self._segment: Span | None = None  # that was clicked last
        self._start_s: float | None = None  # where the selected track will begin to play
        self._actions: Actions | None = None
        self._before_click: _BeforeClick | None = None
        # A double click begins as a click, and sound that was heard cannot be undone.
        self._segment_timer = QTimer(self, singleShot=True, interval=QApplication.doubleClickInterval())
        self._segment_timer.timeout.connect(self.play_segment)
        # Runs only while the position moves.
        self._frame_timer = QTimer(self, interval=_FRAME_MS)
        self._frame_timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._frame_timer.timeout.connect(self._show_position)
        playback.changed.connect(self._on_changed)
        playback.moved.connect(self._show_position)
        transport.toggle_requested.connect(self.toggle)
        transport.loop_requested.connect(self.set_loop)
        tracks.counts_changed.connect(self._close_removed_track)

    # -- connections ---------------------------------------------------------------------

    def connect_actions(self, actions: Actions) -> None:
        """Connect the menu entries."""
        self._actions = actions
        for action, slot in (
            (actions.play, self.toggle),
            (actions.play_selected, lambda: self.play(self._shown)),
            (actions.play_segment, self.play_segment),
            (actions.stop_playing, self._playback.stop),
            (actions.backward, lambda: self._playback.skip(-_SKIP_S)),
            (actions.forward, lambda: self._playback.skip(_SKIP_S)),
            (actions.mute, self._playback.set_muted),
            (actions.loop, self.set_loop),
        ):
            action.triggered.connect(slot)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._update_space_shortcut)
        self._on_changed()

    def connect_plots(self) -> None:
        """Connect the plots of the canvas, once there are some."""
        plots = self._canvas.plots
        if plots is not None:
            plots.time_clicked.connect(self.go_to)
            plots.segment_clicked.connect(self._on_segment_clicked)
            plots.timeline_clicked.connect(lambda _span: self._segment_timer.start())
            plots.double_clicked.connect(self._undo_click)
            plots.view_changed.connect(lambda *_: self._show_position())
            plots.selection.region_changed.connect(self._on_region_changed)

    def show_track(self, track: Track | None) -> None:
        """Follow the selection: another track has been selected; playback goes on."""
        self._shown = None if track is None else track.path
        self._segment = self._start_s = self._before_click = None
        self._segment_timer.stop()
        playback = self._playback
        if playback.problem is not None and playback.path not in (None, self._shown) and not playback.is_playing:
            # The problem was one of another track; if that has not begun to play, it is closed.
            playback.problem = None
            if playback.path is not None and playback.seconds() == 0.0:
                playback.forget(playback.path)
        self._transport.set_can_play(track is not None)
        self._on_changed()

    # -- commands ------------------------------------------------------------------------

    def toggle(self) -> None:
        """Pause the track that plays; or play the selected one, from where it was clicked."""
        if self._shown is not None and self._start_s is not None and not self._playback.is_playing:
            self._playback.play(self._shown, self._start_s)
            self._start_s = None
        else:
            self._playback.toggle(self._shown)

    def play(self, path: str | None) -> None:
        """Play a track from its beginning."""
        self._start_s = None
        if path is not None:
            self._playback.play(path, None if path != self._playback.path else 0.0)

    def go_to(self, seconds: float) -> None:
        """Seek to a click on the canvas, in seconds; with another track playing, play this one from there.

        With none playing, the selected track will begin there: a click alone makes no sound.
        """
        playback = self._playback
        self._before_click = _BeforeClick(playback.path, playback.seconds(), playback.is_playing, self._start_s)
        if self._is_shown_track():
            self._playback.seek(seconds)
        elif self._shown is not None and self._playback.is_playing:
            self._playback.play(self._shown, seconds)
        else:
            self._start_s = seconds
            self._show_position()

    def play_segment(self) -> None:
        """Play once the segment, which the model has classified, that was clicked last."""
        if self._shown is not None and self._segment is not None:
            self._start_s = None
            self._playback.play_region(self._shown, self._segment.start_s, self._segment.end_s)

    def set_loop(self, is_on: bool) -> None:
        """Loop the region that is selected on the canvas, or all of the track, or nothing."""
        plots = self._canvas.plots
        region = plots.selection.region if plots is not None and self._is_shown_track() else None
        self._playback.set_loop(is_on, region)

    def _undo_click(self) -> None:
        """Undo the last click, which was the first half of a double click."""
        self._segment_timer.stop()
        before, self._before_click = self._before_click, None
        if before is None:
            return
        self._start_s = before.start_s
        if before.path is not None and before.path == self._playback.path:
            self._playback.seek(before.seconds)
        elif before.path is not None and before.was_playing:
            self._playback.play(before.path, before.seconds)
        self._show_position()

    # -- reactions -----------------------------------------------------------------------

    def _is_shown_track(self) -> bool:
        return self._shown is not None and self._shown == self._playback.path

    def _on_segment_clicked(self, span: Span) -> None:
        self._segment = span
        if self._actions is not None:
            self._actions.play_segment.setEnabled(True)

    def _on_region_changed(self, _region: object) -> None:
        if self._playback.is_looping and self._is_shown_track():
            self.set_loop(True)

    def _on_changed(self) -> None:
        playback, actions = self._playback, self._actions
        if playback.is_playing and self._is_shown_track():
            self._start_s = None
        if playback.is_playing != self._frame_timer.isActive():
            self._frame_timer.start() if playback.is_playing else self._frame_timer.stop()
        if actions is not None:
            is_open = playback.state is not PlayState.EMPTY
            actions.play.setText(tr("&Pause") if playback.is_playing else tr("&Play"))
            actions.play.setEnabled(is_open or self._shown is not None)
            actions.play_selected.setEnabled(self._shown is not None)
            actions.play_segment.setEnabled(self._segment is not None)
            actions.mute.setChecked(playback.is_muted)
            actions.loop.setChecked(playback.is_looping)
            for action in (actions.stop_playing, actions.backward, actions.forward):
                action.setEnabled(is_open)
        self._show_position()

    def _show_position(self) -> None:
        plots = self._canvas.plots
        if plots is None:
            return
        is_there = self._is_shown_track() and self._playback.state in (PlayState.PLAYING, PlayState.PAUSED)
        if not is_there:
            plots.set_playhead(self._start_s)
        elif plots.isVisible():
            plots.set_playhead(self._playback.seconds())
        self._transport.show_time()

    def _close_removed_track(self) -> None:
        path = self._playback.path
        if path is not None and self._tracks.find(path) is None:
            self._playback.forget(path)

    def _update_space_shortcut(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Take the Space key from the menu while a button has the focus, which Space presses."""
        if self._actions is not None:
            self._actions.play.setShortcuts(play_keys(with_space=not isinstance(new, QAbstractButton)))


def play_keys(*, with_space: bool) -> list[QKeySequence]:
    """The keys of play and pause, Space among them or not."""
    keys = [Qt.Key.Key_Space] if with_space else []
    keys += [Qt.Key.Key_MediaTogglePlayPause, Qt.Key.Key_MediaPlay, Qt.Key.Key_MediaPause]
    return [QKeySequence(key) for key in keys]
