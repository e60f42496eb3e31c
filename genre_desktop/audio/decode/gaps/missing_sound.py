"""Sound missing in the middle of a file, added up from its holes."""

from __future__ import annotations

from dataclasses import dataclass

from genre_desktop.core.i18n import tr

LEAST_HOLE_S, LEAST_SUM_S = 0.5, 1.0
"""One hole as long as this is heard as one, and is half an Ogg page of FFmpeg; smaller ones in sum as much as may be
missing at the end of a song that counts as whole (`genre_desktop.audio.decode.decoder.is_cut_off`). Of 300 ordinary
files in 20 formats none has more than 1 ms."""

_HOLE_S = 0.1
"""What is shorter is a frame or two, and is only added up."""

_MOST_HOLES = 1_000


@dataclass(frozen=True)
class MissingSound:
    """Sound that is missing between the beginning and the end.

    Attributes
    ----------
    seconds : float
        Of all holes.
    at_s : float
        Where the first is.
    is_one : bool
        True for a single hole.
    """

    seconds: float
    at_s: float
    is_one: bool

    @property
    def reason(self) -> str:
        """As a part of a sentence in the user's language."""
        if self.is_one and self.at_s < _HOLE_S:
            return tr("{missing_s:.1f} s are missing at the beginning", missing_s=self.seconds)
        if self.is_one:
            return tr("{missing_s:.1f} s are missing in the middle, at {at_s:.1f} s", **self._values)
        return tr("{missing_s:.1f} s are missing in the middle, in several places from {at_s:.1f} s on", **self._values)

    @property
    def _values(self) -> dict[str, float]:
        return {"missing_s": self.seconds, "at_s": self.at_s}


class HoleSum:
    """Holes of a file, as they are found."""

    def __init__(self) -> None:
        self._holes: list[tuple[float, float]] = []
        self._small_s = 0.0
        self._first_small_s: float | None = None

    def add(self, at_s: float, seconds: float) -> None:
        """Add a hole, or take back the last ones by one of negative length: a time was wrong, or late, and none was.

        So a row of times that go forth and back adds up to where it ends. Much of negative length at once is where
        times start over, and takes back no small ones.
        """
        if seconds >= _HOLE_S and len(self._holes) < _MOST_HOLES:
            self._holes.append((at_s, seconds))
        elif seconds >= 0.0:
            self._small_s += seconds
            if self._first_small_s is None:
                self._first_small_s = at_s
        else:
            if seconds > -_HOLE_S:
                self._small_s, seconds = max(0.0, self._small_s + seconds), min(0.0, self._small_s + seconds)
            self._take_back(-seconds)

    def _take_back(self, seconds: float) -> None:
        while self._holes and seconds > 0.0:
            at_s, hole_s = self._holes.pop()
            if hole_s > seconds:
                self._holes.append((at_s, hole_s - seconds))
            seconds -= hole_s

    def missing(self) -> MissingSound | None:
        """What is missing; None where it is too little to count."""
        sizes = [seconds for _, seconds in self._holes]
        seconds = sum(sizes) + self._small_s
        if seconds < LEAST_SUM_S and max(sizes, default=0.0) < LEAST_HOLE_S:
            return None
        first_s = self._first_small_s if not self._holes else self._holes[0][0]
        return MissingSound(seconds, first_s or 0.0, len(sizes) == 1 and self._small_s < _HOLE_S)
