"""Timelines of live sessions that nobody has listened to, and the tables that they are saved to."""

from __future__ import annotations

from pathlib import Path

from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.model.live.live_classifier import LiveAnswer
from genre_desktop.model.live.live_timeline import LiveTimeline
from tests.gui.conftest import make_bundle


def make_answer(number: int, labels: tuple[str, ...]) -> LiveAnswer:
    """The answer of a half second, counted from 0: always jazz."""
    shares = dict.fromkeys(labels, 1 / len(labels))
    return LiveAnswer(0.5 * (number + 1), "jazz", 0.9, shares, "", "", "jazz", 0.9, -20.0, 0.0)


def collect_answers(window: MainWindow, n: int) -> None:
    """Let the session have a timeline of so many answers, of which nothing has been saved."""
    labels = make_bundle().labels
    timeline = LiveTimeline(labels)
    for number in range(n):
        timeline.add(make_answer(number, labels))
    window.live.session._timeline.timeline = timeline


def tables(folder: Path) -> list[Path]:
    """The tables among the recordings."""
    return sorted((folder / "recordings").glob("*.csv"))
