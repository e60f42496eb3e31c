"""The answer: genre, confidence, a bar a genre, reasons, and how good the model is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from genre_desktop.core.errors import GenreDesktopError
from genre_desktop.core.i18n import tr
from genre_desktop.gui.prediction.genre_bars import GenreBars
from genre_desktop.gui.prediction.model_accuracy import ModelAccuracy
from genre_desktop.gui.text import prediction_text
from genre_desktop.gui.text.display import breakable, error_message
from genre_desktop.gui.tracks.track import State, Track
from genre_desktop.gui.widgets.labels import ElidedLabel, label, set_style_flags
from genre_desktop.gui.widgets.theme import ThemeSwitch
from genre_desktop.library.result import Summary
from genre_desktop.model.genre_colours import GENRE_COLOURS, genre_colour
from genre_desktop.model.prediction import NOT_MUSIC, Prediction

if TYPE_CHECKING:
    from genre_desktop.model.bundles.bundle import ModelBundle


@dataclass(frozen=True)
class LiveAnswerText:
    """What is shown in live mode in place of a track.

    Attributes
    ----------
    name : str
        Of what is listened to.
    title, line : str
        The answer, and how sure it is.
    genre : str or None
        Whose colour stands beside the title.
    probabilities : dict of str to float, or None
    is_faint : bool
        The probabilities are not what the answer rests on.
    reasons : tuple of str
    """

    name: str
    title: str
    line: str
    genre: str | None = None
    probabilities: dict[str, float] | None = None
    is_faint: bool = False
    reasons: tuple[str, ...] = ()


class PredictionPanel(QFrame):
    """What a model says of the selected track."""

    def __init__(self, themes: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pane")
        self._genres: tuple[str, ...] = tuple(GENRE_COLOURS)
        self._track: Track | None = None
        self._live: LiveAnswerText | None = None
        self._prediction: Prediction | None = None
        self._state: State | None = None  # of the track when it was shown

        self._name = ElidedLabel()
        self._name.setProperty("muted", True)
        self._swatch = QFrame()
        self._swatch.setFixedWidth(8)
        self._themes = themes
        themes.changed.connect(lambda _colours: self.show_track(self._track, self._prediction))
        self._title = label(scale=1.9, bold=True)
        self._title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._line = label(scale=1.1)
        self.bars = GenreBars(themes)
        self._tags_title = _heading(tr("Also hears"))
        self._tags = label()
        self._tags.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._reasons_title = _heading(tr("Why"))
        self._reasons = label()
        self._reasons.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._model_name = label(bold=True)
        self.loading = QProgressBar(textVisible=False)
        self.loading.setRange(0, 0)  # it just moves: nobody knows how long an import takes
        self.loading.setAccessibleName(tr("Loading the model …"))
        self._has_no_model = False
        self.figures = ModelAccuracy()

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
        layout.addWidget(self.figures)

        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setAcceptDrops(False)
        scroll.setWidget(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(scroll)
        self.setAccessibleName(tr("Prediction"))
        self.show_model_loading()

    # -- the model -----------------------------------------------------------------------

    def show_model_loading(self, bundle: ModelBundle | None = None) -> None:
        """Say that a model is being loaded; which one, once that is known."""
        if bundle is not None:
            self._genres = tuple(bundle.labels)
        self._model_name.setText(breakable(bundle.name) if bundle else "")
        self._model_name.setVisible(bundle is not None)
        self.figures.show_words(tr("Loading the model …"))
        self._set_loading(True)

    def show_model(self, bundle: ModelBundle) -> None:
        """Name the model and say how far to trust it."""
        self._genres = tuple(bundle.labels)
        self._model_name.setText(breakable(bundle.name))
        self._model_name.show()
        self._set_loading(False)
        accuracy = bundle.accuracy
        if accuracy is None:
            self.figures.show_words(tr("How often it is right was never measured."))
        else:
            self.figures.show_figures(accuracy)

    def show_model_error(self, error: GenreDesktopError) -> None:
        """Say that there is no model, and why."""
        self._model_name.setText(tr("No model"))
        self._model_name.show()
        self.figures.show_words(error_message(error), error.code, problem=True)
        self._set_loading(False, has_failed=True)

    def _set_loading(self, is_loading: bool, *, has_failed: bool = False) -> None:
        self.loading.setVisible(is_loading)
        self._has_no_model = has_failed
        self.show_track(self._track, self._prediction)

    def _why_it_waits(self) -> str:
        if self._has_no_model:
            return tr("There is no model to ask: choose another one in the Model menu.")
        if not self.loading.isHidden():
            return tr("The model is still being loaded.")
        return tr("It has not been listened to yet.")

    # -- the track -----------------------------------------------------------------------

    def show_track(self, track: Track | None, prediction: Prediction | None = None) -> None:
        """Show a track as it stands now.

        Parameters
        ----------
        track : Track or None
        prediction : Prediction or None
            All that the model said; as long as it is missing, what the row knows is shown.
        """
        self._track, self._prediction = track, prediction
        self._state = None if track is None else track.state
        if self._live is not None:
            self.show_live(self._live)
            return
        self._name.setText(track.name if track else "")
        if track is None:
            self._show_words(tr("No track selected"), tr("Its genre will stand here."))
        elif track.failure is not None:
            self._show_words(tr("No genre"), error_message(track.failure, brief=True), track.failure.code)
        elif track.answer is not None:
            self._show_answer(track.answer, prediction)
            if track.redo_error is not None:
                told = prediction_text.earlier_answer_line(
                    track.redo_error.code, error_message(track.redo_error, brief=True)
                )
                self._set_reasons((told, *(() if prediction is None else prediction.reasons)), tr("Why"))
        elif track.state is State.WORKING:
            self._show_words(tr("Listening …"), tr("The whole track counts, not only its beginning."))
        elif track.state is State.STOPPED:
            go_on = tr("Tracks > Continue (Ctrl+P) goes on with it.")
            self._show_words(tr("Stopped"), self._why_it_waits() if self._has_no_model else go_on)
        else:
            self._show_words(tr("Waiting"), self._why_it_waits())

    def refresh(self) -> None:
        """Say that the track was stopped, if it was: of many at once no single one is told."""
        if self._track is not None and self._track.state is State.STOPPED and self._state is not State.STOPPED:
            self.show_track(self._track, self._prediction)

    def show_live(self, words: LiveAnswerText | None) -> None:
        """Show what live mode hears; None goes back to the track."""
        self._live = words
        if words is None:
            self.show_track(self._track, self._prediction)
            return
        self._name.setText(words.name)
        self._set_title(words.title, *([] if words.genre is None else [genre_colour(words.genre)]))
        self._line.setText(breakable(words.line))
        if words.probabilities is None:
            self.bars.show_genres(self._genres)
        else:
            self.bars.show_probabilities(words.probabilities, faint=words.is_faint)
        self._set_tags("")
        self._set_reasons(words.reasons, tr("Why"))

    def _show_words(self, title: str, line: str, code: str = "") -> None:
        self._set_title(title)
        self._line.setText(breakable(line))
        self.bars.show_genres(self._genres)
        self._set_tags("")
        self._set_reasons((code,) if code else (), tr("Error code"))

    def _show_answer(self, answer: Summary, prediction: Prediction | None) -> None:
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
        self._set_tags("" if prediction is None else prediction_text.tags_line(prediction))
        self._set_reasons(() if prediction is None else prediction.reasons, tr("Why"))

    def _set_title(self, title: str, *colours: str) -> None:
        """A title, and beside it a swatch in the colour of its genre, or of its two genres."""
        self._title.setText(breakable(title))
        set_style_flags(self._title, muted=not colours)
        self._swatch.setVisible(bool(colours))
        if colours:
            upper, lower = colours[0], colours[-1]
            halves = f"stop: 0 {upper}, stop: 0.5 {upper}, stop: 0.501 {lower}, stop: 1 {lower}"
            fill = f"qlineargradient(x1: 0, y1: 0, x2: 0, y2: 1, {halves})"
            outline = self._themes.colours.outline
            self._swatch.setStyleSheet(f"background: {fill}; border: 1px solid {outline}; border-radius: 3px;")

    def _set_tags(self, tags: str) -> None:
        self._tags_title.setVisible(bool(tags))
        self._tags.setVisible(bool(tags))
        self._tags.setText(breakable(tags))
        # By itself a list of words says nothing to those who hear one label at a time.
        self._tags.setAccessibleName(tr("Also hears: {tags}", tags=tags) if tags else "")

    def _set_reasons(self, reasons: tuple[str, ...], title: str) -> None:
        self._reasons_title.setText(title)
        self._reasons_title.setVisible(bool(reasons))
        self._reasons.setVisible(bool(reasons))
        self._reasons.setText(breakable("\n".join(reasons)))


def _heading(text: str) -> QLabel:
    return label(text, scale=0.92, bold=True, muted=True)
