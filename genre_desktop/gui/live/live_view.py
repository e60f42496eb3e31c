"""Live mode: what plays at an input, as it is heard."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from genre_desktop.core.i18n import numeral, tr
from genre_desktop.gui.live.genre_strip import GenreStrip
from genre_desktop.gui.live.level_meter import LevelMeter
from genre_desktop.gui.live.live_session import LiveSession, LiveState
from genre_desktop.gui.live.scrolling_spectrogram import ScrollingSpectrogram
from genre_desktop.gui.prediction.live_answer_text import LiveAnswerText
from genre_desktop.gui.text import formatting, prediction_text
from genre_desktop.gui.text.display import displayable, error_message, menu_text, plain_tip
from genre_desktop.gui.widgets.labels import ElidedLabel, ParagraphLabel, PlainLabel, set_style_flags
from genre_desktop.gui.widgets.theme import ThemeSwitch, scaled_font
from genre_desktop.model.prediction import NOT_MUSIC, UNSURE

if TYPE_CHECKING:
    from genre_desktop.audio.devices.sound_system import Device
    from genre_desktop.model.live.live_classifier import LiveAnswer

_LINE_WIDTH = 560


class LiveView(QFrame):
    """Input, level, spectrogram and timeline of a session; the answer itself is shown by the prediction panel.

    Parameters
    ----------
    session : LiveSession
    themes : ThemeSwitch
    chosen : str or None
        `Device.key` of the input of last time.
    """

    words_changed = Signal(object)  # LiveWords
    input_chosen = Signal(str)  # Device.key, or nothing for the system's choice
    file_requested = Signal()
    save_requested = Signal()

    def __init__(self, session: LiveSession, themes: ThemeSwitch, chosen: str | None) -> None:
        super().__init__()
        self.setObjectName("pane")
        self.setAccessibleName(tr("Live mode"))
        self._session = session
        self._key = chosen
        self.file: str | None = None
        self._opened_name = ""

        self.input = QToolButton()
        self.input.setProperty("chip", True)
        self.input.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.input.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.input.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._menu = QMenu(self.input)
        self._choices = QActionGroup(self)
        # A file that is listened to is none of them.
        self._choices.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        self._entries: list[tuple[str, str | None]] = []
        self.input.setMenu(self._menu)
        self.start = QPushButton()
        self.start.clicked.connect(self.toggle)
        self.record = QToolButton()
        self.record.setText(tr("● Record"))
        self.record.setProperty("chip", True)
        self.record.setCheckable(True)
        self.record.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.record.setAccessibleName(tr("Record the sound of the session"))
        self.record.setToolTip(tr("Record the session as WAV, and its genres as a table beside it"))
        self.record.clicked.connect(session.set_recording)
        self.save = QPushButton(tr("Save timeline …"))
        self.save.setProperty("quiet", True)
        self.save.clicked.connect(self.save_requested)
        self.meter = LevelMeter(themes)
        self.spectrogram = ScrollingSpectrogram(themes)
        self.strip = GenreStrip(themes)
        self._state = ElidedLabel(mode=Qt.TextElideMode.ElideRight)
        self._figures = PlainLabel()
        self._figures.setProperty("muted", True)
        self._figures.setToolTip(
            tr(
                "Latency: age of the newest sound in an answer when it is shown. "
                "Load: computing time per second of sound."
            )
        )
        self._invitation_words = ParagraphLabel()
        self._invitation_words.setFont(scaled_font(1.1))
        self._invitation_words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._invitation_words.setMaximumWidth(_LINE_WIDTH)
        self._invitation_words.setMinimumWidth(min(_LINE_WIDTH, 300))
        self._invitation = QWidget()
        self._lay_out()

        session.changed.connect(self._show_state)
        session.opened.connect(self._begin)
        session.heard.connect(self._hear)
        session.frame.connect(self.spectrogram.advance)
        session.answered.connect(self._show_answer)
        self._show_devices()
        self._show_state()

    def _lay_out(self) -> None:
        controls = QHBoxLayout()
        controls.setSpacing(8)
        controls.addWidget(self.input)
        controls.addWidget(self.start)
        controls.addWidget(self.record)
        controls.addStretch(1)
        controls.addWidget(self.save)
        middle = QVBoxLayout(self._invitation)
        middle.addStretch(2)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._invitation_words, 6)
        row.addStretch(1)
        middle.addLayout(row)
        middle.addStretch(3)
        self._centre = QStackedWidget()
        self._centre.addWidget(self._invitation)
        self._centre.addWidget(self.spectrogram)
        foot = QHBoxLayout()
        foot.addWidget(self._state, 1)
        foot.addWidget(self._figures)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 10)
        layout.setSpacing(10)
        layout.addLayout(controls)
        layout.addWidget(self.meter)
        layout.addWidget(self._centre, 1)
        layout.addWidget(self.strip)
        layout.addLayout(foot)

    # -- what the user does --------------------------------------------------------------

    def begin(self) -> None:
        """Live mode was entered."""
        if not self._session.devices:
            self._session.look_for_inputs()
        self.start.setFocus()

    def toggle(self) -> None:
        """Start or stop."""
        if self._session.is_listening:
            self._session.stop_listening()
        else:
            self._session.listen(self._key, self.file)

    def simulate(self, path: str) -> None:
        """Listen to a file in the place of a device, from now on."""
        self.file = path
        self._show_devices()
        self._session.listen(self._key, path)

    @property
    def key(self) -> str | None:
        """`Device.key` of the input that was chosen; None for the system's choice."""
        return self._key

    def choose(self, key: str | None) -> None:
        """Listen to another input from now on."""
        self.file, self._key = None, key
        self.input_chosen.emit(key or "")
        self._show_devices()
        # One that broke off goes on with what was chosen, one that runs changes over.
        if self._session.is_listening or self._session.state is LiveState.BROKEN:
            self._session.listen(key)

    # -- devices -------------------------------------------------------------------------

    def _show_devices(self) -> None:
        default = next((device for device in self._session.devices if device.is_default_input), None)
        automatic = tr("System default") if default is None else tr("System default ({name})", name=default.name)
        entries: list[tuple[str, str | None]] = [(automatic, None)]
        for device in self._session.devices:
            entries.append((tr("{name}   {host}", name=device.name, host=device.host_api), device.key))
        if entries != self._entries:  # it may be open, and would lose its place
            self._entries = entries
            self._fill_menu()
        for action, (_, key) in zip(self._choices.actions(), entries, strict=True):
            action.setChecked(self.file is None and key == self._key)
        self._look_again.setEnabled(not self._session.is_listening)
        chosen = self._chosen_name(default)
        elided = self.fontMetrics().elidedText(displayable(chosen), Qt.TextElideMode.ElideMiddle, 320)
        self.input.setText(menu_text(elided) + "  ▾")
        self.input.setAccessibleName(tr("Input: {name}", name=chosen))
        self.input.setToolTip(plain_tip(chosen))

    def _chosen_name(self, default: Device | None) -> str:
        if self.file is not None:
            return displayable(os.path.basename(self.file))
        if self._key is not None:
            return next((d.name for d in self._session.devices if d.key == self._key), self._key.partition(": ")[2])
        return tr("System default") if default is None else default.name

    def _fill_menu(self) -> None:
        self._menu.clear()
        for action in self._choices.actions():
            self._choices.removeAction(action)
        for text, key in self._entries:
            self._add_choice(text, key)
        self._menu.addSeparator()
        self._look_again = self._menu.addAction(tr("Look for inputs again"))
        self._look_again.triggered.connect(self._session.look_for_inputs)
        self._menu.addAction(tr("Simulate with a file …")).triggered.connect(self.file_requested)

    def _add_choice(self, text: str, key: str | None) -> None:
        action = QAction(menu_text(text), self._menu)
        action.setCheckable(True)
        action.triggered.connect(lambda: self.choose(key))
        self._choices.addAction(action)
        self._menu.addAction(action)

    # -- what is shown -------------------------------------------------------------------

    def _begin(self, opened: Any) -> None:
        from genre_desktop.audio.picture.live_spectrogram import LiveSpectrogram

        self._opened_name = displayable(opened.device.name)
        self.meter.clear()
        self.spectrogram.begin(opened.sample_rate, LiveSpectrogram(opened.sample_rate).column_s)

    def _hear(self, message: Any) -> None:
        block = message.block
        self.meter.add(block.peak, block.rms, block.seconds)
        self.spectrogram.add(message.columns)

    def _show_state(self) -> None:
        session = self._session
        is_on = session.is_listening
        self.start.setText(tr("Stop") if is_on else tr("Start"))
        set_style_flags(self.start, primary=not is_on)
        self.record.setChecked(session.wants_recording)
        set_style_flags(self.record, chosen=session.wants_recording, recording=session.recording is not None)
        self.save.setEnabled(session.timeline is not None and len(session.timeline) > 0)
        self._show_devices()
        has_picture = self.spectrogram.n_written > 0 or session.state is LiveState.LISTENING
        self._centre.setCurrentWidget(self.spectrogram if has_picture else self._invitation)
        self._invitation_words.setText(self._invitation_text())
        is_problem = session.error is not None
        set_style_flags(self._invitation_words, problem=is_problem, muted=not is_problem)
        if session.state is not LiveState.LISTENING:
            self.meter.clear()
            self.spectrogram.end()
        self._show_words()

    def _invitation_text(self) -> str:
        session = self._session
        if session.error is not None:
            return error_message(session.error)
        if session.state is LiveState.OPENING:
            return tr("Opening the input …")
        if session.is_looking:
            return tr("Looking for inputs …")
        return tr(
            "Choose an input and press Start: every half second you see which genre plays.\n\n"
            "A microphone hears what plays in the room; a line input or a loop-back device (“Monitor of …”, "
            "“Stereo Mix”) hears what this computer plays. Without any, let it listen to a file: "
            "the menu of the input has that too."
        )

    def _state_text(self) -> tuple[str, bool]:
        """The sentence below, and whether it tells of a problem."""
        session = self._session
        if self._centre.currentWidget() is self._invitation:
            return "", False  # the same stands there
        if session.error is not None:
            return error_message(session.error), True
        if session.state is LiveState.ENDED:
            return tr("The file is at its end."), False
        if session.state is LiveState.OPENING:
            return tr("Opening the input …"), False
        if session.state is LiveState.IDLE:
            return "", False
        if session.is_digital_silence and self.file is None:
            told = tr("Only digital silence comes from this input: is it muted?")
            if sys.platform == "darwin":
                told = tr("{told} Or allow the microphone in System Settings > Privacy & Security.", told=told)
            return told, True
        if not session.has_model:
            return tr("Listening; waiting for the model …"), False
        told = tr("Listening.")
        if session.answer is not None and session.answer.genre == NOT_MUSIC:
            told = tr("Listening: no music.")
        return (tr("{told} Recording.", told=told) if session.recording is not None else told), False

    def _show_answer(self) -> None:
        timeline = self._session.timeline
        if timeline is not None:
            self.strip.show_spans(list(timeline.spans()), timeline.end_s)
            self.save.setEnabled(True)
        self._show_words()

    def _show_words(self) -> None:
        text, is_problem = self._state_text()
        self._state.setText(text)
        set_style_flags(self._state, problem=is_problem, muted=not is_problem)
        self._figures.setText(self._figures_text())
        if self._session.timeline is None:
            self.strip.show_spans([], 0.0)
        self.words_changed.emit(self.words())

    def _figures_text(self) -> str:
        figures = self._session.figures
        if figures.latency_s is None or figures.worst_latency_s is None or figures.real_time_factor is None:
            return ""
        told = tr(
            "Latency {latency} s (at most {worst} s)    Load {load}",
            latency=numeral(figures.latency_s, ".2f"),
            worst=numeral(figures.worst_latency_s, ".2f"),
            load=formatting.percent(figures.real_time_factor),
        )
        if figures.n_overflows:
            return tr("{told}    Sound lost {n} times", told=told, n=figures.n_overflows)
        return told

    def words(self) -> LiveAnswerText:
        """What the prediction panel is to show."""
        session, answer = self._session, self._session.answer
        name = self._opened_name if session.state is not LiveState.IDLE or answer is not None else ""
        if answer is None:
            if not session.is_listening:
                return LiveAnswerText(name, tr("Not listening"), tr("The genre of what plays will stand here."))
            if not session.has_model:
                return LiveAnswerText(name, tr("Listening …"), tr("Waiting for the model."))
            return LiveAnswerText(name, tr("Listening …"), tr("The first answer takes some seconds of sound."))
        return _words_of(name, answer)


