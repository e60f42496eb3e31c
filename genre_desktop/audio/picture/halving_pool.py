"""Pooling of a stream into a bounded number of bins, whose length doubles when they run out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


class HalvingPool:
    """Pools a stream of items into at most `max_bins` bins of equal length.

    Each bin holds ``ufunc.reduce`` over `bin_items` items. When there would be more than `max_bins`, neighbours are
    joined and `bin_items` doubles: memory is bounded for a stream of any length, and the bins are exact for a `ufunc`
    such as minimum, maximum or sum.

    Parameters
    ----------
    ufunc : numpy.ufunc
        Associative and commutative, of two inputs.
    max_bins : int
        2 or above.
    bin_items : int
        Items in a bin at the beginning.

    Attributes
    ----------
    bin_items : int
        Items in a bin now.
    partial_items : int
        Items in the last, unfinished bin; 0 when there is none.
    """

    def __init__(self, ufunc: np.ufunc, max_bins: int, bin_items: int = 1) -> None:
        if max_bins < 2 or bin_items < 1:
            raise ValueError(f"max_bins >= 2 and bin_items >= 1 must hold. Received: {max_bins}, {bin_items}")
        self._ufunc = ufunc
        self._max_bins = max_bins
        self.bin_items = bin_items
        self._full: NDArray[np.generic] | None = None  # with room for more behind the first `_n_full`
        self._n_full = 0
        self._partial: NDArray[np.generic] | None = None
        self.partial_items = 0

    def push(self, items: NDArray[np.generic]) -> None:
        """Add the next items [shape=(n, ...)]."""
        if self._full is None:
            self._full = items[:0].copy()
        if self.partial_items:
            head = items[: self.bin_items - self.partial_items]
            self._add_partial(head)
            items = items[len(head) :]
        whole = len(items) // self.bin_items
        groups = items[: whole * self.bin_items].reshape(whole, self.bin_items, *items.shape[1:])
        self._add_full(self._ufunc.reduce(groups, axis=1) if self.bin_items > 1 else groups[:, 0])
        self._add_partial(items[whole * self.bin_items :])
        while self._n_full + bool(self.partial_items) > self._max_bins:
            self._halve()

    def bins(self) -> NDArray[np.generic]:
        """All bins so far [shape=(n_bins, ...)], the unfinished one last."""
        if self._full is None:
            return np.empty(0, dtype=np.float32)
        full = self._full[: self._n_full]
        if self._partial is None:
            return full.copy()
        return np.concatenate((full, self._partial[np.newaxis]))

    def _add_full(self, bins: NDArray[np.generic]) -> None:
        assert self._full is not None
        needed = self._n_full + len(bins)
        if needed > len(self._full):  # doubled, so that a long stream is not copied with each push
            grown = np.empty((max(needed, 2 * len(self._full)), *self._full.shape[1:]), dtype=bins.dtype)
            grown[: self._n_full] = self._full[: self._n_full]
            self._full = grown
        self._full[self._n_full : needed] = bins
        self._n_full = needed

    def _add_partial(self, items: NDArray[np.generic]) -> None:
        if not len(items):
            return
        reduced = self._ufunc.reduce(items, axis=0)
        self._partial = reduced if self._partial is None else self._ufunc(self._partial, reduced)
        self.partial_items += len(items)
        if self.partial_items == self.bin_items:
            assert self._partial is not None
            self._add_full(np.asarray(self._partial)[np.newaxis])
            self._partial, self.partial_items = None, 0

    def _halve(self) -> None:
        assert self._full is not None
        pairs = self._n_full // 2
        if self._n_full % 2:
            last = self._full[self._n_full - 1]
            self._partial = last.copy() if self._partial is None else self._ufunc(last, self._partial)
            self.partial_items += self.bin_items
        joined = self._full[: 2 * pairs].reshape(pairs, 2, *self._full.shape[1:])
        self._full[:pairs] = self._ufunc.reduce(joined, axis=1)
        self._n_full = pairs
        self.bin_items *= 2
