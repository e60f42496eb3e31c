"""Sound in memory: synthesised music, made in an instant, and whole files decoded."""

from __future__ import annotations

import os
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.decode.audio_reader import open_audio
from genre_desktop.core.errors import DamagedAudioError

_SCALE = np.array([0, 3, 5, 7, 10, 12, 15, 17])
_NOTE_S = 0.25


def tune(seconds: float, rate: int, hz: float = 220.0) -> NDArray[np.float32]:
    """Plucked notes with overtones over a hiss that beats: a steady tone is no music [shape=(n,)]."""
    time = np.arange(round(seconds * rate)) / rate
    note = (time / _NOTE_S).astype(np.int64)
    steps = np.random.default_rng(0).choice(_SCALE, int(note[-1]) + 1 if len(note) else 0)
    phase = 2 * np.pi * np.cumsum(hz * 2 ** (steps[note] / 12)) / rate
    decay = np.exp(-5 * (time - note * _NOTE_S))
    tones = sum(np.sin(k * phase) / k for k in range(1, 7))
    hiss = np.random.default_rng(1).normal(0, 0.1, len(time)) * np.exp(-20 * (time % (2 * _NOTE_S)))
    return np.asarray(0.25 * (tones * decay + hiss), np.float32)


@dataclass(frozen=True, eq=False)
class Waveform:
    """All samples of a file.

    Attributes
    ----------
    samples : ndarray of float32 [shape=(n,)]
        Mono.
    sample_rate : int
        In Hz.
    problem : DamagedAudioError or None
        Set where decoding broke off; the samples are those decoded before.
    """

    samples: NDArray[np.float32]
    sample_rate: int
    problem: DamagedAudioError | None = None

    @property
    def duration_s(self) -> float:
        return len(self.samples) / self.sample_rate


def load_audio(path: str | os.PathLike[str], sample_rate: int) -> Waveform:
    """Decode a whole file at a rate in Hz."""
    with open_audio(path) as reader:
        parts = [np.empty(0, dtype=np.float32), *reader.blocks(sample_rate)]
        return Waveform(np.concatenate(parts), sample_rate, reader.problem)