def _words_of(name: str, answer: LiveAnswer) -> LiveAnswerText:
    shares = answer.probabilities
    if answer.genre == NOT_MUSIC:
        return LiveAnswerText(name, tr("No music"), answer.sentence, None, shares, is_faint=True)
    confidence = answer.confidence or 0.0
    reasons: tuple[str, ...] = ()
    if answer.patch_genre is not None and answer.patch_confidence is not None:
        told = tr(
            "The last seconds alone: {genre}, {figure}.",
            genre=prediction_text.genre_name(answer.patch_genre),
            figure=formatting.percent(answer.patch_confidence),
        )
        reasons = (told,)
    if answer.genre == UNSURE:
        best = max(shares, key=lambda genre: shares[genre]) if shares else ""
        line = tr(
            "Closest: {genre} {figure}", genre=prediction_text.genre_title(best), figure=formatting.percent(confidence)
        )
        return LiveAnswerText(name, prediction_text.genre_title(UNSURE), line, UNSURE, shares, reasons=reasons)
    line = tr(
        "{words}, {figure}", words=prediction_text.confidence_words(confidence), figure=formatting.percent(confidence)
    )
    title = prediction_text.genre_title(answer.genre)
    return LiveAnswerText(name, title, line[:1].upper() + line[1:], answer.genre, shares, reasons=reasons)
