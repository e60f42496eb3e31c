"""Reports of the playback position: often enough for a playhead, and none that repeats another."""

from __future__ import annotations

from collections.abc import Callable

from genre_desktop.audio.playback.messages import Event, Position, Underruns

_REPORT_EVERY_S = 0.1


class PositionReporter:
    """Emits the position, and the number of underruns, where they have changed.

    Parameters
    ----------
    emit : callable
        Called with each `Position` and `Underruns`.
    clock : callable
        In seconds.
    """

    def __init__(self, emit: Callable[[Event], None], clock: Callable[[], float]) -> None:
        self._emit = emit
        self._clock = clock
        self._reported_at = 0.0
        self._still_frame: int | None = None
        self._n_underruns = 0

    def reset(self) -> None:
        """Report the next position at once."""
        self._reported_at, self._still_frame = -1.0, None

    def report(self, path: str, frame: float, sample_rate: int, moves_from: float | None, n_underruns: int) -> None:
        """Emit a position if it is due.

        Parameters
        ----------
        path : str
        frame : float
            Position in frames of the sound.
        sample_rate : int
            Of the sound, in Hz.
        moves_from : float or None
            Time from which on it advances; None while it stands still.
        n_underruns : int
            Since the device was opened.
        """
        now = self._clock()
        still_frame = None if moves_from is not None else round(frame)
        is_same_kind = (still_frame is None) == (self._still_frame is None)
        is_recent = now - self._reported_at < _REPORT_EVERY_S
        if is_same_kind and (is_recent or (still_frame is not None and still_frame == self._still_frame)):
            return
        self._reported_at, self._still_frame = now, still_frame
        at = now if moves_from is None else moves_from
        self._emit(Position(path, frame / sample_rate, at, moves_from is not None))
        if n_underruns != self._n_underruns:
            self._n_underruns = n_underruns
            self._emit(Underruns(n_underruns))
