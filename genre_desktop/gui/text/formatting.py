"""Figures in words: what the window says of confidence, accuracy, time and counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from genre_desktop.core.i18n import numeral, tr
from genre_desktop.gui.text.display import displayable
from genre_desktop.model import genre_names as model_names
from genre_desktop.model.aggregate import MIXED_MARGIN
from genre_desktop.model.prediction import NOT_MUSIC, UNSURE, Prediction

if TYPE_CHECKING:
    from genre_desktop.core.storage import Kind
    from genre_desktop.library.result import Summary
    from genre_desktop.model.bundles.accuracy import HonestAccuracy, Measured


SLOWEST_RATE = 0.05 / 60
"""In files a second: a slower one would read as none."""


def genre_name(genre: str) -> str:
    """A genre within a sentence; that of somebody's own model may hold anything."""
    return displayable(model_names.genre_name(genre))


def genre_title(genre: str) -> str:
    """A genre as a heading."""
    if genre == UNSURE:
        return tr("Unsure")
    if genre == NOT_MUSIC:
        return tr("Not music")
    name = genre_name(genre)
    return name[:1].upper() + name[1:]


def verdict_title(answer: Summary) -> str:
    """The answer as a heading: "Jazz", "Disco / Pop" where two genres are close, "Unsure", or a genre by hand."""
    title = genre_title(answer.by_hand or answer.genre or "")
    second = mixed_with(answer)
    return title if second is None else tr("{first} / {second}", first=title, second=genre_title(second))


def outlived(code: str, reason: str) -> str:
    """Why an answer is an earlier one."""
    return tr("Classifying it again failed, so this is the earlier answer. {code}: {reason}", code=code, reason=reason)


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


def confidence_line(answer: Summary) -> str:
    """The line below the genre."""
    if answer.by_hand is not None:
        return _by_hand_line(answer)
    if answer.confidence is None:
        return tr("Nothing to judge")
    if answer.genre is None or answer.genre in (UNSURE, NOT_MUSIC):
        return _closest(answer)
    figure = percent(answer.confidence)
    second = mixed_with(answer)
    if second is not None:
        line = tr(
            "a mix: {first} {figure}, {second} {second_figure}",
            first=genre_name(answer.genre),
            figure=figure,
            second=genre_name(second),
            second_figure=percent(answer.second_confidence or 0.0),
        )
    else:
        line = tr("{words}, {figure}", words=confidence_words(answer.confidence), figure=figure)
    return line[:1].upper() + line[1:]


def _by_hand_line(answer: Summary) -> str:
    """That a person said so, and what the model says."""
    if answer.genre is None:
        return tr("Set by hand")
    if answer.genre == NOT_MUSIC:
        return tr("Set by hand; the model hears no music")
    if answer.genre == UNSURE or answer.confidence is None:
        return tr("Set by hand; the model is unsure")
    return tr(
        "Set by hand; the model says {genre}, {figure}",
        genre=genre_name(answer.genre),
        figure=percent(answer.confidence),
    )


def _closest(answer: Summary) -> str:
    """What came closest where no genre is named; of what is no music, a figure would only mislead."""
    if answer.best is None or answer.confidence is None:
        return ""
    if answer.genre == NOT_MUSIC:
        return tr("If it is music, then {genre}", genre=genre_name(answer.best))
    first, figure = genre_title(answer.best), percent(answer.confidence)
    if answer.second is None or answer.second_confidence is None:
        return tr("Closest: {genre} {figure}", genre=first, figure=figure)
    return tr(
        "Closest: {first} {figure}, {second} {second_figure}",
        first=first,
        figure=figure,
        second=genre_name(answer.second),
        second_figure=percent(answer.second_confidence),
    )


def mixed_with(answer: Summary) -> str | None:
    """The second genre, where the first does not lead it clearly; None too where none is named."""
    if answer.by_hand is not None or answer.genre in (None, UNSURE, NOT_MUSIC):
        return None
    if answer.confidence is None or answer.second_confidence is None:
        return None
    return answer.second if answer.confidence - answer.second_confidence < MIXED_MARGIN else None


def tags_line(prediction: Prediction) -> str:
    """What is heard beside the genre; empty where nothing is, and for what is no music."""
    if prediction.genre == NOT_MUSIC:
        return ""
    # Lines break between tags.
    return ", ".join(displayable(model_names.tag_name(tag)).replace(" ", "\u00a0") for tag in prediction.tags)


def accuracy_line(accuracy: HonestAccuracy) -> str:
    """What to expect of a model, honestly."""
    figures = {
        "figure": percent(accuracy.accuracy),
        "low": numeral(100 * accuracy.low, ".0f"),
        "high": numeral(100 * accuracy.high, ".0f"),
        "measured_on": accuracy.measured_on(),
    }
    if accuracy.leaking:
        return tr("Right on {figure} of {measured_on}: expect less on your music.", **figures)
    return tr("Right on {figure} of {measured_on} (95\u00a0% interval {low}–{high}\u00a0%).", **figures)


