"""Small synthetic pieces of sparse music, which no gate may refuse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.signal import fftconvolve, lfilter

from training.robustness.noises import band_pass
from training.robustness.speech import MAN, Speaker, shape_by_formants
from training.robustness.tones import Sound, times

_SCALE = (0, 2, 4, 5, 7, 9, 11, 12, 14, 16)


def _hertz(note: float) -> float:
    return float(440.0 * 2 ** ((note - 69) / 12))


def _room(sound: Sound, sample_rate: int, rng: np.random.Generator, seconds: float = 0.8, wet: float = 0.35) -> Sound:
    impulse = rng.standard_normal(round(seconds * sample_rate))
    impulse *= np.exp(-6.9 * np.arange(len(impulse)) / len(impulse))
    return np.asarray(sound + wet * fftconvolve(sound, impulse / np.sqrt(np.sum(impulse**2)))[: len(sound)])


def _melody(rng: np.random.Generator, seconds: float, beat_s: float) -> list[tuple[float, float, int]]:
    """Start, length and step of the scale of each note: a walk with leaps and rests."""
    notes, at, step = [], 0.05, 4
    while at < seconds:
        length = beat_s * rng.choice((0.5, 1.0, 1.0, 2.0))
        if rng.random() > 0.1:
            notes.append((at, length, _SCALE[step]))
        step = int(np.clip(step + rng.choice((-2, -1, -1, 1, 1, 2, 3)), 0, len(_SCALE) - 1))
        at += length
    return notes


def _mix(track: Sound, sound: Sound, at_s: float, sample_rate: int) -> None:
    at = max(0, round(at_s * sample_rate))
    part = track[at : at + len(sound)]
    part += sound[: len(part)]


def flute(seconds: float, sample_rate: int, rng: np.random.Generator) -> Sound:
    """A solo flute in a room: few harmonics, breath noise, delayed vibrato."""
    track = np.zeros(round(seconds * sample_rate))
    for start, length, step in _melody(rng, seconds, 0.55):
        time = times(length * 0.97, sample_rate)
        vibrato = 1 + 0.006 * np.clip((time - 0.2) / 0.3, 0, 1) * np.sin(2 * np.pi * 5.0 * time)
        phase = 2 * np.pi * np.cumsum(_hertz(72 + step) * vibrato) / sample_rate
        tone = sum((level * np.sin(k * phase) for k, level in ((1, 1.0), (2, 0.35), (3, 0.12), (4, 0.04))), 0 * time)
        breath = 0.03 * band_pass(rng.standard_normal(len(time)), 800.0, 6_000.0, sample_rate)
        envelope = np.minimum(1, time / 0.05) * np.minimum(1, (time[-1] - time) / 0.06).clip(0)
        _mix(track, (tone + breath) * envelope, start, sample_rate)
    return _room(track, sample_rate, rng)


def piano(seconds: float, sample_rate: int, rng: np.random.Generator) -> Sound:
    """A solo piano: a melody over broken chords."""
    track = np.zeros(round(seconds * sample_rate))
    chords = ((48, 55, 60, 64), (45, 52, 57, 60), (41, 48, 53, 57), (43, 50, 55, 59))
    notes = [(start, length + 0.4, 72.0 + step) for start, length, step in _melody(rng, seconds, 0.5)]
    notes += [(beat * 0.5, 1.4, float(chords[beat // 4 % 4][beat % 4])) for beat in range(int(seconds / 0.5))]
    for start, length, note in notes:
        time = times(length, sample_rate)
        base, tone = _hertz(note), np.zeros(len(time))
        for k in range(1, 13):
            partial = k * base * np.sqrt(1 + 0.0004 * k * k)
            if partial < 0.45 * sample_rate:
                tone += 0.7**k / k**0.5 * np.exp(-time * (1 + 0.4 * k)) * np.sin(2 * np.pi * partial * time)
        tone *= np.minimum(1, time / 0.004) * np.minimum(1, (time[-1] - time) / 0.1).clip(0)
        _mix(track, rng.uniform(0.6, 1.0) * tone, start + rng.normal(0, 0.005), sample_rate)
    return _room(track, sample_rate, rng, 0.5, 0.2)


def guitar(seconds: float, sample_rate: int, rng: np.random.Generator) -> Sound:
    """A solo guitar, picked: plucked strings (Karplus & Strong 1983)."""
    track = np.zeros(round(seconds * sample_rate))
    chords = ((40, 47, 52, 55, 59), (45, 52, 57, 60, 64), (43, 50, 55, 59, 62), (38, 45, 50, 57, 62))
    for beat in range(int(seconds / 0.25)):
        note = chords[beat // 8 % 4][(0, 2, 3, 4, 1, 3, 4, 2)[beat % 8]]
        period = max(2, round(sample_rate / _hertz(note)))
        burst = np.zeros(round(1.2 * sample_rate))
        burst[:period] = rng.uniform(-1, 1, period)
        loop = np.zeros(period + 2)
        loop[0], loop[period], loop[period + 1] = 1.0, -0.498, -0.498
        _mix(track, lfilter([1.0], loop, burst), beat * 0.25 + rng.normal(0, 0.004), sample_rate)
    return track


def a_cappella(seconds: float, sample_rate: int, rng: np.random.Generator, speaker: Speaker = MAN) -> Sound:
    """A solo singing voice on vowels with vibrato."""
    n = round(seconds * sample_rate)
    control = np.arange(0, seconds + 0.01, 0.005)
    pitch, level = np.full(len(control), 200.0), np.zeros(len(control))
    formants = np.tile(np.array([[730.0], [1090.0], [2440.0]]), len(control))
    for start, length, step in _melody(rng, seconds, 0.6):
        note = (control >= start) & (control < start + length)
        inside = control[note] - start
        vibrato = 1 + 0.012 * np.clip(inside / 0.3, 0, 1) * np.sin(2 * np.pi * 5.5 * inside)
        pitch[note] = _hertz(55 + step) * vibrato
        level[note] = np.minimum(1, inside / 0.06) * np.clip((length - inside) / 0.05, 0, 1)
        vowel = ((730, 1090, 2440), (530, 1840, 2480), (570, 840, 2410), (300, 870, 2240))[rng.integers(4)]
        formants[:, note] = (np.array(vowel) * speaker.tract)[:, None]
    smooth = np.hanning(13)[1:-1] / np.hanning(13).sum()
    pitch = np.convolve(np.pad(pitch, 5, "edge"), smooth, "valid")
    hz = np.interp(np.arange(n) / sample_rate, control, pitch)
    pulses = np.diff(np.floor(np.cumsum(hz) / sample_rate), prepend=0.0) * np.sqrt(sample_rate / hz)
    voice = shape_by_formants(pulses, sample_rate, level, formants, (90.0, 110.0, 170.0), tilt=True)
    return _room(voice, sample_rate, rng)


def _drum(kind: str, sample_rate: int, rng: np.random.Generator) -> Sound:
    time = times({"kick": 0.35, "snare": 0.22, "hat": 0.06}[kind], sample_rate)
    noise = rng.standard_normal(len(time))
    if kind == "kick":
        sweep = 48 + 180 * np.exp(-time * 38)
        return np.sin(2 * np.pi * np.cumsum(sweep) / sample_rate) * np.exp(-time * 9)
    if kind == "snare":
        wires = band_pass(noise, 1_300.0, 11_000.0, sample_rate) * np.exp(-time * 17)
        return 0.6 * np.sin(2 * np.pi * 185 * time) * np.exp(-time * 24) + 0.6 * wires
    return 0.4 * band_pass(noise, 6_000.0, 16_000.0, sample_rate) * np.exp(-time * 60)


def drums(seconds: float, sample_rate: int, rng: np.random.Generator) -> Sound:
    """A drum loop alone: 100 beats a minute, no reverberation."""
    track = np.zeros(round(seconds * sample_rate))
    pattern = {"kick": (0, 2.5, 5, 8, 10, 13), "snare": (4, 12), "hat": tuple(range(0, 16, 2))}
    for bar in range(int(seconds / 2.4) + 1):
        for kind, sixteenths in pattern.items():
            for sixteenth in sixteenths:
                hit = rng.uniform(0.8, 1.0) * _drum(kind, sample_rate, rng)
                _mix(track, hit, bar * 2.4 + sixteenth * 0.15, sample_rate)
    return track


def pad(seconds: float, sample_rate: int, rng: np.random.Generator) -> Sound:
    """An ambient pad: slow chords of detuned voices that overlap, with a slow movement of the timbre."""
    time = times(seconds, sample_rate)
    track = np.zeros(len(time))
    chords = ((45, 52, 57, 60, 64), (41, 48, 57, 60, 65), (43, 50, 55, 59, 62))
    length = 6.0
    for index in range(int(seconds / length) + 2):
        sounding = np.abs(time / length - index) < 1
        inside = time[sounding]
        weight = np.clip(1.2 - np.abs(inside / length - index) * 1.2, 0, 1)
        for note in chords[index % 3]:
            for _ in range(3):
                phase = 2 * np.pi * _hertz(note + rng.normal(0, 0.06)) * inside + rng.uniform(0, 6.28)
                for k in range(1, 7):
                    breath = 0.6 + 0.4 * np.sin(2 * np.pi * inside / 9.0 + k)
                    track[sounding] += weight * breath / k**1.5 * np.sin(k * phase)
    return _room(track, sample_rate, rng, 1.5, 0.5)


def drone(seconds: float, sample_rate: int, rng: np.random.Generator) -> Sound:
    """A drone on one chord, whose overtones swell independently, like a tanpura."""
    time = times(seconds, sample_rate)
    track = np.zeros(len(time))
    for note in (36, 43, 48):
        for k in range(1, 15):
            rate, phase = rng.uniform(0.08, 0.3), rng.uniform(0, 6.28)
            swell = 10 ** (0.5 * np.sin(2 * np.pi * rate * time + phase))
            track += swell / k * np.sin(2 * np.pi * k * _hertz(note) * time + rng.uniform(0, 6.28))
    return track


def organ(seconds: float, sample_rate: int, rng: np.random.Generator) -> Sound:
    """An organ that holds each chord for four seconds: only the harmony changes."""
    track = np.zeros(round(seconds * sample_rate))
    chords = ((48, 55, 60, 64), (50, 57, 62, 65), (43, 55, 59, 62), (45, 52, 60, 64))
    for index in range(int(seconds / 4.0) + 1):
        time = times(4.0, sample_rate)
        envelope = np.minimum(1, time / 0.05) * np.minimum(1, (time[-1] - time) / 0.05).clip(0)
        for note in chords[index % 4]:
            for k, level in ((0.5, 0.4), (1, 1.0), (2, 0.7), (3, 0.4), (4, 0.3), (6, 0.15), (8, 0.1)):
                pipe = level * np.sin(2 * np.pi * k * _hertz(note) * time + rng.uniform(0, 6.28))
                _mix(track, pipe * envelope, index * 4.0, sample_rate)
    return _room(track, sample_rate, rng, 1.5, 0.4)


def chiptune(seconds: float, sample_rate: int, rng: np.random.Generator) -> Sound:
    """A chiptune as of an early game console: two square waves, a triangle wave, noise for drums, no reverberation."""
    track = np.zeros(round(seconds * sample_rate))

    def voice(note: float, length: float, triangle: bool = False) -> Sound:
        time = times(length, sample_rate)
        base, sound = _hertz(note), np.zeros(len(time))
        for k in range(1, int(0.45 * sample_rate / base) + 1, 2):
            sound += np.sin(2 * np.pi * k * base * time) / (k * k if triangle else k)
        return sound

    chords = ((57, 60, 64), (53, 57, 60), (55, 59, 62), (52, 56, 59))
    for beat in range(int(seconds / 0.1)):
        chord = chords[beat // 16 % 4]
        _mix(track, 0.25 * voice(chord[beat % 3] + 12, 0.1), beat * 0.1, sample_rate)
        if beat % 4 == 0:
            _mix(track, 0.8 * voice(chord[0] - 12, 0.35, True), beat * 0.1, sample_rate)
            _mix(track, 0.3 * _drum("hat", sample_rate, rng), beat * 0.1, sample_rate)
    for start, length, step in _melody(rng, seconds, 0.4):
        _mix(track, 0.3 * voice(69 + step, 0.9 * length), start, sample_rate)
    return track


MUSIC: Final[dict[str, Callable[[float, int, np.random.Generator], Sound]]] = {
    "flute alone": flute,
    "piano alone": piano,
    "guitar alone": guitar,
    "voice alone": a_cappella,
    "drums alone": drums,
    "ambient pad": pad,
    "drone": drone,
    "organ alone": organ,
    "chiptune": chiptune,
}


def make_music(name: str, seconds: float, sample_rate: int, *, seed: int = 0) -> NDArray[np.float32]:
    """One of the pieces of `MUSIC`, its peak 6 dB below full scale [shape=(n,)]."""
    sound = MUSIC[name](seconds, sample_rate, np.random.default_rng(seed))
    return np.asarray(0.5 * sound / np.max(np.abs(sound)), np.float32)
