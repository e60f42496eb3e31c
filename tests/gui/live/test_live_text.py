from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import pytest

from genre_desktop.core.errors import SoundDeviceLostError
from genre_desktop.gui.live import live_text
from genre_desktop.gui.live.live_session import LiveSession, LiveState
from genre_desktop.gui.live.performance_meter import LivePerformance
from genre_desktop.gui.prediction.prediction_panel import LiveAnswerText
from genre_desktop.model.prediction import NOT_MUSIC, UNSURE
from tests.gui.conftest import GENRES
from tests.gui.support.live_answers import make_answer


class FakeSession:
    """What the sentences depend on."""

    def __init__(self, state: LiveState = LiveState.IDLE, **values: Any) -> None:
        self.state = state
        self.error = self.answer = self.recording = None
        self.is_looking = self.is_digital_silence = False
        self.has_model = True
        vars(self).update(values)

    @property
    def is_listening(self) -> bool:
        return self.state in (LiveState.OPENING, LiveState.LISTENING)


def make_session(*args: Any, **values: Any) -> LiveSession:
    return cast(LiveSession, FakeSession(*args, **values))


ANSWER = make_answer(9, GENRES)
LOST = SoundDeviceLostError(device="Microphone")


def test_the_invitation_says_what_to_do_or_what_is_wrong() -> None:
    assert "press Start" in live_text.invitation_text(make_session())
    assert live_text.invitation_text(make_session(is_looking=True)) == "Looking for inputs …"
    assert live_text.invitation_text(make_session(LiveState.OPENING)) == "Opening the input …"
    assert "Microphone is gone" in live_text.invitation_text(make_session(LiveState.BROKEN, error=LOST))


def test_what_it_sounds_like_goes_with_a_genre_and_with_unsure() -> None:
    told = replace(ANSWER, styles=("techno",))
    for genre in ("jazz", UNSURE):
        session = make_session(LiveState.LISTENING, answer=replace(told, genre=genre))
        assert live_text.answer_text(session, "Line").styles == ("techno",)


@pytest.mark.parametrize(
    ("state", "values", "text"),
    [
        (LiveState.IDLE, {}, ""),
        (LiveState.OPENING, {}, "Opening the input …"),
        (LiveState.ENDED, {}, "The file is at its end."),
        (LiveState.LISTENING, {"has_model": False}, "Listening; waiting for the model …"),
        (LiveState.LISTENING, {}, "Listening."),
        (LiveState.LISTENING, {"recording": "a.wav"}, "Listening. Recording."),
        (LiveState.LISTENING, {"answer": replace(ANSWER, genre=NOT_MUSIC)}, "Listening: no music."),
    ],
)
def test_the_state_is_a_sentence(state: LiveState, values: dict[str, Any], text: str) -> None:
    assert live_text.state_text(make_session(state, **values), is_file=False) == (text, False)


def test_digital_silence_and_errors_are_problems() -> None:
    silent = make_session(LiveState.LISTENING, is_digital_silence=True)
    text, is_problem = live_text.state_text(silent, is_file=False)
    assert text.startswith("Only digital silence") and is_problem
    assert live_text.state_text(silent, is_file=True) == ("Listening.", False), "a file may well be silent"
    text, is_problem = live_text.state_text(make_session(LiveState.BROKEN, error=LOST), is_file=False)
    assert "Microphone is gone" in text and is_problem


def test_latency_and_load_are_shown_after_the_first_answer() -> None:
    assert live_text.performance_text(LivePerformance(n_overflows=3)) == ""
    performance = LivePerformance(0.12, 0.345, 0.5)
    assert live_text.performance_text(performance) == "Latency 0.34 s (at most 0.50 s)    Load 12\u00a0%"
    assert live_text.performance_text(replace(performance, n_overflows=3)).endswith("    Sound lost 3 times")


def test_without_an_answer_the_panel_says_why() -> None:
    idle = live_text.answer_text(make_session(), "Microphone")
    assert (idle.name, idle.title) == ("", "Not listening")
    ended = live_text.answer_text(make_session(LiveState.ENDED), "Microphone")
    assert (ended.name, ended.title) == ("Microphone", "Not listening")
    waiting = live_text.answer_text(make_session(LiveState.LISTENING, has_model=False), "Microphone")
    assert (waiting.title, waiting.line) == ("Listening …", "Waiting for the model.")
    listening = live_text.answer_text(make_session(LiveState.LISTENING), "Microphone")
    assert (listening.title, listening.line) == ("Listening …", "The first answer takes some seconds of sound.")


def text_of(**changes: Any) -> LiveAnswerText:
    session = make_session(LiveState.LISTENING, answer=replace(ANSWER, **changes))
    return live_text.answer_text(session, "Microphone")


def test_an_answer_has_its_genre_its_confidence_and_the_last_patch_as_a_reason() -> None:
    text = text_of()
    assert (text.name, text.title, text.genre, text.is_faint) == ("Microphone", "Jazz", "jazz", False)
    assert text.line[0].isupper() and text.line.endswith(", 90\u00a0%")
    assert text.reasons == ("The last seconds alone: jazz, 90\u00a0%.",)
    assert text_of(patch_genre=None).reasons == ()


def test_an_unsure_answer_names_the_closest_genre() -> None:
    shares = {**dict.fromkeys(GENRES, 0.05), "blues": 0.4}
    text = text_of(genre=UNSURE, confidence=0.4, probabilities=shares)
    assert (text.title, text.line, text.genre) == ("Unsure", "Closest: Blues 40\u00a0%", UNSURE)


def test_no_music_has_its_reason_and_faint_bars() -> None:
    text = text_of(genre=NOT_MUSIC, sentence="It is too quiet.")
    assert (text.title, text.line, text.genre, text.is_faint) == ("No music", "It is too quiet.", None, True)
