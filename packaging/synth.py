"""A small synthesiser in numpy: instruments, a room and a tape, for the demo clips."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, fftconvolve, lfilter, sosfilt

Sound = NDArray[np.float64]

RATE = 32_000
"""Sampling rate of everything here in Hz."""

rng = np.random.default_rng(20_260)


# --- building blocks --------------------------------------------------------------------


def seconds(duration_s: float) -> Sound:
    """Time axis in seconds."""
    return np.arange(round(duration_s * RATE)) / RATE


def hertz(note: float) -> float:
    """Frequency of a MIDI note number."""
    return float(440.0 * 2 ** ((note - 69) / 12))


def band(sound: Sound, low: float | None = None, high: float | None = None, order: int = 2) -> Sound:
    """Keep what lies between two frequencies in Hz."""
    if low is not None:
        sound = sosfilt(butter(order, low, "high", fs=RATE, output="sos"), sound)
    if high is not None:
        sound = sosfilt(butter(order, min(high, RATE * 0.49), "low", fs=RATE, output="sos"), sound)
    return sound


def shape(sound: Sound, attack_s: float, release_s: float) -> Sound:
    """Fade in and out, so that nothing clicks."""
    envelope = np.ones(len(sound))
    rise, fall = (min(len(sound), max(1, round(s * RATE))) for s in (attack_s, release_s))
    envelope[:rise] *= np.sin(np.linspace(0, np.pi / 2, rise)) ** 2
    envelope[-fall:] *= np.cos(np.linspace(0, np.pi / 2, fall)) ** 2
    return sound * envelope


def saw(frequency: float | Sound, duration_s: float, harmonics_to: float = 9_000.0) -> Sound:
    """Sawtooth of a fixed or moving frequency, without the harmonics that would alias."""
    time = seconds(duration_s)
    phase = 2 * np.pi * np.cumsum(np.broadcast_to(frequency, time.shape)) / RATE + rng.uniform(0, 6.28)
    count = max(1, int(harmonics_to / np.max(frequency)))
    wave = np.zeros(len(time))
    for k in range(1, count + 1):
        wave += np.sin(k * phase) * (0.6 / k)
    return wave


def reverb(sound: Sound, length_s: float, wet: float, dark: float = 5_000.0) -> Sound:
    """A room: convolution with decaying noise."""
    time = seconds(length_s)
    impulse = band(rng.standard_normal(len(time)) * np.exp(-6.9 * time / length_s), 180, dark)
    room: Sound = fftconvolve(sound, impulse / np.sqrt(np.sum(impulse**2)))[: len(sound)]
    return sound + wet * room


class Track:
    """A mono tape that notes are laid on by beats."""

    def __init__(self, beats_a_minute: float, beats: float, swing: float = 0.5) -> None:
        self.beat_s = 60.0 / beats_a_minute
        self.swing = swing
        self.samples = np.zeros(round((beats * self.beat_s + 0.6) * RATE))

    def at(self, beat: float) -> float:
        """Seconds of a beat; the second eighth comes late where the piece swings."""
        whole, part = divmod(beat, 1.0)
        bent = part * 2 * self.swing if part < 0.5 else self.swing + (part - 0.5) * 2 * (1 - self.swing)
        return (whole + bent) * self.beat_s

    def lay(self, beat: float, sound: Sound, gain: float = 1.0, loose_s: float = 0.004) -> None:
        """Add a sound at a beat, as loosely as a player would."""
        start = round(max(0.0, self.at(beat) + rng.normal(0, loose_s)) * RATE)
        end = min(len(self.samples), start + len(sound))
        if end > start:
            self.samples[start:end] += gain * rng.uniform(0.88, 1.0) * sound[: end - start]


# --- instruments ------------------------------------------------------------------------


def pluck(note: float, duration_s: float, bright: float = 0.5, decay: float = 0.996) -> Sound:
    """Karplus-Strong: noise that runs round a string."""
    period = max(2, round(RATE / hertz(note)))
    burst = np.zeros(round(duration_s * RATE))
    burst[:period] = band(rng.uniform(-1, 1, period), None, 1_500 + 9_000 * bright, 1)
    loop = np.zeros(period + 2)
    loop[0], loop[period], loop[period + 1] = 1.0, -decay / 2, -decay / 2
    return shape(lfilter([1.0], loop, burst), 0.001, 0.03)


def piano(note: float, duration_s: float, strength: float = 0.7) -> Sound:
    """Stretched partials that die the faster the higher they are, and a hammer."""
    time = seconds(duration_s + 0.25)
    base = hertz(note)
    tone = np.zeros(len(time))
    for k in range(1, 16):
        partial = k * base * np.sqrt(1 + 0.0004 * k * k)
        if partial > 12_000:
            break
        level = strength ** (k - 1) / k**0.6
        for detune in (0.9996, 1.0005):
            tone += (
                level
                * np.exp(-time * (0.9 + 0.35 * k) * (base / 260) ** 0.6)
                * np.sin(2 * np.pi * partial * detune * time + rng.uniform(0, 6.28))
            )
    hammer = band(rng.standard_normal(len(time)), 300, 2_500) * np.exp(-time * 90)
    return shape(0.22 * tone + 0.1 * strength * hammer, 0.002, 0.22)


def electric_piano(note: float, duration_s: float) -> Sound:
    """Two-operator frequency modulation: a soft tine."""
    time = seconds(duration_s + 0.15)
    base = hertz(note)
    tine = 1.6 * np.exp(-time * 6) * np.sin(2 * np.pi * base * 14 * time) * 0.35
    body = np.sin(2 * np.pi * base * time + tine + 0.7 * np.exp(-time * 2) * np.sin(2 * np.pi * base * time))
    return shape(0.4 * body * np.exp(-time * 1.3) * (1 + 0.25 * np.sin(2 * np.pi * 5.2 * time)), 0.004, 0.12)


def strings(note: float, duration_s: float, attack_s: float = 0.25, players: int = 5) -> Sound:
    """A section: several bows, each a little off and with a vibrato of its own."""
    length = duration_s + 0.3
    time = seconds(length)
    section = np.zeros(len(time))
    for _ in range(players):
        depth = np.clip(time / 0.6, 0, 1) * rng.uniform(0.002, 0.005)
        vibrato = 1 + depth * np.sin(2 * np.pi * rng.uniform(4.8, 6.0) * time + rng.uniform(0, 6.28))
        section += saw(hertz(note) * rng.normal(1, 0.0022) * vibrato, length, 8_000)
    bow = 0.05 * band(rng.standard_normal(len(time)), 1_500, 6_000)
    return shape(band(section / players + bow, 120, 900 + 2.2 * hertz(note)), attack_s, 0.35)


def organ(note: float, duration_s: float) -> Sound:
    """Drawbars."""
    time = seconds(duration_s)
    tone = sum(
        (level * np.sin(2 * np.pi * hertz(note) * k * time) for k, level in ((0.5, 0.5), (1, 1), (2, 0.7), (3, 0.4))),
        np.zeros(len(time)),
    )
    return shape(0.3 * np.tanh(1.2 * tone), 0.004, 0.03)


def reed(note: float, duration_s: float) -> Sound:
    """Something between a clarinet and a saxophone, with breath and a late vibrato."""
    time = seconds(duration_s + 0.05)
    vibrato = 1 + 0.006 * np.clip((time - 0.18) / 0.3, 0, 1) * np.sin(2 * np.pi * 5.3 * time)
    scoop = 1 - 0.03 * np.exp(-time * 40)
    tone = saw(hertz(note) * vibrato * scoop, duration_s + 0.05, 6_000)
    breath = 0.12 * band(rng.standard_normal(len(time)), 900, 5_000)
    return shape(band(np.tanh(1.6 * tone) + breath, 180, 2_600), 0.03, 0.07)


def bass(note: float, duration_s: float, drive: float = 1.0, cut: float = 700.0) -> Sound:
    """An electric bass: a plucked string, filtered, with its fundamental."""
    time = seconds(duration_s)
    low = np.sin(2 * np.pi * hertz(note) * time) * np.exp(-time * 1.8)
    return shape(np.tanh(drive * (0.9 * low + band(pluck(note, duration_s, 0.4, 0.998), None, cut))), 0.003, 0.03)


def power_chord(note: float, duration_s: float, muted: bool) -> Sound:
    """Root, fifth and octave through a loud amplifier; twice, as guitars are recorded."""
    takes = np.zeros(round(duration_s * RATE))
    for _ in range(2):
        root = note + rng.normal(0, 0.04)
        decay = 0.93 if muted else 0.9985
        chord = sum(
            (pluck(root + step, duration_s, 0.9, decay) + 0.25 * saw(hertz(root + step), duration_s, 5_000)
             * np.exp(-seconds(duration_s) * (14 if muted else 0.6)) for step in (0, 7, 12)),
            np.zeros(len(takes)),
        )  # fmt: skip
        takes += np.tanh(14 * band(chord, 90))
    cabinet = band(takes, 85, 4_600, 4)
    return shape(cabinet, 0.001, 0.02)


def kick(low: float = 48.0, length_s: float = 0.35, click: float = 0.3) -> Sound:
    time = seconds(length_s)
    sweep = low + 180 * np.exp(-time * 38)
    body = np.sin(2 * np.pi * np.cumsum(sweep) / RATE) * np.exp(-time * 9)
    return shape(
        np.tanh(1.8 * body) + click * band(rng.standard_normal(len(time)), 2_000) * np.exp(-time * 220), 1e-4, 0.05
    )


def snare(tone: float = 185.0, length_s: float = 0.24, wires: float = 0.8) -> Sound:
    time = seconds(length_s)
    skin = np.sin(2 * np.pi * tone * (1 + 0.6 * np.exp(-time * 60)) * time) * np.exp(-time * 24)
    return shape(
        0.7 * skin + wires * band(rng.standard_normal(len(time)), 1_300, 11_000) * np.exp(-time * 17), 1e-4, 0.04
    )


def rim() -> Sound:
    time = seconds(0.09)
    return shape(band(np.sign(np.sin(2 * np.pi * 1_720 * time)) * np.exp(-time * 75), 700, 6_000), 1e-4, 0.02)


def clap() -> Sound:
    time = seconds(0.28)
    bursts = sum(
        (np.exp(-np.clip(time - d, 0, None) * 120) * (time >= d) for d in (0, 0.011, 0.023)), np.zeros(len(time))
    )
    return shape(
        band(rng.standard_normal(len(time)), 800, 5_500) * (0.6 * bursts + 0.5 * np.exp(-time * 16)), 1e-4, 0.05
    )


def cymbal(length_s: float, decay: float, low: float = 6_500.0, ping: float = 0.0) -> Sound:
    """Hi-hat, ride or crash: a cluster of odd squares and noise, high-passed."""
    time = seconds(length_s)
    metal = sum(
        (np.sign(np.sin(2 * np.pi * f * time + rng.uniform(0, 6.28))) for f in (3_170, 4_213, 5_391, 6_837, 8_125)),
        np.zeros(len(time)),
    )
    stick = ping * np.sin(2 * np.pi * 3_900 * time) * np.exp(-time * 16)
    noise = 0.16 * metal + 0.5 * rng.standard_normal(len(time))
    return shape(band(noise, low) * np.exp(-time * decay) + stick, 1e-3, 0.03)
