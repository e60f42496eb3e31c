"""Reliability and coverage curve: accuracy against confidence, and against the share of items that get a genre."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.evaluation.calibration_metrics import N_CALIBRATION_BINS, confidence_bins
from training.evaluation.confidence_intervals import Interval, wilson_interval

MAX_COVERAGE_POINTS = 200


@dataclass(frozen=True)
class ReliabilityBin:
    """One bin of the reliability curve.

    Attributes
    ----------
    low, high : float
        Edges of the bin.
    confidence : float
        Mean over the items.
    accuracy : float
        Share that is right.
    accuracy_ci95 : (float, float)
        Wilson's, of independent items.
    n : int
    """

    low: float
    high: float
    confidence: float
    accuracy: float
    accuracy_ci95: Interval
    n: int


@dataclass(frozen=True)
class CoveragePoint:
    """One point of the coverage curve: a threshold of confidence.

    Attributes
    ----------
    threshold : float
        Items at or above it get a genre.
    coverage : float
        Share of all items that do.
    accuracy : float
        Share of those that is right.
    accuracy_ci95 : (float, float)
        Wilson's, of independent items.
    n : int
        Items that get a genre.
    """

    threshold: float
    coverage: float
    accuracy: float
    accuracy_ci95: Interval
    n: int


@dataclass(frozen=True)
class Curves:
    """The reliability and the coverage curve of one set of scored items.

    Attributes
    ----------
    reliability : tuple of ReliabilityBin
        The bins of the calibration error that hold an item, in ascending order.
    coverage : tuple of CoveragePoint
        From the highest threshold to the lowest, which covers everything.
    """

    reliability: tuple[ReliabilityBin, ...]
    coverage: tuple[CoveragePoint, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain values for ``curves.json``."""
        return {
            "reliability": [_rounded(asdict(row)) for row in self.reliability],
            "coverage": [_rounded(asdict(row)) for row in self.coverage],
        }


def _rounded(row: dict[str, Any]) -> dict[str, Any]:
    return {
        key: [round(bound, 4) for bound in value] if isinstance(value, tuple) else round(value, 4)
        for key, value in row.items()
    }


def trace_curves(confidence: NDArray[np.floating[Any]], right: NDArray[np.bool_]) -> Curves:
    """Both curves from the confidence of items [shape=(n,)] and whether they are right [shape=(n,)]."""
    return Curves(reliability_curve(confidence, right), coverage_curve(confidence, right))


def reliability_curve(confidence: NDArray[np.floating[Any]], right: NDArray[np.bool_]) -> tuple[ReliabilityBin, ...]:
    """Share of right items against mean confidence, in the bins of the calibration error."""
    bins = confidence_bins(confidence)
    rows = []
    for i in np.unique(bins).tolist():
        inside = bins == i
        share, n = float(right[inside].mean()), int(inside.sum())
        rows.append(
            ReliabilityBin(
                low=i / N_CALIBRATION_BINS,
                high=(i + 1) / N_CALIBRATION_BINS,
                confidence=float(confidence[inside].mean()),
                accuracy=share,
                accuracy_ci95=wilson_interval(share, n),
                n=n,
            )
        )
    return tuple(rows)


def coverage_curve(confidence: NDArray[np.floating[Any]], right: NDArray[np.bool_]) -> tuple[CoveragePoint, ...]:
    """Share of right items among the most confident ones (El-Yaniv and Wiener 2010).

    A point for each confidence that occurs, or `MAX_COVERAGE_POINTS` of them evenly over
    the items.
    """
    order = np.argsort(-confidence, kind="stable")
    ordered = confidence[order]
    hits = np.cumsum(right[order])
    # Items of one confidence get a genre together.
    ends = np.append(np.flatnonzero(ordered[1:] != ordered[:-1]), len(ordered) - 1)
    if len(ends) > MAX_COVERAGE_POINTS:
        ends = ends[np.linspace(0, len(ends) - 1, MAX_COVERAGE_POINTS).round().astype(int)]
    rows = []
    for end in ends.tolist():
        n = end + 1
        share = float(hits[end] / n)
        rows.append(CoveragePoint(float(ordered[end]), n / len(ordered), share, wilson_interval(share, n), n))
    return tuple(rows)
