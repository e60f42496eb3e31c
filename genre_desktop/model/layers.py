"""The program's own Keras layers, registered so that a bundle loads without ``training``.

Backend-neutral Keras 3: no TensorFlow calls. Importing this module imports Keras.
"""

from __future__ import annotations

from typing import Any

import keras

from genre_desktop.audio.features.log_mel import dct_basis


@keras.saving.register_keras_serializable(package="genre_desktop")
class MelCepstrum(keras.layers.Layer):
    """Mel-frequency cepstral coefficients of a log-mel patch, inside the network.

    The type II cosine transform of the mel axis with orthonormal scaling, as in
    `librosa.feature.mfcc`: a branch of a network that uses them needs no second input.

    Parameters
    ----------
    n_mfcc : int
        Number of coefficients.

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
        """Compute the cosine basis [shape=(n_mels, n_mfcc)]."""
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
    """Log-odds of probabilities, clipped at those of `least` and of ``1 - least``.

    Whether an unlikely tag has a probability of a millionth or of a billionth is noise; without
    the clipping it would outweigh the other tags.

    Parameters
    ----------
    least : float
        Smallest probability that is distinguished, 1e-6..0.5; nearer to 1, float32 has no such differences.

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
