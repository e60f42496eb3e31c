"""TensorFlow's spectra and mel filters, of which YAMNet's published features are made (``features.py``)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.features.config import FeatureConfig


def tensorflow_filters(config: FeatureConfig) -> NDArray[np.float32]:
    """Filters in the layout of ours [shape=(n_mels, n_bins)]; `n_fft` must be even."""
    import tensorflow as tf

    filters = tf.signal.linear_to_mel_weight_matrix(
        num_mel_bins=config.n_mels,
        num_spectrogram_bins=config.n_fft // 2 + 1,
        sample_rate=config.sample_rate,
        lower_edge_hertz=config.fmin,
        upper_edge_hertz=config.fmax,
        dtype=tf.float64,
    )
    return np.asarray(filters.numpy().T)


def tensorflow_log_mel(samples: NDArray[Any], config: FeatureConfig) -> NDArray[np.float64]:
    """Mel magnitude of frames that begin at each hop, in dB [shape=(n_frames, n_mels)]."""
    import tensorflow as tf

    spectra = tf.signal.stft(
        tf.constant(samples, tf.float64), config.win_length, config.hop_length, fft_length=config.n_fft
    )
    mel = np.abs(spectra.numpy()) @ tensorflow_filters(config).T
    return np.asarray(20.0 * np.log10(np.maximum(mel, 1e-5)))
