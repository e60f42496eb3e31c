"""A whole recording in memory, for short ones."""

from __future__ import annotations

import os
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.decode.audio_reader import open_audio
from genre_desktop.core.errors import DamagedAudioError


@dataclass(frozen=True, eq=False)
class Waveform:
    """Samples of a recording.

    Attributes
    ----------
    samples : ndarray of float32 [shape=(n,)]
        Mono.
    sample_rate : int
        In Hz.
    problem : DamagedAudioError or None
        Set where decoding broke off; the samples are those read before.
    """

    samples: NDArray[np.float32]
    sample_rate: int
    problem: DamagedAudioError | None = None

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return len(self.samples) / self.sample_rate


def load_audio(path: str | os.PathLike[str], sample_rate: int) -> Waveform:
    """Decode a whole file: for training clips and tests, not for a three-hour mix.

    Parameters
    ----------
    path : path-like
    sample_rate : int
        Wanted rate in Hz.

    Returns
    -------
    Waveform

    Raises
    ------
    AudioError
        As `open_audio` does.
    """
    with open_audio(path) as reader:
        parts = [np.empty(0, dtype=np.float32), *reader.blocks(sample_rate)]
        return Waveform(np.concatenate(parts), sample_rate, reader.problem)
