"""The middle of the window: the selected track to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from genre_desktop.core.errors import GenreDesktopError
from genre_desktop.core.i18n import tr
from genre_desktop.core.settings import CanvasSettings
from genre_desktop.gui.canvas.track_pass_line import TrackPassLine
from genre_desktop.gui.canvas.view_menu import SpectrogramMenu
from genre_desktop.gui.text import formatting as wording
from genre_desktop.gui.text.display import displayable, error_message, plain_tip
from genre_desktop.gui.tracks.track import Track
from genre_desktop.gui.widgets.labels import ElidedLabel, label, set_style_flags
from genre_desktop.gui.widgets.theme import Colours, ThemeSwitch, scaled_font
from genre_desktop.model.prediction import NOT_MUSIC, Prediction

if TYPE_CHECKING:
    from genre_desktop.audio.picture.track_picture import PictureConfig, TrackPicture
    from genre_desktop.gui.canvas.track_plots import TrackPlots


def import_plots() -> None:
    """Import what the plots need, numpy and scipy among it: half a second, for a worker; it makes no Qt object."""
    import genre_desktop.gui.canvas.track_plots  # noqa: F401


class TrackCanvas(QFrame):
    """Name, details and plots of a track, or a sentence where there is nothing to draw.

    Attributes
    ----------
    plots : TrackPlots or None
        None until its module has been imported; `plots_built` tells.
    pass_line : PassLine
        How far the whole track has been listened to.
    options : CanvasOptions
        A menu.
    """

    plots_built = Signal()

    def __init__(
        self, themes: ThemeSwitch, settings: CanvasSettings | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("pane")
        self._themes = themes
        self._prediction: Prediction | None = None
        self._waiting: TrackPicture | None = None  # came before the plots were there
        self._failure: GenreDesktopError | None = None
        self.plots: TrackPlots | None = None

        self._name = ElidedLabel()
        self._name.setFont(scaled_font(1.15, bold=True))
        self._details = ElidedLabel()
        self._details.setProperty("muted", True)
        self._pointer = ElidedLabel(mode=Qt.TextElideMode.ElideRight)
        self._pointer.setProperty("muted", True)
        self.options = SpectrogramMenu(settings or CanvasSettings(), self)
        self._view = QToolButton(autoRaise=True)
        self._view.setText(tr("View ▾"))
        self._view.setAccessibleName(tr("How the spectrogram is drawn"))
        self._view.setToolTip(tr("Frequency scale, analysis window, colours and levels of the spectrogram"))
        self._view.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._view.setMenu(self.options)
        for name in ("chip", "slim"):
            self._view.setProperty(name, True)
        self._message = label(muted=True, scale=1.1)
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._message.setContentsMargins(40, 0, 40, 0)
        self._message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

        self.pass_line = TrackPassLine()
        title = QHBoxLayout()
        title.addWidget(self._name, 1)
        title.addWidget(self._view)
        details = QHBoxLayout()
        details.setSpacing(16)
        details.addWidget(self._details, 1)
        details.addWidget(self.pass_line.words)
        heading = QVBoxLayout()
        heading.setContentsMargins(16, 8, 12, 2)
        heading.setSpacing(2)
        heading.addLayout(title)
        heading.addLayout(details)
        heading.addWidget(self.pass_line)
        self._slot = QVBoxLayout()
        self._slot.setContentsMargins(0, 0, 0, 0)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._message)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 4)
        layout.setSpacing(0)
        layout.addLayout(heading)
        layout.addWidget(self._pages, 1)
        pointer = QHBoxLayout()
        pointer.setContentsMargins(16, 2, 16, 4)
        pointer.addWidget(self._pointer)
        layout.addLayout(pointer)
        layout.addLayout(self._slot)
        self.setAccessibleName(tr("Selected track"))
        themes.changed.connect(self._repaint_in)
        self.show_nothing()

    def build_plots(self) -> None:
        """Make the plots, once their module has been imported (elsewhere: it takes a while)."""
        if self.plots is not None:
            return
        from genre_desktop.gui.canvas.track_plots import TrackPlots

        self.plots = TrackPlots(self._themes.colours, self.options.settings)
        self.plots.readout_changed.connect(self._point_at)
        self.options.chosen.connect(self.plots.set_settings)
        self._pages.addWidget(self.plots)
        QWidget.setTabOrder(self._view, self.plots)
        self.plots_built.emit()
        if self._waiting is not None:
            self.show_picture(self._waiting)

    def config(self) -> PictureConfig:
        """How spectrograms are wanted."""
        from genre_desktop.gui.canvas.plot_painter import picture_config  # numpy comes with it

        return picture_config(self.options.settings)

    @property
    def details(self) -> str:
        """Length and kind of the sound, as they stand under the name."""
        return self._details.text()

    def transport_slot(self, widget: QWidget) -> None:
        """Place a widget under the plots."""
        self._slot.addWidget(widget)

    def give_up_plots(self, error: GenreDesktopError) -> None:
        """There will be no plots; the rest of the window does its work without them."""
        self._failure = error
        self._say(error_message(error), problem=True)

    def zoom_time(self, factor: float | None) -> None:
        """Zoom in time, in by a factor below 1; None for all of the track."""
        if self.plots is not None:
            self.plots.time_axis.show_all() if factor is None else self.plots.time_axis.zoom(factor)

    def scroll_time(self, share: float) -> None:
        """Move in time by a share of what is visible."""
        if self.plots is not None:
            self.plots.time_axis.scroll(share)

    # -- states --------------------------------------------------------------------------

    def show_nothing(self) -> None:
        """No track is selected."""
        self._start(None)
        self._say(tr("Select a track to see it."))

    def show_reading(self, track: Track) -> None:
        """A track is being read for the first time."""
        self._start(track)
        self._say(tr("Reading …"))

    def show_error(self, error: GenreDesktopError) -> None:
        """The track cannot be read."""
        self._waiting = None
        self._details.setText(error.code)
        self._say(error_message(error, brief=True), problem=True)

    def show_picture(self, picture: TrackPicture) -> None:
        """Draw what has been read so far."""
        duration = wording.clock(picture.duration_s)
        sound = wording.sound_details(picture.codec, picture.sample_rate, picture.channels)
        details, tip = f"{duration} · {sound}", ""
        if picture.problem is not None:
            details = tr("Damaged: only {time} could be read", time=duration)
            tip = f"{picture.problem.code}: {error_message(picture.problem)}"
        self._details.setText(details)
        self._details.setToolTip(plain_tip(tip))
        set_style_flags(self._details, muted=picture.problem is None, problem=picture.problem is not None)
        if self.plots is None:
            self._waiting = picture
            if self._failure is not None:
                self._say(error_message(self._failure), problem=True)
            return
        self._waiting = None
        self.plots.show_picture(picture)
        if self._pages.currentWidget() is not self.plots:
            self._show_segments()
            self._pages.setCurrentWidget(self.plots)
            self._point_at("")

    def show_prediction(self, prediction: Prediction | None) -> None:
        """Draw the genre timeline as far as it is known; what is no music has no genre at any time."""
        self._prediction = prediction
        self._show_segments()

    def _show_segments(self) -> None:
        prediction = self._prediction
        if self.plots is None:
            return
        if prediction is None or prediction.genre == NOT_MUSIC:
            self.plots.show_segments((), 0.0)
        else:
            self.plots.show_segments(prediction.segments, prediction.duration_s)

    def _start(self, track: Track | None) -> None:
        self._prediction = None
        self._waiting = None
        self._name.setText(track.name if track else "")
        self._name.setToolTip(plain_tip(displayable(track.path) if track else ""))
        self._details.setText("")
        self._point_at("")
        set_style_flags(self._details, muted=True, problem=False)

    def _say(self, text: str, problem: bool = False) -> None:
        self._message.setText(text)
        set_style_flags(self._message, muted=not problem, problem=problem)
        self._pages.setCurrentWidget(self._message)
        self._point_at("")

    def _point_at(self, text: str) -> None:
        # What may be done stands where the figures will: the layout does not jump.
        is_drawn = self.plots is not None and self._pages.currentWidget() is self.plots
        hint = tr("Wheel: zoom · drag: move · drag on the time axis: select") if is_drawn else ""
        self._pointer.setText(text or hint)

    def _repaint_in(self, colours: Colours) -> None:
        if self.plots is not None:
            self.plots.set_colours(colours)
