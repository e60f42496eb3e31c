"""Progress and outcome of the pass over the whole track, in the heading of the canvas."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from genre_desktop.core.i18n import tr
from genre_desktop.gui.session.whole_track_pass import WholeTrackPass
from genre_desktop.gui.text import formatting
from genre_desktop.gui.text.display import plain_tip
from genre_desktop.gui.widgets.labels import ElidedLabel, set_style_flags

_SHOW_AFTER_MS = 600
"""The progress of a shorter pass is not shown: text that only flashes cannot be read."""

_HEIGHT = 3


class TrackPassLine(QProgressBar):
    """A thin progress bar below the heading, and a text beside the details of the track; empty without a pass.

    Attributes
    ----------
    words : ElidedLabel
        The text; placed by the canvas.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, textVisible=False)
        self._share: float | None = None
        self.words = ElidedLabel()
        self.words.setSizePolicy(
            QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed
        )  # the details are shortened first
        self.words.setProperty("muted", True)
        self.words.setAccessibleName(tr("Listening to the whole track"))
        self.setAccessibleName(tr("Progress"))
        self.setProperty("thin", True)
        self.setFixedHeight(_HEIGHT)
        self.setRange(0, 100)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the plots below do not jump
        self.setSizePolicy(policy)
        self.hide()
        self._show_timer = QTimer(self, singleShot=True, interval=_SHOW_AFTER_MS)
        self._show_timer.timeout.connect(self._show_share)

    def show_pass(self, whole: WholeTrackPass) -> None:
        """Show progress or outcome of a pass."""
        was_running, self._share = self._share is not None, whole.share
        if whole.share is None:
            self._show_timer.stop()
            self.hide()
            self.words.setText(whole.outcome)
            self.words.setToolTip(plain_tip(whole.problem or whole.outcome))
            set_style_flags(self.words, muted=not whole.problem, problem=bool(whole.problem))
        elif not was_running:
            self.words.setText("")
            set_style_flags(self.words, muted=True, problem=False)
            self._show_timer.start()
        elif not self._show_timer.isActive():
            self._show_share()

    def _show_share(self) -> None:
        if self._share is not None:
            figure = formatting.percent(int(100 * self._share) / 100)
            self.setValue(int(100 * self._share))
            self.show()
            self.words.setText(tr("Listening to the whole track … {figure}", figure=figure))
