"""The line in the heading of the canvas that says how far the pass over the whole track is, and what it changed."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from genre_desktop.core.i18n import tr
from genre_desktop.gui.session.whole_track_pass import WholeTrackPass
from genre_desktop.gui.text import formatting as wording
from genre_desktop.gui.text.display import plain_tip
from genre_desktop.gui.widgets.labels import ElidedLabel, set_style_flags

_WORTH_MS = 600
"""A pass that is over sooner is not shown on its way: words that only flash cannot be read."""

_HEIGHT = 3


class TrackPassLine(QProgressBar):
    """A thin bar below the heading, with words beside the details of the track; empty while there is nothing to say.

    Attributes
    ----------
    words : ElidedLabel
        Placed by the canvas.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, textVisible=False)
        self._share: float | None = None
        self.words = ElidedLabel()
        self.words.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)  # the details give way first
        self.words.setProperty("muted", True)
        self.words.setAccessibleName(tr("Listening to the whole track"))
        self.setAccessibleName(tr("Progress"))
        self.setProperty("thin", True)
        self.setFixedHeight(_HEIGHT)
        self.setRange(0, 100)
        room = self.sizePolicy()
        room.setRetainSizeWhenHidden(True)  # the pictures below do not jump
        self.setSizePolicy(room)
        self.hide()
        self._soon = QTimer(self, singleShot=True, interval=_WORTH_MS)
        self._soon.timeout.connect(self._show_share)

    def show_pass(self, whole: WholeTrackPass) -> None:
        """Show how a pass stands."""
        was_under_way, self._share = self._share is not None, whole.share
        if whole.share is None:
            self._soon.stop()
            self.hide()
            self.words.setText(whole.outcome)
            self.words.setToolTip(plain_tip(whole.problem or whole.outcome))
            set_style_flags(self.words, muted=not whole.problem, problem=bool(whole.problem))
        elif not was_under_way:
            self.words.setText("")
            set_style_flags(self.words, muted=True, problem=False)
            self._soon.start()
        elif not self._soon.isActive():
            self._show_share()

    def _show_share(self) -> None:
        if self._share is not None:
            figure = wording.percent(int(100 * self._share) / 100)
            self.setValue(int(100 * self._share))
            self.show()
            self.words.setText(tr("Listening to the whole track … {figure}", figure=figure))
