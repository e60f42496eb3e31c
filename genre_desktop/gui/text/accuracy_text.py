"""The measured accuracy and calibration of a model as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from genre_desktop.core.i18n import numeral, tr
from genre_desktop.gui.text.formatting import percent

if TYPE_CHECKING:
    from genre_desktop.model.bundles.accuracy import Measured, MeasuredAccuracy


def accuracy_line(accuracy: MeasuredAccuracy) -> str:
    """How often a model is right, on which data."""
    figures = {
        "figure": percent(accuracy.accuracy),
        "low": numeral(100 * accuracy.low, ".0f"),
        "high": numeral(100 * accuracy.high, ".0f"),
        "measured_on": accuracy.measured_on(),
    }
    if accuracy.leaking:
        return tr("Right on {figure} of {measured_on}: expect less on your music.", **figures)
    text = tr("Right on {figure} of {measured_on} (95\u00a0% interval {low}–{high}\u00a0%).", **figures)
    return f"{text} {accuracy.caveat()}".rstrip()


def coverage_line(coverage: Measured, accuracy_covered: Measured) -> str:
    """How often a model names a genre, and how often a named genre is right."""
    return tr(
        "It names a genre for {named} of the tracks and is unsure of the others; where it names one, it is right "
        "on {right}.",
        named=share_and_interval(coverage),
        right=share_and_interval(accuracy_covered),
    )


def calibration_line(ece: Measured) -> str:
    """The expected calibration error of a model as a sentence."""
    return tr("Its confidence is off by {off} points on average.", off=points_and_interval(ece))


def calibration_chance_line(ece_if_perfect: float) -> str:
    """The calibration error that a perfectly calibrated model would show with as few tracks."""
    return tr("With so few tracks, {chance} points off would be chance alone.", chance=_points(ece_if_perfect))


def measured_on_line(accuracy: MeasuredAccuracy) -> str:
    """The data that a model was measured on."""
    if accuracy.leaking:
        return tr("Measured on {measured_on}: expect less on your music.", measured_on=accuracy.measured_on())
    text = tr("Measured on {measured_on}.", measured_on=accuracy.measured_on())
    return f"{text} {accuracy.caveat()}".rstrip()


def share_and_interval(figure: Measured) -> str:
    """``82 % (75–89)``: a share with its interval, if it has one."""
    share = percent(figure.value)
    if figure.low is None or figure.high is None:
        return share
    return tr("{share} ({low:.0f}–{high:.0f})", share=share, low=100 * figure.low, high=100 * figure.high)


def points_and_interval(figure: Measured) -> str:
    """``3.7 (0–6.3)``: percentage points with their interval, if they have one."""
    points = _points(figure.value)
    if figure.low is None or figure.high is None:
        return points
    return tr("{points} ({low}–{high})", points=points, low=_points(figure.low), high=_points(figure.high))


def _points(share: float) -> str:
    points = round(100 * share, 1)
    return numeral(points, ".0f" if points == round(points) else ".1f")
