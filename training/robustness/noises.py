"""Noises: stationary noise, wind, rain, applause."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import fft
from scipy.signal import butter, fftconvolve, sosfilt

from training.robustness.tones import Sound, times


def white(seconds: float, sample_rate: int, rng: np.random.Generator) -> Sound:
    """The same power at every frequency."""
    return rng.standard_normal(round(seconds * sample_rate))


def pink(seconds: float, sample_rate: int, rng: np.random.Generator) -> Sound:
    """3 dB less an octave."""
    return coloured(seconds, sample_rate, rng, -0.5)


def brown(seconds: float, sample_rate: int, rng: np.random.Generator) -> Sound:
    """6 dB less an octave."""
    return coloured(seconds, sample_rate, rng, -1.0)


def band_limited(seconds: float, sample_rate: int, rng: np.random.Generator) -> Sound:
    """White noise between 1 and 2 kHz."""
    return band_pass(white(seconds, sample_rate, rng), 1_000.0, 2_000.0, sample_rate, order=4)


def fade_in(seconds: float, sample_rate: int, rng: np.random.Generator) -> Sound:
    """White noise that grows from -40 dB over the whole length."""
    time = times(seconds, sample_rate)
    return white(seconds, sample_rate, rng) * 10 ** (2.0 * (time / seconds - 1.0))


def wind(seconds: float, sample_rate: int, rng: np.random.Generator) -> Sound:
    """Low-frequency noise in gusts of some seconds; stronger gusts have higher frequencies."""
    gust = slow(seconds, sample_rate, rng, 0.4)
    low = band_pass(white(seconds, sample_rate, rng), 30.0, 300.0, sample_rate)
    high = band_pass(white(seconds, sample_rate, rng), 300.0, 1_200.0, sample_rate)
    return np.asarray(low / low.std() * np.exp(0.6 * gust) + 0.3 * high / high.std() * np.exp(0.9 * gust))


def rain(seconds: float, sample_rate: int, rng: np.random.Generator) -> Sound:
    """Pink noise, and two hundred drops a second."""
    drops = np.zeros(round(seconds * sample_rate))
    count = round(200 * seconds)
    drops[rng.integers(0, len(drops), count)] = rng.exponential(1.0, count)
    decay = np.exp(-np.arange(round(0.01 * sample_rate)) / (0.0015 * sample_rate))
    splash = band_pass(decay * rng.standard_normal(len(decay)), 800.0, 8_000.0, sample_rate)
    drops = fftconvolve(drops, splash)[: len(drops)]
    hiss = pink(seconds, sample_rate, rng)
    return np.asarray(drops / drops.std() + 0.7 * hiss / hiss.std())


def applause(seconds: float, sample_rate: int, rng: np.random.Generator, people: int = 60) -> Sound:
    """Applause in a hall: each person claps three to five times a second with a different spectrum."""
    n = round(seconds * sample_rate)
    sound = np.zeros(n)
    time = np.arange(round(0.02 * sample_rate)) / sample_rate
    for _ in range(people):
        centre = rng.uniform(700.0, 2_500.0)
        clap = band_pass(rng.standard_normal(len(time)), 0.6 * centre, 1.6 * centre, sample_rate)
        clap *= np.exp(-time / rng.uniform(0.002, 0.006))
        intervals = rng.uniform(0.2, 0.33) * rng.normal(1.0, 0.06, round(seconds * 6) + 2).clip(0.5)
        for start in np.cumsum(intervals) - rng.uniform(0, 0.3):
            at = round(start * sample_rate)
            if 0 <= at < n:
                part = sound[at : at + len(clap)]
                part += rng.uniform(0.5, 1.0) * clap[: len(part)]
    hall = rng.standard_normal(round(0.5 * sample_rate))
    hall *= np.exp(-6.9 * np.arange(len(hall)) / len(hall))
    echo = fftconvolve(sound, hall / np.sqrt(np.sum(hall**2)))[:n]
    return np.asarray(sound + 0.7 * echo)


# --- what they are made of ---------------------------------------------------------------


def coloured(seconds: float, sample_rate: int, rng: np.random.Generator, slope: float) -> Sound:
    """Noise whose amplitude goes as a power of the frequency above 20 Hz."""
    n = round(seconds * sample_rate)
    spectrum = fft.rfft(rng.standard_normal(n))
    frequency = np.maximum(fft.rfftfreq(n, 1 / sample_rate), 20.0)
    return np.asarray(fft.irfft(spectrum * (frequency / 20.0) ** slope, n))


def slow(seconds: float, sample_rate: int, rng: np.random.Generator, up_to_hz: float) -> Sound:
    """A random signal of unit deviation with frequencies up to `up_to_hz`."""
    n = round(seconds * sample_rate)
    points = rng.standard_normal(max(4, round(2 * seconds * up_to_hz) + 3))
    movement = np.interp(np.linspace(0, len(points) - 1, n), np.arange(len(points)), points)
    return np.asarray(movement / max(1e-9, movement.std()))


def band_pass(sound: NDArray[np.float64], low: float, high: float, sample_rate: int, order: int = 2) -> Sound:
    """Band-pass filter between two frequencies in Hz."""
    edges = (low, min(high, 0.49 * sample_rate))
    return np.asarray(sosfilt(butter(order, edges, "bandpass", fs=sample_rate, output="sos"), sound))
