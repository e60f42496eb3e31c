"""Aggregation of the scores of patches to one answer for the track."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.i18n import tr
from genre_desktop.model.genre_names import genre_name
from genre_desktop.model.prediction import UNSURE, Prediction, Segment, SegmentScores

Aggregation = Literal["mean_probability", "mean_logit"]
AGGREGATIONS: tuple[str, ...] = get_args(Aggregation)

_LEAST = 1e-30
"""Smaller probabilities are raised to this one, since the logarithm of 0 is not finite."""

_ROWS = 256
"""Segments converted to float64 at once: for ten hours and a thousand genres, all at once would take gigabytes."""

MIXED_MARGIN = 0.15
"""Lead of the first genre over the second below which both are named."""


def calibrate(probabilities: NDArray[np.float32], temperature: float) -> NDArray[np.float32]:
    """Soften (temperature above 1) or sharpen probabilities (Guo et al. 2017).

    Parameters
    ----------
    probabilities : ndarray of float32 [shape=(..., n_genres)]
    temperature : float
        Above 0.

    Returns
    -------
    ndarray of float32 [shape=(..., n_genres)]
        Sums to 1 along the last axis.
    """
    calibrated = np.empty(probabilities.shape, np.float32)
    rows = calibrated.reshape(-1, probabilities.shape[-1])
    for first, logits in _logits(probabilities):
        rows[first : first + _ROWS] = _softmax(logits / temperature)
    return calibrated


def track_probabilities(
    segment_probabilities: NDArray[np.float32], temperature: float = 1.0, method: Aggregation = "mean_probability"
) -> NDArray[np.float64]:
    """Probabilities of the track from those of all its segments.

    Parameters
    ----------
    segment_probabilities : ndarray of float32 [shape=(n_segments, n_genres)]
        Uncalibrated, at least one segment.
    temperature : float
    method : {"mean_probability", "mean_logit"}
        ``"mean_probability"`` averages calibrated probabilities. ``"mean_logit"`` averages
        the logits: the result of a network that ends in a linear layer is then that of the
        layer for the mean of its inputs, and a single odd segment has less weight.

    Returns
    -------
    ndarray of float64 [shape=(n_genres,)]
        Sums to 1.
    """
    if method == "mean_logit":
        sums = sum(logits.sum(axis=0) for _, logits in _logits(segment_probabilities))
        return _softmax(sums / len(segment_probabilities) / temperature)
    mean = calibrate(segment_probabilities, temperature).mean(axis=0, dtype=np.float64)
    return np.asarray(mean / mean.sum())


def _logits(probabilities: NDArray[np.float32]) -> Iterator[tuple[int, NDArray[np.float64]]]:
    """Blocks of rows as (index of the first row, logarithms [shape=(n_rows, n_genres)])."""
    rows = probabilities.reshape(-1, probabilities.shape[-1])
    for first in range(0, len(rows), _ROWS):
        yield first, np.log(np.maximum(rows[first : first + _ROWS].astype(np.float64), _LEAST))


def _softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def aggregate(
    scores: SegmentScores,
    labels: tuple[str, ...],
    *,
    model: str,
    duration_s: float,
    temperature: float = 1.0,
    unsure_below: float = 0.0,
    method: Aggregation = "mean_probability",
    reasons: tuple[str, ...] = (),
) -> Prediction:
    """The answer for a track from the scores of its patches.

    Parameters
    ----------
    scores : SegmentScores
        At least one patch.
    labels : tuple of str
        Genres in the order of the scores.
    model : str
        Name of the bundle.
    duration_s : float
        Seconds of sound that were read.
    temperature, unsure_below : float
        The bundle's calibration.
    method : {"mean_probability", "mean_logit"}
    reasons : tuple of str
        Further sentences, such as one about a damaged ending.

    Returns
    -------
    Prediction
    """
    whole = track_probabilities(scores.probabilities, temperature, method)
    segments = _segments(scores, labels, temperature, duration_s)
    ranked = [int(i) for i in np.argsort(-whole, kind="stable")]
    first = labels[ranked[0]]
    confidence = float(whole[ranked[0]])
    sentences = [_agreement_sentence(first, segments)]
    if confidence - whole[ranked[1]] < MIXED_MARGIN:
        sentences.append(_runner_up_sentence(labels[ranked[1]], whole[ranked[1]]))
    if confidence < unsure_below:
        sentences.insert(0, _unsure_sentence(unsure_below))
    return Prediction(
        genre=UNSURE if confidence < unsure_below else first,
        confidence=confidence,
        probabilities={label: float(p) for label, p in zip(labels, whole, strict=True)},
        segments=segments,
        duration_s=duration_s,
        model=model,
        reasons=(*sentences, *reasons),
    )


def _segments(
    scores: SegmentScores, labels: tuple[str, ...], temperature: float, duration_s: float
) -> tuple[Segment, ...]:
    """The most probable genre of each patch."""
    calibrated = calibrate(scores.probabilities, temperature)
    winners = calibrated.argmax(axis=1)
    return tuple(
        Segment(
            start_s=float(start),
            end_s=float(min(start + scores.patch_s, max(duration_s, start))),
            genre=labels[int(winner)],
            confidence=float(row[winner]),
        )
        for start, winner, row in zip(scores.start_s, winners, calibrated, strict=True)
    )


def _agreement_sentence(genre: str, segments: tuple[Segment, ...]) -> str:
    return tr(
        "{agreeing} of {total} segments sound most like {genre}.",
        agreeing=sum(segment.genre == genre for segment in segments),
        total=len(segments),
        genre=genre_name(genre),
    )


def _runner_up_sentence(genre: str, probability: float) -> str:
    return tr("It could also be {genre} ({percent:.0f} %).", genre=genre_name(genre), percent=100 * probability)


def _unsure_sentence(unsure_below: float) -> str:
    return tr("No genre reaches the {percent:.0f} % that this model needs to be sure.", percent=100 * unsure_below)
