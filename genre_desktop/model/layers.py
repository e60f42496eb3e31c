"""Keras layers of our own, registered so that a bundle loads without ``training``.

Backend-neutral Keras 3: no TensorFlow calls. Importing this module imports Keras.
"""

from __future__ import annotations

from typing import Any

import keras

from genre_desktop.audio.features.log_mel import dct_basis


@keras.saving.register_keras_serializable(package="genre_desktop")
class MelCepstrum(keras.layers.Layer):
    """Mel-frequency cepstral coefficients of a log-mel patch, inside the network.

    The type II cosine transform of the mel axis with orthonormal scaling, as
    `librosa.feature.mfcc` has it: the second branch of the notebook's network then needs
    no second input.

    Parameters
    ----------
    n_mfcc : int
        How many coefficients are kept.

    Input shape
        ``(batch, n_frames, n_mels)``

    Output shape
        ``(batch, n_frames, n_mfcc)``
    """

    def __init__(self, n_mfcc: int = 13, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.n_mfcc = n_mfcc
        self._basis: Any = None

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        """Lay out the cosine basis [shape=(n_mels, n_mfcc)]."""
        n_mels = int(input_shape[-1] or 0)
        if n_mels < self.n_mfcc:
            raise ValueError(f"n_mfcc may not exceed n_mels. Received: n_mfcc={self.n_mfcc}, n_mels={n_mels}")
        self._basis = dct_basis(n_mels, self.n_mfcc)

    def call(self, inputs: Any) -> Any:
        """Transform the last axis."""
        return keras.ops.matmul(inputs, keras.ops.convert_to_tensor(self._basis, dtype=inputs.dtype))

    def compute_output_shape(self, input_shape: tuple[int | None, ...]) -> tuple[int | None, ...]:
        """Shape of the output."""
        return (*input_shape[:-1], self.n_mfcc)

    def get_config(self) -> dict[str, Any]:
        """Arguments for serialization."""
        return {**super().get_config(), "n_mfcc": self.n_mfcc}


@keras.saving.register_keras_serializable(package="genre_desktop")
class ClippedLogit(keras.layers.Layer):
    """Log-odds of probabilities, cut at those of `least` and its complement.

    What an unlikely tag's probability is exactly, a millionth or a billionth, is noise: the
    cut keeps it from outweighing the others.

    Parameters
    ----------
    least : float
        Smallest probability that counts, 1e-6..0.5: float32 tells no probability nearer to 1 from it.

    Input shape
        ``(..., n)``, probabilities

    Output shape
        ``(..., n)``
    """

    def __init__(self, least: float = 1e-3, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if not 1e-6 <= least < 0.5:
            raise ValueError(f"least must be at least 1e-6 and below 0.5. Received: {least}")
        self.least = least

    def call(self, inputs: Any) -> Any:
        """Log-odds of the inputs."""
        clipped = keras.ops.clip(inputs, self.least, 1.0 - self.least)
        return keras.ops.log(clipped / (1.0 - clipped))

    def compute_output_shape(self, input_shape: tuple[int | None, ...]) -> tuple[int | None, ...]:
        """Shape of the output."""
        return input_shape

    def get_config(self) -> dict[str, Any]:
        """Arguments for serialization."""
        return {**super().get_config(), "least": self.least}
