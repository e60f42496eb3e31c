"""Answers of a model to synthetic signals and degraded recordings, classified from files as by the program."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.decode.audio_reader import open_audio
from genre_desktop.model.classify_file import BLOCK_S, classify_file
from genre_desktop.model.prediction import NOT_MUSIC, UNSURE, Prediction
from genre_desktop.model.predictor import Predictor
from training.robustness.degradations import DEGRADATIONS, Degradation, write_degraded, write_sound
from training.robustness.signals import SIGNALS, Signal

_UNCHANGED = Degradation("as it is")


@dataclass(frozen=True)
class SignalAnswer:
    """The answer of a model to a signal that is no music.

    Attributes
    ----------
    signal : Signal
    genre : str or None
        A genre, ``"unsure"`` or ``"not music"``; ``None`` where the signal could not be made.
    first_genre : str or None
        The most probable genre regardless of the gates; ``None`` if nothing was scored.
    confidence : float or None
        The probability of `first_genre`, 0..1.
    reasons : tuple of str
        The reasons that the program shows, or why the signal could not be made.
    """

    signal: Signal
    genre: str | None
    first_genre: str | None
    confidence: float | None
    reasons: tuple[str, ...]

    @property
    def is_fooled(self) -> bool:
        """True if the model names a genre."""
        return self.genre not in (None, UNSURE, NOT_MUSIC)


def probe_signals(
    predictor: Predictor,
    signals: Sequence[Signal] = SIGNALS,
    *,
    seconds: float = 15.0,
    sample_rate: int = 44_100,
    peak_db: float = -6.0,
    seed: int = 0,
) -> list[SignalAnswer]:
    """Classify signals that are no music.

    Parameters
    ----------
    predictor : Predictor
    signals : sequence of Signal
    seconds, sample_rate, peak_db, seed
        Parameters of the signals, see `Signal.make`.

    Returns
    -------
    list of SignalAnswer
        An answer for each signal, in their order.
    """
    answers = []
    with tempfile.TemporaryDirectory() as folder:
        for signal in signals:
            if signal.unavailable is not None:
                answers.append(SignalAnswer(signal, None, None, None, (signal.unavailable,)))
                continue
            path = Path(folder) / "signal.wav"
            sound = signal.make(seconds, sample_rate, seed=seed, peak_db=peak_db)
            write_sound(path, sound[:, np.newaxis], sample_rate, _UNCHANGED)
            answer = classify_file(path, predictor)
            first = first_genre(answer)
            answers.append(SignalAnswer(signal, answer.genre, first, answer.confidence, answer.reasons))
    return answers


def probe_degradations(
    predictor: Predictor,
    clips: Sequence[Path],
    degradations: Sequence[Degradation] = DEGRADATIONS,
    *,
    seed: int = 0,
) -> dict[str, tuple[int, int]]:
    """Count how many recordings keep their most probable genre under each degradation.

    Parameters
    ----------
    predictor : Predictor
    clips : sequence of Path
        Sound files; each is compared with its degraded versions.
    degradations : sequence of Degradation
    seed : int
        For added noise.

    Returns
    -------
    dict of str to (int, int)
        For each degradation by name, the number of recordings that keep their genre, and of all.
        Recordings of which nothing is scored are not counted.
    """
    kept = {degradation.name: 0 for degradation in degradations}
    n = 0
    with tempfile.TemporaryDirectory() as folder:
        for number, clip in enumerate(clips):
            genre = first_genre(classify_file(clip, predictor))
            if genre is None:
                continue
            n += 1
            samples, sample_rate = read_mono(clip)
            for degradation in degradations:
                path = write_degraded(samples, sample_rate, degradation, Path(folder) / "clip", seed=seed + number)
                kept[degradation.name] += first_genre(classify_file(path, predictor)) == genre
                path.unlink()
    return {name: (same, n) for name, same in kept.items()}


def first_genre(prediction: Prediction) -> str | None:
    """The most probable genre regardless of the gates; ``None`` if nothing was scored."""
    probabilities = prediction.probabilities
    return max(probabilities, key=probabilities.__getitem__) if probabilities else None


def read_mono(path: Path) -> tuple[NDArray[np.float32], int]:
    """All of a sound file at its own sampling rate: samples [shape=(n,)] and the rate in Hz."""
    with open_audio(path) as reader:
        rate = reader.info.sample_rate
        return np.concatenate([np.empty(0, np.float32), *reader.blocks(rate, BLOCK_S)]), rate
