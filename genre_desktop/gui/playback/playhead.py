"""Where in the track playback is, between two reports of the player process."""

from __future__ import annotations

import time

from genre_desktop.audio.playback.messages import Position


class Playhead:
    """The place in the track that is heard now: the last reported position, moved on by the clock.

    Attributes
    ----------
    duration_s : float
        Of the track; 0 where it is not known.
    is_looping : bool
    region : tuple of float or None
        Start and end of what is looped, in seconds; None for all of the track.
    """

    def __init__(self) -> None:
        self._position: Position | None = None
        self.duration_s = 0.0
        self.is_looping = False
        self.region: tuple[float, float] | None = None

    def reset(self) -> None:
        """Go to the beginning of a track of which nothing is known."""
        self._position, self.duration_s, self.region = None, 0.0, None

    def set_position(self, position: Position) -> None:
        """Set the position that the player process has reported."""
        self._position = position

    def set_loop(self, is_on: bool, region: tuple[float, float] | None) -> None:
        """Loop a region (start and end in seconds), or all of the track, or nothing."""
        self.is_looping, self.region = is_on, region if is_on else None

    def seconds(self) -> float:
        """Seconds of the track that are heard now."""
        position = self._position
        if position is None:
            return 0.0
        seconds = position.seconds
        if position.is_moving:
            # A report may be about a time to come: when the sound leaves the device.
            seconds += max(0.0, time.perf_counter() - position.at)
            loop = self._loop()
            if loop is not None and position.seconds < loop[1] <= seconds:
                seconds = loop[0] + (seconds - loop[0]) % (loop[1] - loop[0])
        return min(seconds, self.duration_s) if self.duration_s else seconds

    def _loop(self) -> tuple[float, float] | None:
        if not self.is_looping:
            return None
        start_s, end_s = self.region or (0.0, self.duration_s)
        return (start_s, end_s) if start_s < end_s else None
