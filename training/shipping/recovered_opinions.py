"""The second opinion on tracks of which only the spectrogram is at hand, from recovered sound."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.audio.features.feature_stream import patches_of
from genre_desktop.audio.features.patches import network_input
from genre_desktop.core.errors import DatasetFormatError
from training.datasets.loading import should_report_progress
from training.datasets.npz_arrays import read_arrays
from training.datasets.npz_dataset import read_npz
from training.datasets.recovered_sound import recover_sound
from training.datasets.taggrams import Taggrams
from training.fitting.second_opinion import SecondOpinion, TrackOpinions

SPECTROGRAMS = FeatureConfig()
"""How the spectrograms of the file were computed; its columns are a choice of these frames."""


def recovered_opinions(
    data: Taggrams, mels: Path, config: FeatureConfig, opinion: SecondOpinion, reporter: Callable[[str], None]
) -> TrackOpinions:
    """Hear the tracks of taggrams by the spectrograms of the same names.

    Parameters
    ----------
    data : Taggrams
    mels : Path
        As `read_npz` reads it, with ``col2frame`` int [n_columns], the frame of each column.
    config : FeatureConfig
        Of the tagger, in the middle of whose patches the second network listens.
    opinion : SecondOpinion
    reporter : callable
        Receives a message now and then.

    Returns
    -------
    TrackOpinions

    Raises
    ------
    DatasetFormatError
        Where a track has no spectrogram, or the file does not tell the frames of its columns.
    """
    frames = read_arrays(mels, frozenset(("col2frame",))).get("col2frame")
    spectrograms = read_npz(mels)
    row = {track.name: number for number, track in enumerate(spectrograms.tracks)}
    missing = [track.name for track in data.tracks if track.name not in row]
    if frames is None or missing:
        reason = f"it has no spectrogram of {missing[0]}" if missing else "it lacks the array col2frame"
        raise DatasetFormatError(path=mels, reason=reason)
    joined = replace(config, middle=opinion.config)
    evidence = []
    for number, track in enumerate(data.tracks, start=1):
        samples = recover_sound(spectrograms.frames(row[track.name]), frames, SPECTROGRAMS)
        logits = np.asarray(opinion.model.predict_on_batch(_middles(samples, joined)))
        evidence.append(opinion.evidence(logits, data.labels).mean(axis=0))
        if should_report_progress(number, len(data.tracks)):
            reporter(f"sound of {number} of {len(data.tracks)} spectrograms recovered and heard")
    return TrackOpinions(opinion, np.array(evidence), "sounds heard in what spectrograms give back of the sound")


def _middles(samples: NDArray[np.float32], config: FeatureConfig) -> NDArray[np.float32]:
    """The input of the second network for each patch [shape=(n_patches, *config.middle.input_shape)]."""
    import soxr

    assert config.middle is not None
    resampled = soxr.resample(samples, SPECTROGRAMS.sample_rate, config.sample_rate)
    rows = network_input(patches_of(resampled, config), config)
    shape = config.middle.input_shape
    return rows[:, -int(np.prod(shape)) :].reshape(-1, *shape)