def coverage_line(coverage: Measured, accuracy_covered: Measured) -> str:
    """How often a model names a genre, and how often it is right then."""
    return tr(
        "It names a genre for {named} of the tracks and is unsure of the others; where it names one, it is right "
        "on {right}.",
        named=share_and_interval(coverage),
        right=share_and_interval(accuracy_covered),
    )


def trust_line(ece: Measured) -> str:
    """How far a model's confidence can be trusted: its expected calibration error."""
    return tr("Its confidence is off by {off} points on average.", off=points_and_interval(ece))


def chance_line(ece_if_perfect: float) -> str:
    """What a calibration error is to be compared with."""
    return tr("With so few tracks, {chance} points off would be chance alone.", chance=_points(ece_if_perfect))


def measured_line(accuracy: HonestAccuracy) -> str:
    """On what a model's figures were measured."""
    if accuracy.leaking:
        return tr("Measured on {measured_on}: expect less on your music.", measured_on=accuracy.measured_on())
    return tr("Measured on {measured_on}.", measured_on=accuracy.measured_on())


def share_and_interval(figure: Measured) -> str:
    """``82 % (75–89)``: a share with its interval, where there is one."""
    share = percent(figure.value)
    if figure.low is None or figure.high is None:
        return share
    return tr("{share} ({low:.0f}–{high:.0f})", share=share, low=100 * figure.low, high=100 * figure.high)


def points_and_interval(figure: Measured) -> str:
    """``3.7 (0–6.3)``: percentage points with their interval, where there is one."""
    points = _points(figure.value)
    if figure.low is None or figure.high is None:
        return points
    return tr("{points} ({low}–{high})", points=points, low=_points(figure.low), high=_points(figure.high))


def _points(share: float) -> str:
    points = round(100 * share, 1)
    return numeral(points, ".0f" if points == round(points) else ".1f")


_CODEC_NAMES = {
    "mp3": "MP3",
    "mp2": "MP2",
    "aac": "AAC",
    "alac": "ALAC",
    "flac": "FLAC",
    "vorbis": "Vorbis",
    "opus": "Opus",
    "wmav1": "WMA",
    "wmav2": "WMA",
    "pcm_s8": "8 bit",
    "pcm_u8": "8 bit",
    "pcm_16": "16 bit",
    "pcm_24": "24 bit",
    "pcm_32": "32 bit",
    "float": "32 bit float",
    "double": "64 bit float",
}


def codec_name(codec: str) -> str:
    """What people call a codec that a library calls ``mp3float`` or ``PCM_16``."""
    name = codec.lower().removesuffix("_fixed")
    return _CODEC_NAMES.get(name) or _CODEC_NAMES.get(name.removesuffix("float")) or codec


def sound_details(codec: str, sample_rate: int, channels: int) -> str:
    """What kind of sound a file holds."""
    layout = {1: tr("mono"), 2: tr("stereo")}.get(channels) or tr("{n} channels", n=channels)
    return " · ".join((codec_name(codec), tr("{rate} kHz", rate=numeral(sample_rate / 1000, "g")), layout))


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
    return tr("about {n} h left", n=numeral(seconds / 3600, ".1f"))


def about(seconds: float) -> str:
    """How long something will take, as roughly as it is known."""
    if seconds < 90:
        return tr("about {n} s", n=max(10, 10 * round(seconds / 10)))
    if seconds < 5400:
        return tr("about {n} min", n=round(seconds / 60))
    return tr("about {n} h", n=numeral(seconds / 3600, ".1f"))


def folder_name(kind: Kind) -> str:
    """What one of the program's folders is for."""
    return {
        "data": tr("Results and genres set by hand"),
        "models": tr("Your own models"),
        "config": tr("Settings"),
        "cache": tr("Cache"),
        "log": tr("Log"),
        "recordings": tr("Recordings"),
    }[kind]


def count_files(n: int) -> str:
    """``1 file``, ``1,200 files``."""
    return tr("1 file") if n == 1 else tr("{n} files", n=numeral(n, ","))


def count_tracks(n: int) -> str:
    """``1 track``, ``1,200 tracks``."""
    return tr("1 track") if n == 1 else tr("{n} tracks", n=numeral(n, ","))


def rate(files_per_s: float) -> str:
    """How fast a job goes, in files: ``32 files/s``, ``1.4 files/s``, ``20 files/min``."""
    if files_per_s >= 9.95:
        return tr("{n} files/s", n=numeral(files_per_s, ",.0f"))
    if files_per_s >= 0.95:
        return tr("{n} files/s", n=numeral(files_per_s, ".1f"))
    return tr(
        "{n} files/min", n=numeral(60 * files_per_s, ".0f") if files_per_s >= 0.05 else numeral(60 * files_per_s, ".1f")
    )


def hours(seconds: float) -> str:
    """How long much music is: ``12 min``, ``7.5 h``, ``1,204 h``."""
    if seconds < 3600:
        return tr("{n} min", n=numeral(seconds / 60, ".0f"))
    return tr("{n} h", n=numeral(seconds / 3600, ",.0f") if seconds >= 36_000 else numeral(seconds / 3600, ".1f"))
