"""The middle of the window: heading and plots of the selected track."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from genre_desktop.core.errors import GenreDesktopError
from genre_desktop.core.i18n import tr
from genre_desktop.core.settings import CanvasSettings
from genre_desktop.gui.canvas.spectrogram_menu import SpectrogramMenu
from genre_desktop.gui.canvas.track_pass_line import TrackPassLine
from genre_desktop.gui.text import formatting
from genre_desktop.gui.text.display import displayable, error_message, plain_tip
from genre_desktop.gui.tracks.track import Track
from genre_desktop.gui.widgets.labels import ElidedLabel, label, set_style_flags
from genre_desktop.gui.widgets.theme import Colours, ThemeSwitch, scaled_font
from genre_desktop.model.prediction import NOT_MUSIC, Prediction

if TYPE_CHECKING:
    from genre_desktop.audio.picture.track_picture import TrackPicture
    from genre_desktop.gui.canvas.track_plots import TrackPlots


def import_plots() -> None:
    """Import the plots with numpy and scipy, which takes half a second: for a worker thread. Makes no Qt object."""
    import genre_desktop.gui.canvas.track_plots  # noqa: F401


class TrackCanvas(QFrame):
    """Name, details and plots of a track; a message in place of the plots where there are none.

    Attributes
    ----------
    plots : TrackPlots or None
        None until its module has been imported and `plots_built` was emitted.
    pass_line : TrackPassLine
        Progress of the pass over the whole track.
    spectrogram_menu : SpectrogramMenu
    """

    plots_built = Signal()

    def __init__(
        self, themes: ThemeSwitch, settings: CanvasSettings | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("pane")
        self._themes = themes
        self._prediction: Prediction | None = None
        self._pending_picture: TrackPicture | None = None  # arrived before the plots were built
        self._plots_error: GenreDesktopError | None = None
        self.plots: TrackPlots | None = None

        self._name = ElidedLabel()
        self._name.setFont(scaled_font(1.15, bold=True))
        self._details = ElidedLabel()
        self._details.setProperty("muted", True)
        self._readout = ElidedLabel(mode=Qt.TextElideMode.ElideRight)
        self._readout.setProperty("muted", True)
        self.spectrogram_menu = SpectrogramMenu(settings or CanvasSettings(), self)
        self._view = self._make_view_button()
        self._message = label(muted=True, scale=1.1)
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._message.setContentsMargins(40, 0, 40, 0)
        self._message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

        self.pass_line = TrackPassLine()
        self._transport_layout = QVBoxLayout()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._message)
        self._lay_out()
        self.setAccessibleName(tr("Selected track"))
        themes.changed.connect(self._set_colours)
        self.show_nothing()

    def _make_view_button(self) -> QToolButton:
        button = QToolButton(autoRaise=True)
        button.setText(tr("View ▾"))
        button.setAccessibleName(tr("How the spectrogram is drawn"))
        button.setToolTip(tr("Frequency scale, analysis window, colours and levels of the spectrogram"))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setMenu(self.spectrogram_menu)
        for name in ("chip", "slim"):
            button.setProperty(name, True)
        return button

    def _lay_out(self) -> None:
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
        self._transport_layout.setContentsMargins(0, 0, 0, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 4)
        layout.setSpacing(0)
        layout.addLayout(heading)
        layout.addWidget(self._pages, 1)
        readout = QHBoxLayout()
        readout.setContentsMargins(16, 2, 16, 4)
        readout.addWidget(self._readout)
        layout.addLayout(readout)
        layout.addLayout(self._transport_layout)

    def build_plots(self) -> None:
        """Make the plots, once `import_plots` has run."""
        if self.plots is not None:
            return
        from genre_desktop.gui.canvas.track_plots import TrackPlots

        self.plots = TrackPlots(self._themes.colours, self.spectrogram_menu.settings)
        self.plots.readout_changed.connect(self._show_readout)
        self.spectrogram_menu.chosen.connect(self.plots.set_settings)
        self._pages.addWidget(self.plots)
        QWidget.setTabOrder(self._view, self.plots)
        self.plots_built.emit()
        if self._pending_picture is not None:
            self.show_picture(self._pending_picture)

    @property
    def details(self) -> str:
        """Length and format of the sound, as shown below the name."""
        return self._details.text()

    def set_transport(self, transport: QWidget) -> None:
        """Place the transport bar below the plots."""
        self._transport_layout.addWidget(transport)

    def show_plots_error(self, error: GenreDesktopError) -> None:
        """Show why there are no plots; the rest of the window works without them."""
        self._plots_error = error
        self._show_message(error_message(error), problem=True)

    def zoom_time(self, factor: float | None) -> None:
        """Zoom in by a factor below 1, out by one above; None shows the whole track."""
        if self.plots is not None:
            self.plots.time_axis.show_all() if factor is None else self.plots.time_axis.zoom(factor)

    def scroll_time(self, share: float) -> None:
        """Scroll by a share of the visible range."""
        if self.plots is not None:
            self.plots.time_axis.scroll(share)

    # -- states --------------------------------------------------------------------------

    def show_nothing(self) -> None:
        """Show that no track is selected."""
        self._show_name(None)
        self._show_message(tr("Select a track to see it."))

    def show_reading(self, track: Track) -> None:
        """Show that a track is being read."""
        self._show_name(track)
        self._show_message(tr("Reading …"))

    def show_error(self, error: GenreDesktopError) -> None:
        """Show why the track cannot be read."""
        self._pending_picture = None
        self._details.setText(error.code)
        self._show_message(error_message(error, brief=True), problem=True)

    def show_picture(self, picture: TrackPicture) -> None:
        """Draw the part of the track that has been read so far."""
        duration = formatting.clock(picture.duration_s)
        sound = formatting.sound_details(picture.codec, picture.sample_rate, picture.channels)
        details, tip = f"{duration} · {sound}", ""
        if picture.problem is not None:
            details = tr("Damaged: only {time} could be read", time=duration)
            tip = f"{picture.problem.code}: {error_message(picture.problem)}"
        self._details.setText(details)
        self._details.setToolTip(plain_tip(tip))
        set_style_flags(self._details, muted=picture.problem is None, problem=picture.problem is not None)
        if self.plots is None:
            self._pending_picture = picture
            if self._plots_error is not None:
                self._show_message(error_message(self._plots_error), problem=True)
            return
        self._pending_picture = None
        self.plots.show_picture(picture)
        if self._pages.currentWidget() is not self.plots:
            self._show_segments()
            self._pages.setCurrentWidget(self.plots)
            self._show_readout("")

    def show_prediction(self, prediction: Prediction | None) -> None:
        """Draw the genre timeline of the segments that are known; an empty one for a track that is no music."""
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

    def _show_name(self, track: Track | None) -> None:
        self._prediction = None
        self._pending_picture = None
        self._name.setText(track.name if track else "")
        self._name.setToolTip(plain_tip(displayable(track.path) if track else ""))
        self._details.setText("")
        self._show_readout("")
        set_style_flags(self._details, muted=True, problem=False)

    def _show_message(self, text: str, problem: bool = False) -> None:
        self._message.setText(text)
        set_style_flags(self._message, muted=not problem, problem=problem)
        self._pages.setCurrentWidget(self._message)
        self._show_readout("")

    def _show_readout(self, text: str) -> None:
        # Without a read-out, a hint takes its place: the layout does not jump.
        is_drawn = self.plots is not None and self._pages.currentWidget() is self.plots
        hint = tr("Wheel: zoom · drag: move · drag on the time axis: select") if is_drawn else ""
        self._readout.setText(text or hint)

    def _set_colours(self, colours: Colours) -> None:
        if self.plots is not None:
            self.plots.set_colours(colours)
