"""Confidence intervals: the bootstrap over artists, and Wilson's interval."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

N_BOOTSTRAP = 2000

Z_95 = 1.959964
"""Two-sided 95 % point of the normal distribution."""

MAX_CELLS = 4_000_000
"""Largest product of draws and groups held in memory at once; all would take gigabytes for a large library."""

Interval = tuple[float, float]


def bootstrap_sums(
    values: NDArray[np.floating[Any]], groups: Sequence[str] | None = None, seed: int = 0
) -> NDArray[np.float64]:
    """Sums over the items in each bootstrap draw of whole groups.

    A metric that is a function of sums (a share, a macro F1, a calibration error) gets its
    bootstrap distribution as that function of the drawn sums.

    Parameters
    ----------
    values : ndarray [shape=(n, n_columns)]
        What is summed, a row an item.
    groups : sequence of str, optional
        Whole groups are drawn: songs of one artist are right or wrong together, so drawing
        single songs would give too narrow an interval. Each item alone by default.
    seed : int

    Returns
    -------
    ndarray of float64 [shape=(N_BOOTSTRAP, n_columns)]
    """
    names = np.arange(len(values)) if groups is None else np.array(list(groups), dtype=object).astype(str)
    group = np.unique(names, return_inverse=True)[1]
    n_groups = int(group.max()) + 1
    totals = np.zeros((n_groups, values.shape[1]))
    np.add.at(totals, group, values)
    rng = np.random.default_rng(seed)
    at_once = max(1, MAX_CELLS // n_groups)
    sums = []
    for start in range(0, N_BOOTSTRAP, at_once):
        n = min(at_once, N_BOOTSTRAP - start)
        drawn = rng.integers(0, n_groups, (n, n_groups)) + n_groups * np.arange(n)[:, None]
        times = np.bincount(drawn.ravel(), minlength=n * n_groups).reshape(n, n_groups)
        sums.append(times.astype(np.float64) @ totals)
    return np.concatenate(sums)


def percentile_interval(draws: NDArray[np.float64]) -> Interval:
    """The middle 95 % of the draws."""
    low, high = np.percentile(draws, [2.5, 97.5])
    return float(low), float(high)


def wilson_interval(share: float, n: int) -> Interval:
    """Wilson's score interval (1927) of a share of `n` independent items; all of 0 to 1 where `n` is 0."""
    if n == 0:
        return 0.0, 1.0
    middle = (share + Z_95**2 / (2 * n)) / (1 + Z_95**2 / n)
    half = Z_95 / (1 + Z_95**2 / n) * np.sqrt(share * (1 - share) / n + Z_95**2 / (4 * n**2))
    return max(0.0, float(middle - half)), min(1.0, float(middle + half))


def widest(first: Interval, second: Interval) -> Interval:
    """The smallest interval that holds both."""
    return min(first[0], second[0]), max(first[1], second[1])


def bootstrap_interval(right: NDArray[np.bool_], groups: Sequence[str] | None = None, seed: int = 0) -> Interval:
    """95 % interval of the share of right answers.

    The percentile bootstrap over groups, widened to Wilson's interval where that is
    wider: the bootstrap of nine right answers of nine would have no width.

    Parameters
    ----------
    right : ndarray of bool [shape=(n,)]
    groups : sequence of str, optional
        As in `bootstrap_sums`.
    seed : int

    Returns
    -------
    low, high : float
    """
    hits, sizes = bootstrap_sums(np.stack([right, np.ones(len(right))], axis=1), groups, seed).T
    return widest(percentile_interval(hits / sizes), wilson_interval(float(right.mean()), len(right)))
