"""The filter of the track table: a line for text, and a button for each other criterion."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from genre_desktop.core.i18n import numeral, tr
from genre_desktop.gui.text import formatting, prediction_text
from genre_desktop.gui.text.display import menu_text, plain_tip
from genre_desktop.gui.track_table.choice_menu import Choice, ChoiceMenu
from genre_desktop.gui.track_table.confidence_menu import ConfidenceMenu
from genre_desktop.gui.tracks.track import all_state_words
from genre_desktop.gui.tracks.track_filter import ONLY_FAILED, FilterState
from genre_desktop.gui.tracks.track_model import TrackModel
from genre_desktop.gui.widgets.labels import ElidedLabel, set_style_flags
from genre_desktop.model.prediction import NOT_MUSIC, UNSURE

_BY_HAND = "\0by hand"
"""Key of the choice "Set by hand" among the genres, none of which can have this name."""

_LOWEST, _HIGHEST = 0, 100
_MAX_TITLE = 14


class FilterLine(QLineEdit):
    """Search field: Escape clears it; Down, or Escape in an empty one, moves the focus to the rows."""

    left_downwards = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(tr("Filter by name, title, artist, album, genre or style"))
        self.setAccessibleName(tr("Filter"))
        self.setClearButtonEnabled(True)
        self.setAcceptDrops(False)  # a dropped file is to be opened, not pasted as text

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Escape):
            self.left_downwards.emit()
        else:
            super().keyPressEvent(event)


class FilterBar(QWidget):
    """Shows and changes the filter of a track model.

    Attributes
    ----------
    line : FilterLine
    genre, styles, confidence, state : QToolButton
        Each with a menu of values; that of styles is visible where the model has some, or they are filtered.
    disagrees : QToolButton
        Checked to show only tracks whose tags name another genre.
    failures_only : QToolButton
        Visible while tracks have failed.
    clear_all : QToolButton
        Visible while a filter is active.
    columns : QToolButton
        For the column menu, which the table makes.
    count : ElidedLabel
        Number of tracks shown.
    """

    changed = Signal()

    def __init__(self, model: TrackModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._make_widgets()
        self._lay_out()
        self._make_menus()
        self.line.textChanged.connect(self._on_text_changed)
        self.failures_only.clicked.connect(self._set_failures_only)
        self.disagrees.clicked.connect(lambda checked: self._change(disagrees=checked))
        self.clear_all.clicked.connect(self.clear)
        model.shown_changed.connect(self._show_count)
        model.labels_changed.connect(self._show_filter)
        self._show_filter()

    def _make_widgets(self) -> None:
        self.line = FilterLine()
        self.failures_only = _button(tr("Show only tracks that failed"), checkable=True)
        self.failures_only.hide()
        self.columns = _button(tr("Columns and sorting"))
        self.columns.setText("☰")
        self.genre = _button(tr("Show only some genres"))
        self.styles = _button(tr("Show only tracks that sound like some styles"))
        self.confidence = _button(tr("Show only some confidences"))
        self.state = _button(tr("Show only some states"))
        self.disagrees = _button(tr("Show only tracks whose genre is none of those in their tags"), checkable=True)
        self.disagrees.setText(tr("≠ tag"))
        self.disagrees.setAccessibleName(tr("Disagrees with its tag"))
        self.clear_all = _button(tr("Show all tracks"))
        self.clear_all.setText("✕")
        self.clear_all.setAccessibleName(tr("Clear all filters"))
        self.count = ElidedLabel()
        self.count.setProperty("muted", True)
        self.count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.count.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def _make_menus(self) -> None:
        model = self._model
        genres = ChoiceMenu(self.genre)
        genres.aboutToShow.connect(lambda: genres.set_choices(self._genre_choices(), self._chosen_genres()))
        genres.chosen.connect(self._choose_genres)
        styles = ChoiceMenu(self.styles)
        styles.aboutToShow.connect(lambda: styles.set_choices(self._style_choices(), model.filter_state.styles))
        styles.chosen.connect(lambda keys: self._change(styles=keys))
        states = ChoiceMenu(self.state)
        states.aboutToShow.connect(lambda: states.set_choices(self._state_choices(), model.filter_state.states))
        states.chosen.connect(lambda keys: self._change(states=keys))
        confidence = ConfidenceMenu(self.confidence)
        confidence.aboutToShow.connect(
            lambda: confidence.set_range(model.filter_state.sure_from, model.filter_state.sure_to)
        )
        confidence.chosen.connect(lambda low, high: self._change(sure_from=low, sure_to=high))
        self.genre.setMenu(genres)
        self.styles.setMenu(styles)
        self.state.setMenu(states)
        self.confidence.setMenu(confidence)

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(6)
        first.addWidget(self.line, 1)
        first.addWidget(self.failures_only)
        first.addWidget(self.columns)
        second = QHBoxLayout()
        second.setSpacing(6)
        for button in (self.genre, self.styles, self.confidence, self.state, self.disagrees, self.clear_all):
            second.addWidget(button)
        second.addWidget(self.count, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(first)
        layout.addLayout(second)

    # -- for the table -------------------------------------------------------------------

    def set_filter(self, filter_state: FilterState) -> None:
        """Filter the table."""
        self._model.set_filter(filter_state)
        self._show_filter()
        self.changed.emit()

    def clear(self) -> None:
        """Show all tracks."""
        self.set_filter(FilterState())

    def show_failures(self, n: int) -> None:
        """Show the button for failed tracks if `n` tracks have failed; without any, end a filter for them."""
        if not n and self._model.filter_state.states == ONLY_FAILED.states:
            self._change(states=frozenset())
        self.failures_only.setText(tr("{n} failed", n=numeral(n, ",")))
        self.failures_only.setVisible(n > 0)

    # -- reactions -----------------------------------------------------------------------

    def _change(self, **changes: object) -> None:
        self.set_filter(replace(self._model.filter_state, text=self.line.text(), **changes))  # type: ignore[arg-type]

    def _on_text_changed(self, text: str) -> None:
        if text != self._model.filter_state.text:
            self._change()

    def _set_failures_only(self, checked: bool) -> None:
        self._change(states=ONLY_FAILED.states if checked else frozenset())

    def _choose_genres(self, keys: frozenset[str]) -> None:
        self._change(genres=keys - {_BY_HAND}, by_hand=_BY_HAND in keys)

    def _chosen_genres(self) -> frozenset[str]:
        filter_state = self._model.filter_state
        return filter_state.genres | ({_BY_HAND} if filter_state.by_hand else frozenset())

    def _genre_choices(self) -> list[Choice]:
        counts = self._model.genre_counts()
        named = {*self._model.labels, *counts, *self._model.filter_state.genres} - {UNSURE, NOT_MUSIC}
        choices = [
            Choice(genre, prediction_text.genre_title(genre), counts[genre], genre)
            for genre in (*sorted(named, key=str.casefold), UNSURE, NOT_MUSIC)
        ]
        n_by_hand = sum(track.by_hand is not None for track in self._model.tracks())
        return [*choices, Choice(_BY_HAND, tr("Set by hand"), n_by_hand)]

    def _style_choices(self) -> list[Choice]:
        counts = self._model.style_counts()
        named = sorted({*counts, *self._model.filter_state.styles}, key=lambda style: (-counts[style], style))
        return [Choice(style, prediction_text.style_title(style), counts[style]) for style in named]

    def _state_choices(self) -> list[Choice]:
        counts = self._model.state_counts()
        return [Choice(key, words, counts[key]) for key, words in all_state_words().items()]

    # -- what is shown -------------------------------------------------------------------

    def _show_filter(self) -> None:
        """Show the filter in all widgets."""
        filter_state = self._model.filter_state
        if self.line.text() != filter_state.text:
            self.line.setText(filter_state.text)
        genres = [prediction_text.genre_title(genre) for genre in sorted(filter_state.genres)]
        _describe(self.genre, tr("Genre"), [*genres, tr("By hand")] if filter_state.by_hand else genres)
        styles = map(prediction_text.style_title, sorted(filter_state.styles))
        _describe(self.styles, tr("Style"), styles)
        self.styles.setVisible(bool(self._model.styles or filter_state.styles))
        words = all_state_words()
        _describe(self.state, tr("State"), [words[key] for key in words if key in filter_state.states])
        _describe(self.confidence, tr("Sure"), [_range_text(filter_state)] if filter_state.restricts_confidence else [])
        self.disagrees.setChecked(filter_state.disagrees)
        self.failures_only.setChecked(filter_state.states == ONLY_FAILED.states)
        for button in (self.disagrees, self.failures_only):
            set_style_flags(button, chosen=button.isChecked())
        self.clear_all.setVisible(filter_state.is_active)
        self._show_count()

    def _show_count(self) -> None:
        n_shown, n = self._model.rowCount(), len(self._model)
        if self._model.filter_state.is_active:
            text = tr("{n_shown} of {n} shown", n_shown=numeral(n_shown, ","), n=numeral(n, ","))
        else:
            text = formatting.count_tracks(n)
        self.count.setText(text, shorter=numeral(n_shown, ","))
        self.count.setToolTip(plain_tip(text))


def _button(tip: str, *, checkable: bool = False) -> QToolButton:
    button = QToolButton()
    button.setProperty("chip", True)
    button.setCheckable(checkable)
    button.setToolTip(plain_tip(tip))
    button.setAccessibleName(tip)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # by Tab too, which skips tool buttons by default
    return button


def _describe(button: QToolButton, name: str, chosen: Iterable[str]) -> None:
    """Set the text of a button: its name, the chosen value, or how many are chosen."""
    names = list(chosen)
    text = name
    if names:
        text = names[0] if len(names) == 1 else tr("{first} +{n}", first=names[0], n=len(names) - 1)
        if len(text) > _MAX_TITLE:
            text = text[: _MAX_TITLE - 1] + "…" if len(names) == 1 else tr("{name}: {n}", name=name, n=len(names))
    button.setText(menu_text(text))
    button.setAccessibleName(tr("{name}: {chosen}", name=name, chosen=", ".join(names)) if names else name)
    set_style_flags(button, chosen=bool(names))


def _range_text(filter_state: FilterState) -> str:
    if filter_state.sure_to == _HIGHEST:
        return tr("≥ {low}\u00a0%", low=filter_state.sure_from)
    if filter_state.sure_from == _LOWEST:
        return tr("≤ {high}\u00a0%", high=filter_state.sure_to)
    return tr("{low}–{high}\u00a0%", low=filter_state.sure_from, high=filter_state.sure_to)
