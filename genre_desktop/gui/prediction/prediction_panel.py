"""The panel with the answer for a track: genre, confidence, probabilities, reasons, and how good the model is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from genre_desktop.core.errors import GenreDesktopError
from genre_desktop.core.i18n import tr
from genre_desktop.gui.prediction.genre_bars import GenreBars
from genre_desktop.gui.prediction.live_answer_text import LiveAnswerText
from genre_desktop.gui.prediction.model_accuracy import ModelAccuracy
from genre_desktop.gui.text import prediction_text
from genre_desktop.gui.text.display import breakable, error_message
from genre_desktop.gui.tracks.track import State, Track, warning_lines
from genre_desktop.gui.widgets.labels import ElidedLabel, label, set_style_flags
from genre_desktop.gui.widgets.scroll_area import scrolling
from genre_desktop.gui.widgets.theme import ThemeSwitch
from genre_desktop.library.result import Summary
from genre_desktop.model.genre_colours import GENRE_COLOURS, genre_colour
from genre_desktop.model.prediction import NOT_MUSIC, Prediction

if TYPE_CHECKING:
    from genre_desktop.model.bundles.bundle import ModelBundle


class PredictionPanel(QFrame):
    """The answer of the model for the selected track, or in live mode for what is heard.

    Attributes
    ----------
    bars : GenreBars
    loading : QProgressBar
        Visible while a model is loaded.
    accuracy : ModelAccuracy
    """

    def __init__(self, themes: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pane")
        self._genres: tuple[str, ...] = tuple(GENRE_COLOURS)
        self._track: Track | None = None
        self._live_text: LiveAnswerText | None = None
        self._prediction: Prediction | None = None
        self._state: State | None = None  # of the track when it was shown last

        self._has_no_model = False
        self._themes = themes
        self._make_answer_widgets()
        self._make_model_widgets()
        self._lay_out()
        self.setAccessibleName(tr("Prediction"))
        themes.changed.connect(lambda _colours: self.show_track(self._track, self._prediction))
        self.show_model_loading()

    def _make_answer_widgets(self) -> None:
        self._name = ElidedLabel()
        self._name.setProperty("muted", True)
        self._swatch = QFrame()
        self._swatch.setFixedWidth(8)
        self._title = label(scale=1.9, bold=True)
        self._title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._line = label(scale=1.1)
        self._styles = label()
        self._styles.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.bars = GenreBars(self._themes)
        self._tags_title = _heading(tr("Also hears"))
        self._tags = label()
        self._tags.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._reasons_title = _heading(tr("Why"))
        self._reasons = label()
        self._reasons.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def _make_model_widgets(self) -> None:
        self._model_name = label(bold=True)
        self.loading = QProgressBar(textVisible=False)
        self.loading.setRange(0, 0)  # indeterminate: the duration of an import is unknown
        self.loading.setAccessibleName(tr("Loading the model …"))
        self.accuracy = ModelAccuracy()

    def _lay_out(self) -> None:
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
        layout.addWidget(self._styles)
        layout.addSpacing(10)
        layout.addWidget(self.bars)
        layout.addSpacing(10)
        layout.addWidget(self._tags_title)
        layout.addWidget(self._tags)
        layout.addSpacing(6)
        layout.addWidget(self._reasons_title)
        layout.addWidget(self._reasons)
        layout.addStretch(1)
        layout.addSpacing(10)
        layout.addWidget(_heading(tr("Model")))
        layout.addWidget(self._model_name)
        layout.addWidget(self.loading)
        layout.addWidget(self.accuracy)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(scrolling(content))

    # -- the model -----------------------------------------------------------------------

    def show_model_loading(self, bundle: ModelBundle | None = None) -> None:
        """Show that a model is being loaded, with its name once that is known."""
        if bundle is not None:
            self._genres = tuple(bundle.labels)
        self._model_name.setText(breakable(bundle.name) if bundle else "")
        self._model_name.setVisible(bundle is not None)
        self.accuracy.show_message(tr("Loading the model …"))
        self._set_loading(True)

    def show_model(self, bundle: ModelBundle) -> None:
        """Show the name and the measured accuracy of the model."""
        self._genres = tuple(bundle.labels)
        self._model_name.setText(breakable(bundle.name))
        self._model_name.show()
        self._set_loading(False)
        accuracy = bundle.accuracy
        if accuracy is None:
            self.accuracy.show_message(tr("How often it is right was never measured."))
        else:
            self.accuracy.show_accuracy(accuracy)

    def show_model_error(self, error: GenreDesktopError) -> None:
        """Show that there is no model, and why."""
        self._model_name.setText(tr("No model"))
        self._model_name.show()
        self.accuracy.show_message(error_message(error), error.code, problem=True)
        self._set_loading(False, has_failed=True)

    def _set_loading(self, is_loading: bool, *, has_failed: bool = False) -> None:
        self.loading.setVisible(is_loading)
        self._has_no_model = has_failed
        self.show_track(self._track, self._prediction)

    def _waiting_line(self) -> str:
        if self._has_no_model:
            return tr("There is no model to ask: choose another one in the Model menu.")
        if not self.loading.isHidden():
            return tr("The model is still being loaded.")
        return tr("It has not been listened to yet.")

    # -- the track -----------------------------------------------------------------------

    def show_track(self, track: Track | None, prediction: Prediction | None = None) -> None:
        """Show the present state of a track.

        Parameters
        ----------
        track : Track or None
        prediction : Prediction or None
            Full answer of the model; without it, the summary of the track is shown.
        """
        self._track, self._prediction = track, prediction
        self._state = None if track is None else track.state
        if self._live_text is not None:
            self.show_live(self._live_text)
            return
        self._name.setText(track.name if track else "")
        if track is None:
            self._show_message(tr("No track selected"), tr("Its genre will stand here."))
        elif track.failure is not None:
            self._show_message(tr("No genre"), error_message(track.failure, brief=True), track.failure.code)
        elif track.answer is not None:
            self._show_answer(track, track.answer, prediction)
            if track.redo_error is not None:
                line = prediction_text.earlier_answer_line(
                    track.redo_error.code, error_message(track.redo_error, brief=True)
                )
                self._set_reasons((line, *_reasons_of(track, prediction)), tr("Why"))
        elif track.state is State.WORKING:
            self._show_message(tr("Listening …"), tr("The whole track counts, not only its beginning."))
        elif track.state is State.STOPPED:
            go_on = tr("Tracks > Continue (Ctrl+P) goes on with it.")
            self._show_message(tr("Stopped"), self._waiting_line() if self._has_no_model else go_on)
        else:
            self._show_message(tr("Waiting"), self._waiting_line())

    def refresh(self) -> None:
        """Show the track again if it was stopped: no signal for a single track is emitted when many stop at once."""
        if self._track is not None and self._track.state is State.STOPPED and self._state is not State.STOPPED:
            self.show_track(self._track, self._prediction)

    def show_live(self, text: LiveAnswerText | None) -> None:
        """Show an answer of live mode; None shows the track again."""
        self._live_text = text
        if text is None:
            self.show_track(self._track, self._prediction)
            return
        self._name.setText(text.name)
        self._set_title(text.title, *([] if text.genre is None else [genre_colour(text.genre)]))
        self._line.setText(breakable(text.line))
        if text.probabilities is None:
            self.bars.show_genres(self._genres)
        else:
            self.bars.show_probabilities(text.probabilities, faint=text.is_faint)
        self._set_styles(text.styles)
        self._set_tags("")
        self._set_reasons(text.reasons, tr("Why"))

    def _show_message(self, title: str, line: str, code: str = "") -> None:
        self._set_title(title)
        self._line.setText(breakable(line))
        self.bars.show_genres(self._genres)
        self._set_styles(())
        self._set_tags("")
        self._set_reasons((code,) if code else (), tr("Error code"))

    def _show_answer(self, track: Track, answer: Summary, prediction: Prediction | None) -> None:
        genre = answer.by_hand or answer.genre or ""
        second = prediction_text.mixed_with(answer)
        self._set_title(prediction_text.verdict_title(answer), *map(genre_colour, filter(None, (genre, second))))
        self._line.setText(breakable(prediction_text.confidence_line(answer)))
        if prediction is not None and prediction.probabilities:
            self.bars.show_probabilities(prediction.probabilities, faint=prediction.genre == NOT_MUSIC)
        else:
            pairs = ((answer.best, answer.confidence), (answer.second, answer.second_confidence))
            known = {genre: share for genre, share in pairs if genre is not None and share is not None}
            self.bars.show_genres(self._genres, known, faint=answer.genre == NOT_MUSIC)
        self._set_styles(answer.styles)
        self._set_tags("" if prediction is None else prediction_text.tags_line(prediction))
        self._set_reasons(_reasons_of(track, prediction), tr("Why"))

    def _set_title(self, title: str, *colours: str) -> None:
        """Set the title, and the swatch beside it in the colours of its one or two genres."""
        self._title.setText(breakable(title))
        set_style_flags(self._title, muted=not colours)
        self._swatch.setVisible(bool(colours))
        if colours:
            upper, lower = colours[0], colours[-1]
            halves = f"stop: 0 {upper}, stop: 0.5 {upper}, stop: 0.501 {lower}, stop: 1 {lower}"
            fill = f"qlineargradient(x1: 0, y1: 0, x2: 0, y2: 1, {halves})"
            outline = self._themes.colours.outline
            self._swatch.setStyleSheet(f"background: {fill}; border: 1px solid {outline}; border-radius: 3px;")

    def _set_styles(self, styles: tuple[str, ...]) -> None:
        self._styles.setVisible(bool(styles))
        self._styles.setText(breakable(prediction_text.styles_line(styles)))

    def _set_tags(self, tags: str) -> None:
        self._tags_title.setVisible(bool(tags))
        self._tags.setVisible(bool(tags))
        self._tags.setText(breakable(tags))
        # A screen reader reads one label at a time: without the heading, a list of tags means nothing.
        self._tags.setAccessibleName(tr("Also hears: {tags}", tags=tags) if tags else "")

    def _set_reasons(self, reasons: tuple[str, ...], title: str) -> None:
        self._reasons_title.setText(title)
        self._reasons_title.setVisible(bool(reasons))
        self._reasons.setVisible(bool(reasons))
        self._reasons.setText(breakable("\n".join(reasons)))


def _reasons_of(track: Track, prediction: Prediction | None) -> tuple[str, ...]:
    # Of damage the reasons tell themselves.
    return (*warning_lines(track, without_damage=True), *(() if prediction is None else prediction.reasons))


def _heading(text: str) -> QLabel:
    return label(text, scale=0.92, bold=True, muted=True)
