"""Tones, telephone signals, clicks and silence: signals that must not get a genre."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Sound = NDArray[np.float64]

_MORSE = {
    "A": ".-", "C": "-.-.", "D": "-..", "E": ".", "F": "..-.", "G": "--.", "H": "....", "I": "..", "L": ".-..",
    "M": "--", "N": "-.", "O": "---", "P": ".--.", "Q": "--.-", "R": ".-.", "S": "...", "T": "-", "U": "..-",
    "V": "...-", "W": ".--", "X": "-..-", "Y": "-.--", "Z": "--..",
}  # fmt: skip
_MORSE_TEXT = "CQ CQ DE THE SHIP WEATHER IS FAIR AND ALL IS WELL OVER"

_DTMF_ROWS = (697.0, 770.0, 852.0, 941.0)  # ITU-T Q.23
_DTMF_COLUMNS = (1209.0, 1336.0, 1477.0, 1633.0)

_LSB_16_BIT = 1.0 / 32_768.0


def times(seconds: float, sample_rate: int) -> Sound:
    """Time of each sample in seconds [shape=(n,)]."""
    return np.arange(round(seconds * sample_rate)) / sample_rate


def silence(seconds: float, sample_rate: int, rng: np.random.Generator) -> Sound:
    """Zeros."""
    return np.zeros(round(seconds * sample_rate))


def constant(seconds: float, sample_rate: int, rng: np.random.Generator) -> Sound:
    """Direct current, as of a broken converter."""
    return np.ones(round(seconds * sample_rate))


def dither(seconds: float, sample_rate: int, rng: np.random.Generator) -> Sound:
    """Triangular dither of a 16-bit converter, at its absolute level: not to be scaled."""
    n = round(seconds * sample_rate)
    return np.round(rng.uniform(-0.5, 0.5, n) + rng.uniform(-0.5, 0.5, n)) * _LSB_16_BIT


def tones(*frequencies: float) -> _Tones:
    """A generator of steady sines of equal level, frequencies in Hz."""
    return _Tones(frequencies)


class _Tones:
    def __init__(self, frequencies: tuple[float, ...]) -> None:
        self._frequencies = frequencies

    def __call__(self, seconds: float, sample_rate: int, rng: np.random.Generator) -> Sound:
        time = times(seconds, sample_rate)
        sound = np.zeros(len(time))
        for frequency in self._frequencies:
            sound += np.sin(2 * np.pi * frequency * time + rng.uniform(0, 2 * np.pi))
        return sound


def hum(seconds: float, sample_rate: int, rng: np.random.Generator, mains: float = 50.0) -> Sound:
    """Mains hum: harmonics of 50 or 60 Hz, the even ones stronger, over noise 40 dB below."""
    time = times(seconds, sample_rate)
    sound = np.zeros(len(time))
    for k in range(1, 25):
        if k * mains < sample_rate / 2:
            level = (1.0 if k % 2 == 0 or k == 1 else 0.4) / k
            sound += level * rng.uniform(0.5, 1.0) * np.sin(2 * np.pi * k * mains * time + rng.uniform(0, 6.28))
    return sound + 0.01 * np.std(sound) * rng.standard_normal(len(time))


def hum_60(seconds: float, sample_rate: int, rng: np.random.Generator) -> Sound:
    """Mains hum of 60 Hz."""
    return hum(seconds, sample_rate, rng, 60.0)


def linear_chirp(seconds: float, sample_rate: int, rng: np.random.Generator) -> Sound:
    """A sine that climbs from 50 Hz to nine tenths of the highest frequency."""
    time = times(seconds, sample_rate)
    return _glide(50.0 + (0.45 * sample_rate - 50.0) * time / seconds, sample_rate)


def exponential_chirp(seconds: float, sample_rate: int, rng: np.random.Generator) -> Sound:
    """A sine that climbs from 50 Hz by the same interval each second."""
    time = times(seconds, sample_rate)
    return _glide(50.0 * (0.45 * sample_rate / 50.0) ** (time / seconds), sample_rate)


def siren(seconds: float, sample_rate: int, rng: np.random.Generator) -> Sound:
    """A sine that glides between 600 and 1200 Hz and back every two seconds."""
    return _glide(900.0 + 300.0 * np.sin(np.pi * times(seconds, sample_rate)), sample_rate)


def regular_clicks(seconds: float, sample_rate: int, rng: np.random.Generator) -> Sound:
    """One short click each half second, as of a clock."""
    return _clicks(np.arange(0.1, seconds, 0.5), seconds, sample_rate)


def random_clicks(seconds: float, sample_rate: int, rng: np.random.Generator) -> Sound:
    """Four clicks a second in the mean, at random, of random strength: a scratched record."""
    count = max(1, round(4 * seconds))
    return _clicks(rng.uniform(0, seconds, count), seconds, sample_rate, rng.uniform(0.2, 1.0, count))


def morse(seconds: float, sample_rate: int, rng: np.random.Generator) -> Sound:
    """A keyed sine of 700 Hz, 20 words a minute."""
    dot_s = 1.2 / 20
    keyed: list[int] = []
    for character in _MORSE_TEXT:
        for sign in _MORSE.get(character, ""):
            keyed += [1] * (3 if sign == "-" else 1) + [0]
        keyed += [0] * (2 if character != " " else 4)
    return _keyed(np.array(keyed, float), dot_s, seconds, sample_rate) * tones(700.0)(seconds, sample_rate, rng)


def busy_tone(seconds: float, sample_rate: int, rng: np.random.Generator) -> Sound:
    """425 Hz, half a second on and half a second off."""
    return _keyed(np.array([1.0, 0.0]), 0.5, seconds, sample_rate) * tones(425.0)(seconds, sample_rate, rng)


def ringing_tone(seconds: float, sample_rate: int, rng: np.random.Generator) -> Sound:
    """440 and 480 Hz, two seconds on and four off."""
    on = _keyed(np.array([1.0, 0.0, 0.0]), 2.0, seconds, sample_rate)
    return on * tones(440.0, 480.0)(seconds, sample_rate, rng)


def dtmf(seconds: float, sample_rate: int, rng: np.random.Generator) -> Sound:
    """Dialling: random keys, 100 ms each, 80 ms apart."""
    time = times(seconds, sample_rate)
    sound = np.zeros(len(time))
    for start in np.arange(0.05, seconds, 0.18):
        row, column = rng.choice(_DTMF_ROWS), rng.choice(_DTMF_COLUMNS)
        key = (time >= start) & (time < start + 0.1)
        sound[key] = np.sin(2 * np.pi * row * time[key]) + np.sin(2 * np.pi * column * time[key])
    return sound


def _glide(frequency: Sound, sample_rate: int) -> Sound:
    return np.sin(2 * np.pi * np.cumsum(frequency) / sample_rate)


def _keyed(pattern: Sound, step_s: float, seconds: float, sample_rate: int) -> Sound:
    """An envelope that repeats a pattern, with edges of 5 ms as keys have."""
    step = np.floor(times(seconds, sample_rate) / step_s).astype(int) % len(pattern)
    edge = np.hanning(max(3, round(0.005 * sample_rate)))
    return np.convolve(pattern[step], edge / edge.sum(), "same")


def _clicks(starts_s: Sound, seconds: float, sample_rate: int, strength: Sound | None = None) -> Sound:
    sound = np.zeros(round(seconds * sample_rate))
    click = np.exp(-np.arange(round(0.002 * sample_rate)) / (0.0003 * sample_rate))
    for start, level in zip(starts_s, np.ones(len(starts_s)) if strength is None else strength, strict=True):
        at = int(start * sample_rate)
        part = sound[at : at + len(click)]
        part += level * click[: len(part)]
    return sound
