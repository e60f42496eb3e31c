"""The texts of live mode: instructions, state of the session, last answer, performance."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from genre_desktop.core.i18n import numeral, tr
from genre_desktop.gui.live.live_session import LiveSession, LiveState
from genre_desktop.gui.live.performance_meter import LivePerformance
from genre_desktop.gui.prediction.live_answer_text import LiveAnswerText
from genre_desktop.gui.text import formatting, prediction_text
from genre_desktop.gui.text.display import error_message
from genre_desktop.model.prediction import NOT_MUSIC, UNSURE

if TYPE_CHECKING:
    from genre_desktop.model.live.live_classifier import LiveAnswer


def invitation_text(session: LiveSession) -> str:
    """The text in the middle of the view while there is no picture: what to do, or why nothing can be done."""
    if session.error is not None:
        return error_message(session.error)
    if session.state is LiveState.OPENING:
        return tr("Opening the input …")
    if session.is_looking:
        return tr("Looking for inputs …")
    return tr(
        "Choose an input and press Start: every half second you see which genre plays.\n\n"
        "A microphone hears what plays in the room; a line input or a loop-back device (“Monitor of …”, "
        "“Stereo Mix”) hears what this computer plays. Without any, let it listen to a file: "
        "the menu of the input has that too."
    )


def state_text(session: LiveSession, *, is_file: bool) -> tuple[str, bool]:
    """The state of a session in a sentence, and whether it is a problem.

    Parameters
    ----------
    session : LiveSession
    is_file : bool
        A file is listened to in place of an input, and may well be silent.
    """
    if session.error is not None:
        return error_message(session.error), True
    if session.state is LiveState.ENDED:
        return tr("The file is at its end."), False
    if session.state is LiveState.OPENING:
        return tr("Opening the input …"), False
    if session.state is LiveState.IDLE:
        return "", False
    if session.is_digital_silence and not is_file:
        text = tr("Only digital silence comes from this input: is it muted?")
        if sys.platform == "darwin":
            text = tr("{told} Or allow the microphone in System Settings > Privacy & Security.", told=text)
        return text, True
    if not session.has_model:
        return tr("Listening; waiting for the model …"), False
    text = tr("Listening.")
    if session.answer is not None and session.answer.genre == NOT_MUSIC:
        text = tr("Listening: no music.")
    return (tr("{told} Recording.", told=text) if session.recording is not None else text), False


def performance_text(performance: LivePerformance) -> str:
    """Latency and load in a line; nothing before the first answer."""
    latency_s, worst_s, factor = performance.latency_s, performance.worst_latency_s, performance.real_time_factor
    if latency_s is None or worst_s is None or factor is None:
        return ""
    text = tr(
        "Latency {latency} s (at most {worst} s)    Load {load}",
        latency=numeral(latency_s, ".2f"),
        worst=numeral(worst_s, ".2f"),
        load=formatting.percent(factor),
    )
    if performance.n_overflows:
        return tr("{told}    Sound lost {n} times", told=text, n=performance.n_overflows)
    return text


def answer_text(session: LiveSession, input_name: str) -> LiveAnswerText:
    """The last answer of a session as the prediction panel shows it.

    Parameters
    ----------
    session : LiveSession
    input_name : str
        Of the input that was opened last.
    """
    answer = session.answer
    if answer is not None:
        return _text_of_answer(answer, input_name)
    if not session.is_listening:
        name = input_name if session.state is not LiveState.IDLE else ""
        return LiveAnswerText(name, tr("Not listening"), tr("The genre of what plays will stand here."))
    if not session.has_model:
        return LiveAnswerText(input_name, tr("Listening …"), tr("Waiting for the model."))
    return LiveAnswerText(input_name, tr("Listening …"), tr("The first answer takes some seconds of sound."))


def _text_of_answer(answer: LiveAnswer, name: str) -> LiveAnswerText:
    shares = answer.probabilities
    if answer.genre == NOT_MUSIC:
        return LiveAnswerText(name, tr("No music"), answer.sentence, None, shares, is_faint=True)
    confidence = answer.confidence or 0.0
    reasons: tuple[str, ...] = ()
    if answer.patch_genre is not None and answer.patch_confidence is not None:
        last_patch = tr(
            "The last seconds alone: {genre}, {figure}.",
            genre=prediction_text.genre_name(answer.patch_genre),
            figure=formatting.percent(answer.patch_confidence),
        )
        reasons = (last_patch,)
    percentage = formatting.percent(confidence)
    if answer.genre == UNSURE:
        best = max(shares, key=lambda genre: shares[genre]) if shares else ""
        line = tr("Closest: {genre} {figure}", genre=prediction_text.genre_title(best), figure=percentage)
        return LiveAnswerText(
            name, prediction_text.genre_title(UNSURE), line, UNSURE, shares, reasons=reasons, styles=answer.styles
        )
    line = tr("{words}, {figure}", words=prediction_text.confidence_words(confidence), figure=percentage)
    title = prediction_text.genre_title(answer.genre)
    line = line[:1].upper() + line[1:]
    return LiveAnswerText(name, title, line, answer.genre, shares, reasons=reasons, styles=answer.styles)
