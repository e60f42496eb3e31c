"""The measured accuracy of a model, from its card: values with intervals, and on what they were measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from genre_desktop.core.i18n import tr

FEW_TRACKS = 60
"""With fewer tracks a figure is "too few to tell": Wilson's 95 % interval is 38 to 62 % where half of 60 tracks are
right, and begins at 94 % where all are; with 12 tracks it is 25 to 75 %, and begins at 76 %."""


@dataclass(frozen=True)
class Measured:
    """A measured value and its 95 % interval.

    Attributes
    ----------
    value : float
    low, high : float or None
        None where the card has no interval.
    """

    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class MeasuredAccuracy:
    """How often a model was right on tracks it was not trained on, and how good its confidence is.

    Attributes
    ----------
    accuracy, low, high : float
        Share of tracks with the right genre and its 95 % interval, 0..1.
    n_tracks : int
        Tracks (or patches, under the leaking protocol) that were evaluated.
    protocol : str
        Name of the split: ``"lists"``, ``"artist"``, ``"track"``, ``"folds"`` or ``"patch"``.
    leaking : bool
        True where parts of one track were in training and evaluation: the values are too high.
    coverage, accuracy_covered : Measured or None
        Share of the tracks that get a genre instead of "unsure", and the share of right
        genres among these. None where the card lacks it.
    ece : Measured or None
        Expected calibration error, 0..1.
    ece_if_perfect : float or None
        Average error of a perfectly calibrated model on so few tracks.
    """

    accuracy: float
    low: float
    high: float
    n_tracks: int
    protocol: str
    leaking: bool
    coverage: Measured | None = None
    accuracy_covered: Measured | None = None
    ece: Measured | None = None
    ece_if_perfect: float | None = None

    @classmethod
    def from_card(cls, protocol: str, figures: Mapping[str, Any]) -> MeasuredAccuracy:
        """Read one table of a card's ``metrics``.

        Raises
        ------
        KeyError, TypeError, ValueError, AttributeError
            Where the table is malformed.
        """
        low, high = figures["accuracy_ci95"]
        perfect = figures.get("ece_if_perfect")
        return cls(
            accuracy=float(figures["accuracy"]),
            low=float(low),
            high=float(high),
            n_tracks=int(figures["n_tracks"]),
            protocol=protocol,
            leaking=bool(figures["leaking"]),
            coverage=_measured(figures, "coverage"),
            accuracy_covered=_measured(figures, "accuracy_covered"),
            ece=_measured(figures, "ece"),
            ece_if_perfect=None if perfect is None else float(perfect["mean"]),
        )

    @property
    def is_too_few(self) -> bool:
        """Whether so few tracks were judged that only the interval means something."""
        return self.n_tracks < FEW_TRACKS

    def caveat(self) -> str:
        """What the figures are worth, in a sentence; empty where they stand as they are."""
        if not self.is_too_few:
            return ""
        return tr("{n} tracks are too few to tell how good it is: only the intervals mean something.", n=self.n_tracks)

    def measured_on(self) -> str:
        """On what it was measured, in plain words for people."""
        if self.leaking:
            return tr("{n} parts of tracks of which it had learned other parts", n=self.n_tracks)
        if self.protocol == "artist":
            return tr("{n} tracks by artists it had not learned from", n=self.n_tracks)
        if self.protocol == "track":
            return tr("{n} tracks it had not learned from (it may have learned from their artists)", n=self.n_tracks)
        if self.protocol == "lists":
            return tr("{n} tracks set aside before it learned", n=self.n_tracks)
        return tr("{n} tracks it had not learned from", n=self.n_tracks)


def _measured(figures: Mapping[str, Any], name: str) -> Measured | None:
    value = figures.get(name)
    if value is None:
        return None
    low, high = figures.get(f"{name}_ci95") or (None, None)
    return Measured(float(value), None if low is None else float(low), None if high is None else float(high))
