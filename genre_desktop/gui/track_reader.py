"""Reads the track that is looked at; the last few are kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from genre_desktop.audio.config import FeatureConfig
from genre_desktop.gui.latest import Latest
from genre_desktop.gui.overview import OverviewRequest, TrackOverview
from genre_desktop.gui.worker import Report, Worker

VIEW_CONFIG = FeatureConfig()
"""How tracks are analysed for looking at, whatever the model wants to hear."""

_KEPT = 8


class TrackReader(QObject):
    """Waveform and spectrogram of one track at a time.

    Attributes
    ----------
    worker : Worker
    """

    read = Signal(object)  # TrackOverview, of a part of the track or of all
    failed = Signal(object)  # GenreDesktopError

    def __init__(self, work: Callable[[OverviewRequest, Report], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._overviews: Latest[TrackOverview] = Latest(_KEPT)
        self.worker = Worker("overview", work, self)
        self.worker.partial.connect(self._take)
        self.worker.succeeded.connect(self._take)
        self.worker.failed.connect(self.failed)

    def show(self, path: str | None) -> None:
        """Read another track, or none; the one before is given up."""
        self.worker.cancel()
        if path is None:
            return
        kept = self._overviews.get(path)
        if kept is not None:
            self.read.emit(kept)
        else:
            self.worker.submit(OverviewRequest(path, VIEW_CONFIG))

    def forget(self, path: str) -> None:
        """Read a track anew when it is next looked at."""
        self._overviews.drop(path)

    def _take(self, overview: TrackOverview) -> None:
        if overview.complete:
            self._overviews.put(overview.path, overview)
        self.read.emit(overview)
