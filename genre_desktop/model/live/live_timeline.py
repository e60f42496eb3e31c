"""Timeline of a live session: equal answers in a row are one span, so that memory grows with the changes only."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO

import numpy as np

from genre_desktop.core.untrusted.spreadsheet import safe_cell
from genre_desktop.model.live.live_classifier import STEP_S, LiveAnswer

_COLUMNS = ("start_s", "end_s", "genre", "confidence")

CSV_HEAD = ",".join(_COLUMNS) + ","
"""What every table that this module writes begins with."""


@dataclass(frozen=True)
class LiveSpan:
    """A span of time with one answer.

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


class _SegmentBuilder:
    """A span to which further answers are added; its means are over the scored ones."""

    def __init__(self, start_s: float, genre: str, n_labels: int) -> None:
        self.start_s = self.end_s = start_s
        self.genre = genre
        self._sum = np.zeros(n_labels)
        self._confidence = 0.0
        self._n_scored = 0

    def add(self, end_s: float, shares: tuple[float, ...] | None) -> None:
        self.end_s = end_s
        if shares is not None:
            self._sum += shares
            self._confidence += max(shares)
            self._n_scored += 1

    def span(self) -> LiveSpan:
        n = self._n_scored
        if not n:
            return LiveSpan(self.start_s, self.end_s, self.genre, None, None)
        return LiveSpan(
            self.start_s, self.end_s, self.genre, self._confidence / n, tuple(float(share) for share in self._sum / n)
        )


class LiveTimeline:
    """The answers of a session as spans.

    Parameters
    ----------
    labels : tuple of str
        Genres of the model.
    """

    def __init__(self, labels: tuple[str, ...]) -> None:
        self.labels = labels
        self._segments: list[_SegmentBuilder] = []
        self._n_answers = 0

    def __len__(self) -> int:
        return self._n_answers

    @property
    def end_s(self) -> float:
        """Time of the last answer."""
        return self._segments[-1].end_s if self._segments else 0.0

    def add(self, answer: LiveAnswer) -> None:
        """Append an answer; it stands for the `STEP_S` before its time."""
        start_s = answer.time_s - STEP_S
        last = self._segments[-1] if self._segments else None
        # A span ends too where time is missing: the device may have been unplugged in between.
        if last is None or last.genre != answer.genre or abs(start_s - last.end_s) > STEP_S / 2:
            last = _SegmentBuilder(start_s, answer.genre, len(self.labels))
            self._segments.append(last)
        shares = answer.probabilities
        last.add(answer.time_s, None if shares is None else tuple(shares[label] for label in self.labels))
        self._n_answers += 1

    def spans(self, start_s: float = 0.0) -> Iterator[LiveSpan]:
        """The spans that end after `start_s`."""
        return (segment.span() for segment in self._segments if segment.end_s > start_s)

    def write_csv(self, file: TextIO) -> None:
        """Write the spans as a table with a header."""
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow((*_COLUMNS, *map(safe_cell, self.labels)))
        for span in self.spans():
            shares = [""] * len(self.labels) if span.probabilities is None else map("{:.4f}".format, span.probabilities)
            confidence = "" if span.confidence is None else f"{span.confidence:.4f}"
            writer.writerow((f"{span.start_s:.1f}", f"{span.end_s:.1f}", safe_cell(span.genre), confidence, *shares))

    def to_csv(self) -> str:
        """The table as text."""
        text = io.StringIO()
        self.write_csv(text)
        return text.getvalue()
