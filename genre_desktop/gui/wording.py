"""Figures in words: what the window says of confidence, accuracy, time and counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from genre_desktop.i18n import tr
from genre_desktop.model.prediction import NOT_MUSIC, UNSURE, Prediction

if TYPE_CHECKING:
    from genre_desktop.model.bundle import HonestAccuracy


def genre_title(genre: str) -> str:
    """A genre as a heading."""
    if genre == UNSURE:
        return tr("Unsure")
    if genre == NOT_MUSIC:
        return tr("Not music")
    return {"hiphop": "Hip-hop"}.get(genre, genre[:1].upper() + genre[1:])


def percent(share: float) -> str:
    """A share in whole per cent, on one line; never 0 or 100 for what is neither."""
    if 0 < share < 0.005:
        return tr("<1\u00a0%")
    if 0.995 <= share < 1:
        return tr(">99\u00a0%")
    return tr("{figure:.0f}\u00a0%", figure=100 * share)


def confidence_words(confidence: float) -> str:
    """A calibrated confidence in words, which go with the rounded figure."""
    confidence = round(confidence, 2)
    if confidence >= 0.9:
        return tr("very sure")
    if confidence >= 0.7:
        return tr("fairly sure")
    if confidence >= 0.5:
        return tr("more likely than not")
    return tr("a guess")


def confidence_line(prediction: Prediction) -> str:
    """The line below the genre."""
    if prediction.confidence is None:
        return tr("Nothing to judge")
    figure = percent(prediction.confidence)
    if prediction.genre in (UNSURE, NOT_MUSIC):
        closest = most_probable(prediction)
        if closest is None:
            return ""
        return tr("Closest: {genre}, {figure}", genre=genre_title(closest), figure=figure)
    line = tr("{words}, {figure}", words=confidence_words(prediction.confidence), figure=figure)
    return line[:1].upper() + line[1:]


def most_probable(prediction: Prediction) -> str | None:
    """The genre with the highest probability, whatever the gate says."""
    probabilities = prediction.probabilities
    return max(probabilities, key=probabilities.__getitem__) if probabilities else None


def accuracy_line(accuracy: HonestAccuracy) -> str:
    """What to expect of a model, honestly."""
    figures = {
        "figure": percent(accuracy.accuracy),
        "n_tracks": accuracy.n_tracks,
        "low": f"{100 * accuracy.low:.0f}",
        "high": f"{100 * accuracy.high:.0f}",
    }
    if accuracy.leaking:
        return tr(
            "{figure} of {n_tracks} test samples, but parts of the same tracks were trained on: "
            "expect less on your music.",
            **figures,
        )
    return tr("Right on {figure} of {n_tracks} unheard tracks (95\u00a0% interval {low}–{high}\u00a0%).", **figures)


def protocol_line(accuracy: HonestAccuracy) -> str:
    """How the figure was measured."""
    how = {
        "lists": tr("Measured on a list of tracks kept apart from training."),
        "artist": tr("Measured on artists that were not trained on."),
        "track": tr("Measured on tracks that were not trained on; their artists may have been."),
        "patch": tr("Measured on a random share of all patches."),
    }.get(accuracy.protocol, "")
    return tr("{how} Protocol: {name}.", how=how, name=accuracy.protocol).strip()


def sound_details(codec: str, sample_rate: int, channels: int) -> str:
    """What kind of sound a file holds."""
    layout = {1: tr("mono"), 2: tr("stereo")}.get(channels) or tr("{n} channels", n=channels)
    return " · ".join((codec, tr("{rate} kHz", rate=f"{sample_rate / 1000:g}"), layout))


def clock(seconds: float) -> str:
    """A time in a track: ``3:07``, ``1:02:07``."""
    whole = max(0, int(seconds + 0.5))
    hours, rest = divmod(whole, 3600)
    minutes, seconds_left = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{seconds_left:02d}" if hours else f"{minutes}:{seconds_left:02d}"


def remaining(seconds: float) -> str:
    """How long a job may still take, as roughly as it is known."""
    if seconds < 10:
        return tr("a few seconds left")
    if seconds < 90:
        return tr("about {n} s left", n=10 * round(seconds / 10))
    if seconds < 5400:
        return tr("about {n} min left", n=round(seconds / 60))
    return tr("about {n} h left", n=f"{seconds / 3600:.1f}")


def count_files(n: int) -> str:
    """``1 file``, ``1,200 files``."""
    return tr("1 file") if n == 1 else tr("{n} files", n=f"{n:,}")
