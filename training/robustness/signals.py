"""The catalogue of signals that are no music."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from training.robustness import noises, tones
from training.robustness import speech as voices

_Make = Callable[[float, int, np.random.Generator], NDArray[np.float64]]

SILENCE: Final = "silence"
TONE: Final = "tone"
CLICKS: Final = "clicks"
NOISE: Final = "noise"
CROWD: Final = "crowd"
SPEECH: Final = "speech"


@dataclass(frozen=True)
class Signal:
    """A signal that is no music.

    Attributes
    ----------
    name : str
        For people.
    kind : str
        ``"silence"``, ``"tone"``, ``"clicks"``, ``"noise"``, ``"crowd"`` or ``"speech"``.
    needs : str or None
        Program without which it cannot be made.
    """

    name: str
    kind: str
    recipe: _Make
    needs: str | None = None

    @property
    def unavailable(self) -> str | None:
        """Why it cannot be made here; ``None`` where it can."""
        if self.needs == "espeak-ng" and voices.espeak_program() is None:
            return "espeak-ng is not installed"
        return None

    def make(self, seconds: float, sample_rate: int, *, seed: int = 0, peak_db: float = -6.0) -> NDArray[np.float32]:
        """The samples.

        Parameters
        ----------
        seconds : float
        sample_rate : int
            In Hz.
        seed : int
            The same seed gives the same samples; every signal has numbers of its own.
        peak_db : float
            Highest sample in dB relative to full scale; dither and silence keep their own.

        Returns
        -------
        ndarray of float32 [shape=(round(seconds * sample_rate),)]
        """
        rng = np.random.default_rng((seed, zlib.crc32(self.name.encode())))
        sound = self.recipe(seconds, sample_rate, rng)
        peak = float(np.max(np.abs(sound), initial=0.0))
        if peak > 0 and self.recipe is not tones.dither:
            sound = sound * (10 ** (peak_db / 20) / peak)
        return sound.astype(np.float32)


_RECIPES: dict[str, dict[str, _Make]] = {
    SILENCE: {
        "digital silence": tones.silence,
        "direct current": tones.constant,
        "silence with dither": tones.dither,
    },
    TONE: {
        "mains hum 50 Hz": tones.hum,
        "mains hum 60 Hz": tones.hum_60,
        "sine 60 Hz": tones.tones(60.0),
        "sine 440 Hz": tones.tones(440.0),
        "sine 1 kHz": tones.tones(1_000.0),
        "sine 5 kHz": tones.tones(5_000.0),
        "two sines": tones.tones(440.0, 1_234.5),
        "linear chirp": tones.linear_chirp,
        "exponential chirp": tones.exponential_chirp,
        "siren": tones.siren,
        "morse code": tones.morse,
        "dial tone 350+440 Hz": tones.tones(350.0, 440.0),
        "dial tone 425 Hz": tones.tones(425.0),
        "busy tone": tones.busy_tone,
        "ringing tone": tones.ringing_tone,
        "dialling (DTMF)": tones.dtmf,
    },
    CLICKS: {"regular clicks": tones.regular_clicks, "random clicks": tones.random_clicks},
    NOISE: {
        "white noise": noises.white,
        "pink noise": noises.pink,
        "brown noise": noises.brown,
        "noise 1-2 kHz": noises.band_limited,
        "noise fading in": noises.fade_in,
        "wind": noises.wind,
        "rain": noises.rain,
    },
    CROWD: {
        "applause": noises.applause,
        "babble of 24 voices": voices.many_speakers,
        "babble of 60 voices": partial(voices.many_speakers, people=60),
    },
    SPEECH: {"speech-like, a man": voices.speech, "speech-like, a woman": voices.female_voice},
}

SIGNALS: tuple[Signal, ...] = (
    *(Signal(name, kind, recipe) for kind, recipes in _RECIPES.items() for name, recipe in recipes.items()),
    *(Signal(name, SPEECH, voice, needs="espeak-ng") for name, voice in voices.SPOKEN.items()),
)
"""Every signal, the spoken ones last."""


def find_signal(name: str) -> Signal:
    """The signal of a name.

    Raises
    ------
    KeyError
    """
    return {signal.name: signal for signal in SIGNALS}[name]
