"""A recipe whose network is small enough to be fitted within seconds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from genre_desktop.audio.features.config import FeatureConfig
from training.fitting.fit import EpochReport
from training.fitting.recipes import Recipe
from training.pipelines.request import TrainRequest


def small_recipe(dropout: float = 0.0) -> Recipe:
    """A dense layer on the mean over time, with or without dropout."""

    def build(config: FeatureConfig, n_genres: int, seed: int) -> Any:
        import keras

        keras.utils.set_random_seed(seed)
        patch = keras.Input((config.patch_frames, config.n_mels))
        x = keras.layers.GlobalAveragePooling1D()(patch)
        if dropout:
            x = keras.layers.Dropout(dropout, seed=seed)(x)
        return keras.Model(patch, keras.layers.Dense(n_genres, activation="softmax")(x))

    return Recipe("small", "a layer", build, learning_rate=0.1)


def small_request(dataset: Path, out: Path, **options: Any) -> TrainRequest:
    """A request for four epochs of the recipe ``small``, with further options."""
    return replace(TrainRequest(dataset, out, recipe="small", epochs=4), **options)


def kill(_report: EpochReport) -> None:
    """End the training after its first epoch as if the process had been killed."""
    raise KeyboardInterrupt


class StopAfter:
    """Stops a training after some batches."""

    def __init__(self, batches: int) -> None:
        self.left = batches

    def __call__(self) -> bool:
        self.left -= 1
        return self.left < 0
