"""The catalogue of synthetic signals that are no music."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from training.robustness import noises, speech, tones

_Generator = Callable[[float, int, np.random.Generator], NDArray[np.float64]]

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
        Shown name.
    kind : str
        ``"silence"``, ``"tone"``, ``"clicks"``, ``"noise"``, ``"crowd"`` or ``"speech"``.
    generate : callable
        ``generate(seconds, sample_rate, rng)`` gives samples float64 [shape=(n,)] at any level.
    needs : str or None
        External program that is needed to make the signal.
    """

    name: str
    kind: str
    generate: _Generator
    needs: str | None = None

    @property
    def unavailable(self) -> str | None:
        """Why the signal cannot be made on this machine; ``None`` if it can."""
        if self.needs == "espeak-ng" and speech.espeak_program() is None:
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
            The same seed gives the same samples; each signal has its own random numbers.
        peak_db : float
            Peak in dB relative to full scale; the levels of dither and silence are fixed.

        Returns
        -------
        ndarray of float32 [shape=(round(seconds * sample_rate),)]
        """
        rng = np.random.default_rng((seed, zlib.crc32(self.name.encode())))
        sound = self.generate(seconds, sample_rate, rng)
        peak = float(np.max(np.abs(sound), initial=0.0))
        if peak > 0 and self.generate is not tones.dither:
            sound = sound * (10 ** (peak_db / 20) / peak)
        return sound.astype(np.float32)


_GENERATORS: dict[str, dict[str, _Generator]] = {
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
        "babble of 24 voices": speech.many_speakers,
        "babble of 60 voices": partial(speech.many_speakers, people=60),
    },
    SPEECH: {"speech-like, a man": speech.speech, "speech-like, a woman": speech.female_voice},
}

SIGNALS: tuple[Signal, ...] = (
    *(
        Signal(name, kind, generate)
        for kind, generators in _GENERATORS.items()
        for name, generate in generators.items()
    ),
    *(Signal(name, SPEECH, voice, needs="espeak-ng") for name, voice in speech.SPOKEN.items()),
)
"""All signals; those of the speech synthesiser are last."""


def find_signal(name: str) -> Signal:
    """The signal with this name.

    Raises
    ------
    KeyError
    """
    return {signal.name: signal for signal in SIGNALS}[name]
