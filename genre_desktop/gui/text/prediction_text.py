"""Predictions as text: genre, confidence, styles and tags."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from genre_desktop.core.i18n import tr
from genre_desktop.gui.text.display import displayable
from genre_desktop.gui.text.formatting import percent
from genre_desktop.model import genre_names
from genre_desktop.model.aggregate import MIXED_MARGIN
from genre_desktop.model.prediction import NOT_MUSIC, UNSURE, Prediction

if TYPE_CHECKING:
    from genre_desktop.library.result import Summary


def genre_name(genre: str) -> str:
    """A genre within a sentence, displayable: a model of another person may name genres anything."""
    return displayable(genre_names.genre_name(genre))


def genre_title(genre: str) -> str:
    """A genre as a heading."""
    if genre == UNSURE:
        return tr("Unsure")
    if genre == NOT_MUSIC:
        return tr("Not music")
    name = genre_name(genre)
    return name[:1].upper() + name[1:]


def verdict_title(answer: Summary) -> str:
    """An answer as a heading: "Jazz", "Disco / Pop" for two close genres, "Unsure", or a genre set by hand."""
    title = genre_title(answer.by_hand or answer.genre or "")
    second = mixed_with(answer)
    return title if second is None else tr("{first} / {second}", first=title, second=genre_title(second))


def answer_text(answer: Summary) -> str:
    """An answer as a sentence: heading and confidence."""
    return ", ".join(filter(None, (verdict_title(answer), confidence_line(answer))))


def confidence_words(confidence: float) -> str:
    """A calibrated confidence 0..1 in words that match the rounded figure."""
    confidence = round(confidence, 2)
    if confidence >= 0.9:
        return tr("very sure")
    if confidence >= 0.7:
        return tr("fairly sure")
    if confidence >= 0.5:
        return tr("more likely than not")
    return tr("a guess")


def confidence_line(answer: Summary) -> str:
    """The line below the heading: how sure the model is, or that the genre was set by hand."""
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
    """The line for a genre set by hand, with the answer of the model."""
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
    """The most probable genres of an answer without a genre; no figure for "not music", where it would mislead."""
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
    """The second genre if it is close to the first; None otherwise, and for an answer without a genre."""
    if answer.by_hand is not None or answer.genre in (None, UNSURE, NOT_MUSIC):
        return None
    if answer.confidence is None or answer.second_confidence is None:
        return None
    return answer.second if answer.confidence - answer.second_confidence < MIXED_MARGIN else None


def style_title(style: str) -> str:
    """A style as a heading, displayable."""
    name = displayable(genre_names.style_name(style))
    return name[:1].upper() + name[1:]


def styles_text(styles: Iterable[str]) -> str:
    """Styles within a sentence, displayable: "techno, drum and bass"; lines break between styles."""
    return ", ".join(displayable(genre_names.style_name(style)).replace(" ", "\u00a0") for style in styles)


def styles_line(styles: Iterable[str]) -> str:
    """What a track sounds like, as a line of its own; empty without styles."""
    text = styles_text(styles)
    return tr("Sounds like: {styles}", styles=text) if text else ""


def tags_line(prediction: Prediction) -> str:
    """The tags that were heard beside the genre; empty without tags and for "not music"."""
    if prediction.genre == NOT_MUSIC:
        return ""
    # Lines break between tags.
    return ", ".join(displayable(genre_names.tag_name(tag)).replace(" ", "\u00a0") for tag in prediction.tags)


def earlier_answer_line(code: str, reason: str) -> str:
    """Sentence that a new attempt failed and the earlier answer is shown."""
    return tr("Classifying it again failed, so this is the earlier answer. {code}: {reason}", code=code, reason=reason)
