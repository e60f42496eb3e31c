"""Recipes: network architectures, each with the settings it is fitted with.

Backend-neutral Keras 3, so that a recipe can be fitted on any Keras backend.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.core.errors import UnknownRecipeError
from training.datasets.augmentation import AugmentSettings

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class Recipe:
    """A network architecture and the settings of its training.

    Attributes
    ----------
    name : str
    description : str
    build : callable
        ``build(config, n_genres, seed)`` gives an uncompiled model from patches
        float32 [batch, n_frames, n_mels] to probabilities [batch, n_genres].
    batch_size : int
    learning_rate : float
        Initial learning rate of Adam; it falls along a half cosine to a hundredth of that.
    augment : AugmentSettings
    """

    name: str
    description: str
    build: Callable[[FeatureConfig, int, int], keras.Model]
    batch_size: int = 32
    learning_rate: float = 1.5e-3
    augment: AugmentSettings = field(default_factory=AugmentSettings)


FILTERS = (16, 24, 48, 96, 128)


def build_cnn(config: FeatureConfig, n_genres: int, seed: int, *, with_mfcc: bool = False) -> keras.Model:
    """A CNN of five convolution blocks and two dense layers, that of the notebook project before this program.

    Each block is a 3x3 convolution, a 2x2 maximum, batch normalisation and ReLU; dropout
    of 0.3 and 0.5 is before the dense layers. The mean over time makes the output
    independent of where in the patch a sound is; the mel axis is kept.

    Input shape
        ``(batch, patch_frames, n_mels)``, values 0..1

    Output shape
        ``(batch, n_genres)``, probabilities
    """
    import keras
    from keras import layers

    from genre_desktop.model.layers import MelCepstrum

    keras.utils.set_random_seed(seed)
    patch = keras.Input((config.patch_frames, config.n_mels), name="patch")
    x = layers.Reshape((config.patch_frames, config.n_mels, 1))(patch)
    # Without scale and offset, which the normalisation after the first convolution would make
    # redundant: their gradient back to the input would cost a twelfth of the fitting time.
    x = layers.BatchNormalization(momentum=0.9, center=False, scale=False, name="level")(x)
    for i, filters in enumerate(FILTERS):
        x = layers.Conv2D(filters, 3, padding="same", use_bias=False, name=f"conv{i + 1}")(x)
        # Pooled first: the maximum commutes with ReLU, and normalising a quarter of the
        # values saves a third of the time.
        x = layers.MaxPooling2D(2, name=f"pool{i + 1}")(x)
        x = layers.BatchNormalization(momentum=0.9, name=f"norm{i + 1}")(x)
        x = layers.ReLU(name=f"relu{i + 1}")(x)
    frames_left = config.patch_frames // 2 ** len(FILTERS)
    x = layers.AveragePooling2D((frames_left, 1), name="over_time")(x)
    x = layers.Flatten(name="flat")(x)
    if with_mfcc:
        y = MelCepstrum(config.n_mfcc, name="mfcc")(patch)
        y = layers.BatchNormalization(momentum=0.9, name="mfcc_level")(y)
        y = layers.Conv1D(32, 5, padding="same", activation="relu", name="mfcc_conv1")(y)
        y = layers.MaxPooling1D(4, name="mfcc_pool1")(y)
        y = layers.Conv1D(48, 5, padding="same", activation="relu", name="mfcc_conv2")(y)
        y = layers.GlobalAveragePooling1D(name="mfcc_over_time")(y)
        x = layers.Concatenate(name="both")([x, y])
    x = layers.Dropout(0.3, seed=seed, name="dropout1")(x)
    x = layers.Dense(128, use_bias=False, name="dense1")(x)
    x = layers.BatchNormalization(momentum=0.9, name="dense_norm")(x)
    x = layers.ReLU(name="dense_relu")(x)
    x = layers.Dropout(0.5, seed=seed + 1, name="dropout2")(x)
    genres = layers.Dense(n_genres, activation="softmax", dtype="float32", name="genres")(x)
    return keras.Model(patch, genres, name="cnn_mfcc" if with_mfcc else "cnn")


def _build_cnn_mfcc(config: FeatureConfig, n_genres: int, seed: int) -> keras.Model:
    return build_cnn(config, n_genres, seed, with_mfcc=True)


RECIPES: dict[str, Recipe] = {
    "cnn": Recipe("cnn", "convolutional network on log-mel patches", build_cnn),
    "cnn-mfcc": Recipe(
        "cnn-mfcc", "convolutional network on log-mel patches with a second branch for MFCCs", _build_cnn_mfcc
    ),
}


TRANSFER = "musicnn"
"""The recipe that fits a head on the shipped tagger instead of a network (`training.pipelines.head_parts`)."""

TRANSFER_DESCRIPTION = "linear head on the 50 tags of the pre-trained MSD_musicnn: minutes, and good with few tracks"


def descriptions() -> dict[str, str]:
    """The description of every recipe by its name."""
    return {TRANSFER: TRANSFER_DESCRIPTION} | {name: recipe.description for name, recipe in RECIPES.items()}


def get_recipe(name: str) -> Recipe:
    """A recipe by its name.

    Raises
    ------
    UnknownRecipeError
    """
    try:
        return RECIPES[name]
    except KeyError:
        raise UnknownRecipeError(name=name, known=", ".join(descriptions())) from None


def count_multiply_adds(model: keras.Model) -> int:
    """Multiply-adds of a forward pass of one example, convolutions and dense layers counted."""
    import keras
    import numpy as np

    total = 0
    for layer in model.layers:
        if isinstance(layer, (keras.layers.Conv1D, keras.layers.Conv2D)):
            positions = int(np.prod(layer.output.shape[1:-1]))
            total += positions * int(np.prod(layer.kernel.shape))
        elif isinstance(layer, keras.layers.Dense):
            total += int(np.prod(layer.kernel.shape)) * int(np.prod(layer.output.shape[1:-1], initial=1))
    return total
