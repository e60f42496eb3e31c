"""The page of live mode: controls, level, scrolling spectrogram and genres of the session."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from genre_desktop.core.i18n import tr
from genre_desktop.gui.live import live_text
from genre_desktop.gui.live.genre_strip import GenreStrip
from genre_desktop.gui.live.input_button import InputButton
from genre_desktop.gui.live.level_meter import LevelMeter
from genre_desktop.gui.live.live_session import LiveSession, LiveState
from genre_desktop.gui.live.scrolling_spectrogram import ScrollingSpectrogram
from genre_desktop.gui.prediction.live_answer_text import LiveAnswerText
from genre_desktop.gui.text.display import displayable
from genre_desktop.gui.widgets.labels import ElidedLabel, ParagraphLabel, PlainLabel, set_style_flags
from genre_desktop.gui.widgets.theme import ThemeSwitch, scaled_font

_PARAGRAPH_WIDTH = 560


class LiveView(QFrame):
    """Controls a session and shows it; the answer itself is shown by the prediction panel.

    Parameters
    ----------
    session : LiveSession
    themes : ThemeSwitch
    key : str or None
        `Device.key` of the input that was chosen last time; None for the system's choice.
    """

    answer_text_changed = Signal(object)  # LiveAnswerText
    input_chosen = Signal(str)  # Device.key, or nothing for the system's choice
    file_requested = Signal()
    save_requested = Signal()

    def __init__(self, session: LiveSession, themes: ThemeSwitch, key: str | None) -> None:
        super().__init__()
        self.setObjectName("pane")
        self.setAccessibleName(tr("Live mode"))
        self._session = session
        self._opened_name = ""

        self.input = InputButton(session, key)
        self.input.input_chosen.connect(self._on_input_chosen)
        self.input.file_requested.connect(self.file_requested)
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
        self._performance = PlainLabel()
        self._performance.setProperty("muted", True)
        self._performance.setToolTip(
            tr(
                "Latency: age of the newest sound in an answer when it is shown. "
                "Load: computing time per second of sound."
            )
        )
        self._invitation_text = ParagraphLabel()
        self._invitation_text.setFont(scaled_font(1.1))
        self._invitation_text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._invitation_text.setMaximumWidth(_PARAGRAPH_WIDTH)
        self._invitation_text.setMinimumWidth(min(_PARAGRAPH_WIDTH, 300))
        self._invitation = QWidget()
        self._lay_out()

        session.changed.connect(self._show_state)
        session.opened.connect(self._on_opened)
        session.block_received.connect(self._on_block)
        session.frame_due.connect(self.spectrogram.advance)
        session.answered.connect(self._show_answer)
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
        row.addWidget(self._invitation_text, 6)
        row.addStretch(1)
        middle.addLayout(row)
        middle.addStretch(3)
        self._centre = QStackedWidget()
        self._centre.addWidget(self._invitation)
        self._centre.addWidget(self.spectrogram)
        foot = QHBoxLayout()
        foot.addWidget(self._state, 1)
        foot.addWidget(self._performance)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 10)
        layout.setSpacing(10)
        layout.addLayout(controls)
        layout.addWidget(self.meter)
        layout.addWidget(self._centre, 1)
        layout.addWidget(self.strip)
        layout.addLayout(foot)

    # -- commands ------------------------------------------------------------------------

    def prepare(self) -> None:
        """Look for inputs, unless some are known, and focus the Start button: live mode has been entered."""
        if not self._session.devices:
            self._session.look_for_inputs()
        self.start.setFocus()

    def toggle(self) -> None:
        """Start or stop listening."""
        if self._session.is_listening:
            self._session.stop_listening()
        else:
            self._session.listen(self.input.key, self.input.file)

    def simulate(self, path: str) -> None:
        """Listen to a file in place of an input, from now on."""
        self.input.set_file(path)
        self._session.listen(self.input.key, path)

    @property
    def key(self) -> str | None:
        """`Device.key` of the chosen input; None for the system's choice."""
        return self.input.key

    def choose(self, key: str | None) -> None:
        """Choose an input, by its `Device.key`, and listen to it if the session is listening."""
        self.input.choose(key)

    def _on_input_chosen(self, key: str | None) -> None:
        self.input_chosen.emit(key or "")
        # A session that an error broke off goes on with the new input, one that runs changes over to it.
        if self._session.is_listening or self._session.state is LiveState.BROKEN:
            self._session.listen(key)

    # -- the session ---------------------------------------------------------------------

    def _on_opened(self, opened: Any) -> None:
        from genre_desktop.audio.picture.live_spectrogram import LiveSpectrogram

        self._opened_name = displayable(opened.device.name)
        self.meter.clear()
        self.spectrogram.begin(opened.sample_rate, LiveSpectrogram(opened.sample_rate).column_s)

    def _on_block(self, message: Any) -> None:
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
        self.input.refresh()
        has_picture = self.spectrogram.n_written > 0 or session.state is LiveState.LISTENING
        self._centre.setCurrentWidget(self.spectrogram if has_picture else self._invitation)
        self._invitation_text.setText(live_text.invitation_text(session))
        is_problem = session.error is not None
        set_style_flags(self._invitation_text, problem=is_problem, muted=not is_problem)
        if session.state is not LiveState.LISTENING:
            self.meter.clear()
            self.spectrogram.end()
        self._show_texts()

    def _show_answer(self) -> None:
        timeline = self._session.timeline
        if timeline is not None:
            self.strip.show_spans(list(timeline.spans()), timeline.end_s)
            self.save.setEnabled(True)
        self._show_texts()

    def _show_texts(self) -> None:
        text, is_problem = "", False
        if self._centre.currentWidget() is not self._invitation:  # which has the same text
            text, is_problem = live_text.state_text(self._session, is_file=self.input.file is not None)
        self._state.setText(text)
        set_style_flags(self._state, problem=is_problem, muted=not is_problem)
        self._performance.setText(live_text.performance_text(self._session.performance))
        if self._session.timeline is None:
            self.strip.show_spans([], 0.0)
        self.answer_text_changed.emit(self.answer_text())

    def answer_text(self) -> LiveAnswerText:
        """The last answer as the prediction panel shows it."""
        return live_text.answer_text(self._session, self._opened_name)
