"""The bar at the bottom: progress of the work, buttons to pause and stop it, the latest message."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QWidget

from genre_desktop.core.i18n import numeral, tr
from genre_desktop.gui.session.progress import JobStatus
from genre_desktop.gui.text import formatting
from genre_desktop.gui.text.display import displayable, menu_text, plain_tip
from genre_desktop.gui.widgets.labels import ElidedLabel

_MESSAGE_MS = 10_000
_PROGRESS = 180
_LONGEST_NAME = 28


class JobBar(QWidget):
    """Progress on the left, the latest message on the right."""

    cancel_requested = Signal()
    pause_requested = Signal()
    resume_requested = Signal()
    failures_requested = Signal()
    skipped_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._status = ElidedLabel()  # as long as it is, where there is room
        self._status.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.progress = QProgressBar(textVisible=False)
        self.progress.setAccessibleName(tr("Progress"))
        self.progress.setFixedWidth(_PROGRESS)
        self.pause = _quiet_button(tr("Pause"), tr("Hold the work still (Ctrl+P)"))
        self.resume = _quiet_button(tr("Continue"), tr("Go on (Ctrl+P)"))
        self.cancel = _quiet_button(tr("Stop"), tr("Stop the work; what was found is kept (Ctrl+Shift+P)"))
        self.failures = _quiet_button("", tr("Show the tracks that failed, and why"))
        self.skipped = _quiet_button("", "")
        self.skipped.hide()
        self.message = ElidedLabel(mode=Qt.TextElideMode.ElideRight)
        self.message.setProperty("muted", True)
        self.message.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.message.setAccessibleName(tr("Message"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 0, 4, 0)
        layout.setSpacing(10)
        layout.addWidget(self.progress)
        layout.addWidget(self._status)
        for button in (self.pause, self.resume, self.cancel, self.failures, self.skipped):
            layout.addWidget(button)
        layout.addWidget(self.message, 1)
        self.setFixedHeight(self.cancel.sizeHint().height() + 4)
        self._clear_message = QTimer(self, singleShot=True, interval=_MESSAGE_MS)
        self._clear_message.timeout.connect(lambda: self.show_message(""))
        self.cancel.clicked.connect(self.cancel_requested)
        self.pause.clicked.connect(self.pause_requested)
        self.resume.clicked.connect(self.resume_requested)
        self.failures.clicked.connect(self.failures_requested)
        self.skipped.clicked.connect(self.skipped_requested)
        self.show_status(JobStatus())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.progress.setFixedWidth(min(_PROGRESS, self.width() // 12))

    def show_message(self, sentence: str) -> None:
        """Show a sentence for ten seconds."""
        self.message.setText(sentence)
        self.message.setToolTip(plain_tip(sentence))
        if sentence:
            self._clear_message.start()

    def show_status(self, status: JobStatus) -> None:
        """Show the status of the work."""
        text = status_text(status)
        if text != self._status.text():
            self._status.setText(text)
            self._status.setToolTip(plain_tip(text))  # on a small screen it is cut
        is_idle = status.is_paused or not status.is_busy
        # For a single track, a model or a look-up in the store there is no fraction to show: the bar just moves.
        is_known = status.n_total > 1 and not status.needs_model and (is_idle or status.n_queued > 0)
        self.progress.setVisible(
            (status.is_busy and not status.has_no_model) or is_loading(status) or (is_known and status.n_stopped > 0)
        )
        self.progress.setRange(0, status.n_total if is_known else 0)
        self.progress.setValue(status.n_done if is_known else 0)
        self.progress.setEnabled(not is_idle)
        text, tip = resume_label(status)
        self.resume.setText(text)
        self.resume.setToolTip(plain_tip(tip))
        self.failures.setText(tr("{n} failed", n=numeral(status.n_failed, ",")))
        self._show_buttons(
            {
                self.pause: can_pause(status),
                self.resume: can_resume(status),
                self.cancel: status.is_busy,
                self.failures: status.n_failed > 0,
            }
        )

    def _show_buttons(self, wanted: dict[QPushButton, bool]) -> None:
        """Show some buttons and hide the others.

        Qt passes the focus of a button that is hidden to the next one: Space, pressed to play, would press Stop.
        """
        left = next((button for button, is_shown in wanted.items() if button.hasFocus() and not is_shown), None)
        if left is not None:
            partner = {self.pause: self.resume, self.resume: self.pause}.get(left)
            if partner is not None and wanted[partner]:
                partner.show()
                partner.setFocus()
            else:
                left.clearFocus()
        for button, is_shown in wanted.items():
            button.setVisible(is_shown)

    def show_skipped(self, n: int, why: str) -> None:
        """Show a button for what the last scan skipped."""
        self.skipped.setVisible(n > 0)
        self.skipped.setText(tr("{n} skipped", n=numeral(n, ",")))
        self.skipped.setToolTip(plain_tip(why))

    def text(self) -> str:
        """Text of the status."""
        return self._status.text()


def can_pause(status: JobStatus) -> bool:
    """Whether there is a run to pause."""
    return status.n_queued > 0 and not status.is_paused and not status.needs_model


def is_loading(status: JobStatus) -> bool:
    """Whether the model is being loaded."""
    return status.needs_model and not status.has_no_model


def can_resume(status: JobStatus) -> bool:
    """Whether there is something to continue."""
    return status.is_paused or (status.n_stopped > 0 and not status.is_busy and not status.has_no_model)


def resume_label(status: JobStatus) -> tuple[str, str]:
    """Text and tool tip of the Continue button: after another model was chosen it offers that one."""
    if status.offered_model is None or status.is_paused:
        return tr("Continue"), tr("Go on (Ctrl+P)")
    name = displayable(status.offered_model)
    short = name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"
    tracks = formatting.count_tracks(status.n_stopped)
    return (
        tr("Classify {tracks} with {model}", tracks=tracks, model=menu_text(short)),
        tr("Classify what {model} has not heard yet (Ctrl+P)", model=name),
    )


def status_text(status: JobStatus) -> str:
    """The status in a sentence."""
    if status.is_busy and not status.n_queued:
        return tr("Looking for sound files …") if status.is_scanning else tr("Looking up what is known …")
    if status.is_busy and status.has_no_model:
        return tr("{files} waiting: there is no model", files=formatting.count_files(status.n_queued))
    if status.is_busy and status.needs_model:
        return tr("{files} waiting for the model to load", files=formatting.count_files(status.n_queued))
    if status.is_busy:
        return " · ".join(_parts(status))
    if is_loading(status):
        return tr("Loading the model …")
    if status.has_no_model:
        return tr("There is no model")
    if status.n_stopped == status.n_total > 0:
        return tr("{tracks} not classified yet", tracks=formatting.count_tracks(status.n_stopped))
    if status.n_stopped:
        left, total = numeral(status.n_stopped, ","), numeral(status.n_total, ",")
        return tr("{left} of {total} not classified yet", left=left, total=total)
    return tr("{files} done", files=formatting.count_files(status.n_done)) if status.n_done else tr("Ready")


def _parts(status: JobStatus) -> list[str]:
    parts = [tr("{done} of {total}", done=numeral(status.n_done, ","), total=numeral(status.n_total, ","))]
    if status.n_redone:  # not counted as done, although they have an answer
        parts.append(tr("{n} being classified again", n=numeral(status.n_redone, ",")))
    if status.is_paused:
        return [tr("Paused"), *parts]
    if status.files_per_s is not None and status.files_per_s >= formatting.SLOWEST_RATE:
        parts.append(formatting.rate(status.files_per_s))
    if status.is_scanning:
        parts.append(tr("still looking"))
    elif status.remaining_s is not None:
        parts.append(formatting.time_left(status.remaining_s))
    if status.n_stopped:
        parts.append(tr("{n} stopped", n=numeral(status.n_stopped, ",")))
    return parts


def _quiet_button(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(plain_tip(tip))
    button.setProperty("quiet", True)
    return button
