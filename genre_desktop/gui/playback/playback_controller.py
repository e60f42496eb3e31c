"""Between playback and the rest of the window: keys, rows, canvas."""

from __future__ import annotations

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


class PlaybackController(QObject):
    """Lets the window's parts play, and shows on the canvas what is heard."""

    def __init__(
        self, playing: Playback, transport: TransportBar, canvas: TrackCanvas, tracks: TrackModel, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._playing = playing
        self._canvas = canvas
        self._tracks = tracks
        self._transport = transport
        self._shown: str | None = None
        self._segment: Span | None = None
        self._mark: float | None = None  # where the track that is looked at will begin to play
        self._actions: Actions | None = None
        self._before: tuple[str | None, float, bool, float | None] | None = None  # the last click
        # A double click begins as a click; sound cannot be taken back.
        self._segment_soon = QTimer(self, singleShot=True, interval=QApplication.doubleClickInterval())
        self._segment_soon.timeout.connect(self.play_segment)
        # Only while something moves that can be seen.
        self._frames = QTimer(self, interval=_FRAME_MS)
        self._frames.setTimerType(Qt.TimerType.PreciseTimer)
        self._frames.timeout.connect(self._draw)
        playing.changed.connect(self._on_changed)
        playing.moved.connect(self._draw)
        transport.toggle_requested.connect(self.toggle)
        transport.loop_requested.connect(self.set_loop)
        tracks.counts_changed.connect(self._forget_removed)
        canvas.plots_built.connect(self.connect_plots)

    # -- connections ---------------------------------------------------------------------

    def connect_actions(self, actions: Actions) -> None:
        """Do what the menu says."""
        self._actions = actions
        for action, slot in (
            (actions.play, self.toggle),
            (actions.play_selected, lambda: self.play(self._shown)),
            (actions.play_segment, self.play_segment),
            (actions.stop_playing, self._playing.stop),
            (actions.backward, lambda: self._playing.skip(-_SKIP_S)),
            (actions.forward, lambda: self._playing.skip(_SKIP_S)),
            (actions.mute, self._playing.set_muted),
            (actions.loop, self.set_loop),
        ):
            action.triggered.connect(slot)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._lend_space)
        self._on_changed()

    def connect_plots(self) -> None:
        """The plots are there."""
        plots = self._canvas.plots
        if plots is not None:
            plots.time_clicked.connect(self.go_to)
            plots.segment_clicked.connect(self._take_segment)
            plots.strip_clicked.connect(lambda _span: self._segment_soon.start())
            plots.double_clicked.connect(self._take_back_click)
            plots.view_changed.connect(lambda *_: self._draw())
            plots.region_changed.connect(self._take_region)

    def show_track(self, track: Track | None) -> None:
        """Another track is looked at; what plays goes on."""
        self._shown = None if track is None else track.path
        self._segment = self._mark = self._before = None
        self._segment_soon.stop()
        playing = self._playing
        if playing.problem is not None and playing.path not in (None, self._shown) and not playing.is_playing:
            # It was said of another track; one that never began to play is no longer of interest.
            playing.problem = None
            if playing.path is not None and playing.seconds() == 0.0:
                playing.forget(playing.path)
        self._transport.set_can_play(track is not None)
        self._on_changed()

    # -- what a person does --------------------------------------------------------------

    def toggle(self) -> None:
        """Pause what plays, wherever it is; or play what is looked at, from where it was clicked."""
        if self._shown is not None and self._mark is not None and not self._playing.is_playing:
            self._playing.play(self._shown, self._mark)
            self._mark = None
        else:
            self._playing.toggle(self._shown)

    def play(self, path: str | None) -> None:
        """Play a track; another one than was played from its beginning."""
        self._mark = None
        if path is not None:
            self._playing.play(path, None if path != self._playing.path else 0.0)

    def go_to(self, seconds: float) -> None:
        """A click on the canvas: go there; with another track playing, play this one from there.

        With none playing, that is where this one will begin: a click alone breaks no silence.
        """
        self._before = (self._playing.path, self._playing.seconds(), self._playing.is_playing, self._mark)
        if self._is_shown_track():
            self._playing.seek(seconds)
        elif self._shown is not None and self._playing.is_playing:
            self._playing.play(self._shown, seconds)
        else:
            self._mark = seconds
            self._draw()

    def play_segment(self) -> None:
        """Play once what the model heard: the segment that was clicked last."""
        if self._shown is not None and self._segment is not None:
            self._mark = None
            self._playing.play_region(self._shown, self._segment.start_s, self._segment.end_s)

    def set_loop(self, is_on: bool) -> None:
        """Repeat what is selected on the canvas, or all of the track."""
        plots = self._canvas.plots
        region = plots.selected_region() if plots is not None and self._is_shown_track() else None
        self._playing.set_loop(is_on, region)

    def _take_back_click(self) -> None:
        """It was the first half of a double click."""
        self._segment_soon.stop()
        before, self._before = self._before, None
        if before is None:
            return
        path, seconds, was_playing, self._mark = before
        if path is not None and path == self._playing.path:
            self._playing.seek(seconds)
        elif path is not None and was_playing:
            self._playing.play(path, seconds)
        self._draw()

    # -- reactions -----------------------------------------------------------------------

    def _is_shown_track(self) -> bool:
        return self._shown is not None and self._shown == self._playing.path

    def _take_segment(self, span: Span) -> None:
        self._segment = span
        if self._actions is not None:
            self._actions.play_segment.setEnabled(True)

    def _take_region(self, _region: object) -> None:
        if self._playing.is_looping and self._is_shown_track():
            self.set_loop(True)

    def _on_changed(self) -> None:
        playing, actions = self._playing, self._actions
        if playing.is_playing and self._is_shown_track():
            self._mark = None
        if playing.is_playing != self._frames.isActive():
            self._frames.start() if playing.is_playing else self._frames.stop()
        if actions is not None:
            is_open = playing.state is not PlayState.EMPTY
            actions.play.setText(tr("&Pause") if playing.is_playing else tr("&Play"))
            actions.play.setEnabled(is_open or self._shown is not None)
            actions.play_selected.setEnabled(self._shown is not None)
            actions.play_segment.setEnabled(self._segment is not None)
            actions.mute.setChecked(playing.is_muted)
            actions.loop.setChecked(playing.is_looping)
            for action in (actions.stop_playing, actions.backward, actions.forward):
                action.setEnabled(is_open)
        self._draw()

    def _draw(self) -> None:
        plots = self._canvas.plots
        if plots is None:
            return
        is_there = self._is_shown_track() and self._playing.state in (PlayState.PLAYING, PlayState.PAUSED)
        if not is_there:
            plots.set_playhead(self._mark)
        elif plots.isVisible():
            plots.set_playhead(self._playing.seconds())
        self._transport.show_time()

    def _forget_removed(self) -> None:
        path = self._playing.path
        if path is not None and self._tracks.find(path) is None:
            self._playing.forget(path)

    def _lend_space(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Space presses the button that has the focus; everywhere else it plays."""
        if self._actions is not None:
            self._actions.play.setShortcuts(play_keys(with_space=not isinstance(new, QAbstractButton)))


def play_keys(*, with_space: bool) -> list[QKeySequence]:
    """The keys of play and pause."""
    keys = [Qt.Key.Key_Space] if with_space else []
    keys += [Qt.Key.Key_MediaTogglePlayPause, Qt.Key.Key_MediaPlay, Qt.Key.Key_MediaPause]
    return [QKeySequence(key) for key in keys]
