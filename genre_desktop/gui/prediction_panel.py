"""The answer: genre, confidence, a bar a genre, reasons, and how good the model is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from genre_desktop.errors import GenreDesktopError
from genre_desktop.gui import wording
from genre_desktop.gui.genre_bars import GenreBars
from genre_desktop.gui.labels import ElidedLabel, label, mark
from genre_desktop.gui.names import sentence
from genre_desktop.gui.theme import ThemeSwitch, scaled_font
from genre_desktop.gui.track import State, Track
from genre_desktop.i18n import tr
from genre_desktop.model.genres import GENRE_COLOURS, genre_colour
from genre_desktop.model.prediction import Prediction

if TYPE_CHECKING:
    from genre_desktop.model.bundle import ModelBundle


class PredictionPanel(QFrame):
    """What a model says of the selected track."""

    def __init__(self, themes: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pane")
        self._genres: tuple[str, ...] = tuple(GENRE_COLOURS)
        self._track: Track | None = None

        self._name = ElidedLabel()
        self._name.setProperty("muted", True)
        self._swatch = QFrame()
        self._swatch.setFixedWidth(8)
        self._themes = themes
        themes.changed.connect(lambda _colours: self.show_track(self._track))
        self._title = label(scale=1.9, bold=True)
        self._title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._line = label(scale=1.1)
        self.bars = GenreBars(themes)
        self._reasons_title = _heading(tr("Why"))
        self._reasons = label()
        self._reasons.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._model_name = label(bold=True)
        self._accuracy = label()
        self._protocol = label(muted=True)
        self._protocol.setFont(scaled_font(0.92))

        heading = QHBoxLayout()
        heading.setSpacing(10)
        heading.addWidget(self._swatch)
        heading.addWidget(self._title, 1)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(4)
        layout.addWidget(self._name)
        layout.addLayout(heading)
        layout.addWidget(self._line)
        layout.addSpacing(10)
        layout.addWidget(self.bars)
        layout.addSpacing(10)
        layout.addWidget(self._reasons_title)
        layout.addWidget(self._reasons)
        layout.addStretch(1)
        layout.addSpacing(10)
        layout.addWidget(_heading(tr("Model")))
        layout.addWidget(self._model_name)
        layout.addWidget(self._accuracy)
        layout.addWidget(self._protocol)

        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setAcceptDrops(False)
        scroll.setWidget(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(scroll)
        self.setAccessibleName(tr("Prediction"))
        self.show_model_loading()
        self.show_track(None)

    # -- the model -----------------------------------------------------------------------

    def show_model_loading(self, bundle: ModelBundle | None = None) -> None:
        """Say that a model is being loaded; which one, once that is known."""
        if bundle is not None:
            self._genres = tuple(bundle.labels)
        self._model_name.setText(bundle.name if bundle else "")
        self._model_name.setVisible(bundle is not None)
        self._set_accuracy(tr("Loading the model …"), "")

    def show_model(self, bundle: ModelBundle) -> None:
        """Name the model and say how far to trust it."""
        self._genres = tuple(bundle.labels)
        self._model_name.setText(bundle.name)
        self._model_name.show()
        accuracy = bundle.accuracy
        if accuracy is None:
            self._set_accuracy(tr("How often it is right was never measured."), "")
        else:
            self._set_accuracy(wording.accuracy_line(accuracy), wording.protocol_line(accuracy))
        self.show_track(self._track)

    def show_model_error(self, error: GenreDesktopError) -> None:
        """Say that there is no model, and why."""
        self._model_name.setText(tr("No model"))
        self._model_name.show()
        self._set_accuracy(sentence(error), error.code, problem=True)

    def _set_accuracy(self, text: str, protocol: str, problem: bool = False) -> None:
        self._accuracy.setText(text)
        mark(self._accuracy, problem=problem)
        self._protocol.setText(protocol)
        self._protocol.setVisible(bool(protocol))

    # -- the track -----------------------------------------------------------------------

    def show_track(self, track: Track | None) -> None:
        """Show a track as it stands now."""
        self._track = track
        self._name.setText(track.name if track else "")
        if track is None:
            self._show_words(tr("No track selected"), tr("Its genre will stand here."))
        elif track.error is not None:
            self._show_words(tr("No genre"), sentence(track.error, brief=True), track.error.code)
        elif track.prediction is not None:
            self._show_prediction(track.prediction)
        elif track.state is State.WORKING:
            self._show_words(tr("Listening …"), tr("The whole track counts, not only its beginning."))
        elif track.state is State.STOPPED:
            self._show_words(tr("Stopped"), tr("Choose Tracks > Classify again to go on."))
        else:
            self._show_words(tr("Waiting"), tr("It has not been listened to yet."))

    def _show_words(self, title: str, line: str, code: str = "") -> None:
        self._set_title(title, None)
        self._line.setText(line)
        self.bars.show_genres(self._genres)
        self._set_reasons((code,) if code else (), tr("Error code"))

    def _show_prediction(self, prediction: Prediction) -> None:
        self._set_title(wording.genre_title(prediction.genre), genre_colour(prediction.genre))
        self._line.setText(wording.confidence_line(prediction))
        if prediction.probabilities:
            self.bars.show_probabilities(prediction.probabilities)
        else:
            self.bars.show_genres(self._genres)
        self._set_reasons(prediction.reasons, tr("Why"))

    def _set_title(self, title: str, colour: str | None) -> None:
        self._title.setText(title)
        mark(self._title, muted=colour is None)
        self._swatch.setVisible(colour is not None)
        if colour is not None:
            outline = self._themes.colours.outline
            self._swatch.setStyleSheet(f"background: {colour}; border: 1px solid {outline}; border-radius: 3px;")

    def _set_reasons(self, reasons: tuple[str, ...], title: str) -> None:
        self._reasons_title.setText(title)
        self._reasons_title.setVisible(bool(reasons))
        self._reasons.setVisible(bool(reasons))
        self._reasons.setText("\n".join(reasons))


def _heading(text: str) -> QLabel:
    return label(text, scale=0.92, bold=True, muted=True)
