"""A model's answer for a track, and for each of its patches."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.errors import AudioError

UNSURE: Final = "unsure"
NOT_MUSIC: Final = "not music"


@dataclass(frozen=True, slots=True)
class Segment:
    """The answer for one patch of a track.

    Attributes
    ----------
    start_s, end_s : float
        Its place in the track, in seconds.
    genre : str
        Its most probable genre.
    confidence : float
        The probability of that genre, 0..1.
    """

    start_s: float
    end_s: float
    genre: str
    confidence: float


@dataclass(frozen=True, eq=False)
class SegmentScores:
    """The outputs of the network for each patch of a track, before they are aggregated.

    Attributes
    ----------
    probabilities : ndarray of float32 [shape=(n_patches, n_genres)]
    start_s : ndarray of float64 [shape=(n_patches,)]
        Start of each patch in seconds.
    patch_s : float
        Length of a patch in seconds.
    features : ndarray of float32 [shape=(n_patches, n_features)]
        Outputs of the bundle's feature layer; without columns where the bundle has none.
    """

    probabilities: NDArray[np.float32]
    start_s: NDArray[np.float64]
    patch_s: float
    features: NDArray[np.float32] = field(default_factory=lambda: np.empty((0, 0), np.float32))


@dataclass(frozen=True)
class Prediction:
    """The answer for a track.

    Attributes
    ----------
    genre : str
        A genre, ``"unsure"`` or ``"not music"``.
    confidence : float or None
        Probability of the most probable genre, 0..1, also where `genre` is ``"unsure"`` or ``"not music"``;
        None where nothing was scored, as for digital silence.
    probabilities : dict of str to float, or None
        Every genre of the model, in the model's order; sums to 1.
    segments : tuple of Segment
        Those scored, in their order.
    duration_s : float
        Seconds of sound in the track, as far as it can be read.
    model : str
        Name of the bundle.
    reasons : tuple of str
        Sentences that explain the answer: why it is no music, the second genre, a damaged ending.
    is_complete : bool
        Whether every patch of the track was scored; otherwise damage between the scored ones may be
        unnoticed.
    warnings : tuple of AudioError
        What to know of how the file was read: what sound is missing (`AudioError.loses_sound`), where the answer is
        for the part that could be read, and what costs no sound, such as which of several audio tracks was read.
    tags : tuple of str
        Tags of the network that stand out, the strongest first; empty where the bundle has none.
    styles : tuple of str
        What it sounds like, a level below the genres, the strongest first, a whole genre last; empty for "not music"
        and where the bundle has none. Nothing tells how sure that is.
    """

    genre: str
    confidence: float | None
    probabilities: dict[str, float] | None
    segments: tuple[Segment, ...]
    duration_s: float
    model: str
    reasons: tuple[str, ...] = ()
    is_complete: bool = True
    warnings: tuple[AudioError, ...] = ()
    tags: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()

    @property
    def loss(self) -> AudioError | None:
        """The warning that sound is missing, if there is one."""
        return loss_of(self.warnings)


def loss_of(warnings: tuple[AudioError, ...]) -> AudioError | None:
    """The warning that a part of the sound could not be read; None where the others, if any, cost no sound."""
    return next((warning for warning in warnings if warning.loses_sound), None)
