"""What was heard in a live session, half second by half second, in little memory."""

from __future__ import annotations

import csv
import io
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TextIO

import numpy as np

from genre_desktop.model.live import STEP_S, LiveAnswer
from genre_desktop.model.prediction import NOT_MUSIC, UNSURE


@dataclass(frozen=True)
class LiveSpan:
    """A stretch with one answer.

    Attributes
    ----------
    start_s, end_s : float
    genre : str
        A genre, ``"unsure"`` or ``"not music"``.
    confidence : float or None
        Mean; None where nothing was scored.
    probabilities : tuple of float, or None
        Means, in the order of the labels.
    """

    start_s: float
    end_s: float
    genre: str
    confidence: float | None
    probabilities: tuple[float, ...] | None


class LiveTimeline:
    """Grows by one entry a half second: 46 bytes with ten genres, 330 kB an hour.

    Parameters
    ----------
    labels : tuple of str
        Of the model.
    """

    def __init__(self, labels: tuple[str, ...]) -> None:
        self.labels = labels
        self._verdicts = (*labels, UNSURE, NOT_MUSIC)
        self._times = array("f")
        self._genres = array("H")
        self._shares = array("f")

    def __len__(self) -> int:
        return len(self._times)

    @property
    def end_s(self) -> float:
        """Time of the last entry."""
        return self._times[-1] if self._times else 0.0

    def add(self, answer: LiveAnswer) -> None:
        """Append an answer; it stands for the `STEP_S` before its time."""
        shares = answer.probabilities
        self._times.append(answer.time_s)
        self._genres.append(self._verdicts.index(answer.genre))
        self._shares.extend(
            [float("nan")] * len(self.labels) if shares is None else [shares[label] for label in self.labels]
        )

    def spans(self, start_s: float = 0.0) -> Iterator[LiveSpan]:
        """Neighbours with one answer joined, from about `start_s` on."""
        n = len(self.labels)
        first = int(np.searchsorted(np.frombuffer(self._times, np.float32), start_s)) if self._times else 0
        # Runs end where time is missing, too: a model may have been changed in between.
        rows = range(first, len(self._times))
        for (verdict, _), group in groupby(
            rows, lambda row: (self._genres[row], round(self._times[row] / STEP_S) - row)
        ):
            run = list(group)
            shares = np.array(self._shares[run[0] * n : (run[-1] + 1) * n], np.float32).reshape(-1, n)
            scored = shares[~np.isnan(shares[:, 0])]
            mean = scored.mean(axis=0, dtype=np.float64) if len(scored) else None
            yield LiveSpan(
                start_s=self._times[run[0]] - STEP_S,
                end_s=self._times[run[-1]],
                genre=self._verdicts[verdict],
                confidence=None if mean is None else float(scored.max(axis=1).mean(dtype=np.float64)),
                probabilities=None if mean is None else tuple(float(share) for share in mean),
            )

    def write_csv(self, file: TextIO) -> None:
        """Write the spans as a table with a header."""
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("start_s", "end_s", "genre", "confidence", *self.labels))
        for span in self.spans():
            shares = [""] * len(self.labels) if span.probabilities is None else map("{:.4f}".format, span.probabilities)
            confidence = "" if span.confidence is None else f"{span.confidence:.4f}"
            writer.writerow((f"{span.start_s:.1f}", f"{span.end_s:.1f}", span.genre, confidence, *shares))

    def to_csv(self) -> str:
        """The table as text."""
        text = io.StringIO()
        self.write_csv(text)
        return text.getvalue()
