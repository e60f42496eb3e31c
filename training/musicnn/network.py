"""The network as it was published, in backend-neutral Keras 3.

J. Pons and X. Serra, *musicnn: Pre-trained convolutional neural networks for music audio
tagging*, late-breaking demo at ISMIR 2019; trained on the Million Song Dataset with the 50
most frequent tags of Last.fm. Source and weights are under the ISC licence (`NOTICE`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from genre_desktop.audio.features.config import FeatureConfig

if TYPE_CHECKING:
    import keras

TAGS: tuple[str, ...] = tuple(
    "rock|pop|alternative|indie|electronic|female vocalists|dance|00s|alternative rock|jazz|beautiful|metal|"
    "chillout|male vocalists|classic rock|soul|indie rock|Mellow|electronica|80s|folk|90s|chill|instrumental|"
    "punk|oldies|blues|hard rock|ambient|acoustic|experimental|female vocalist|guitar|Hip-Hop|70s|party|country|"
    "easy listening|sexy|catchy|funk|electro|heavy metal|Progressive rock|60s|rnb|indie pop|sad|House|happy".split("|")
)
"""The tags in the order of the outputs, spelt as Last.fm's users did."""

SHOWN_AS: dict[str, str] = {
    "female vocalists": "female vocals",
    "female vocalist": "female vocals",
    "male vocalists": "male vocals",
    "Hip-Hop": "hip-hop",
    "House": "house",
    "Mellow": "mellow",
    "Progressive rock": "progressive rock",
    "chill": "chillout",
    "electronica": "electronic",
    "rnb": "R&B",
    # These are opinions and say nothing about the sound.
    "beautiful": "",
    "sexy": "",
    "catchy": "",
}
"""Shown names of tags, where they differ from the tags; empty for tags that are not shown."""

NOTICE = (
    "MSD_musicnn: Copyright (c) Music Technology Group, Universitat Pompeu Fabra 2019. Code developed by "
    "Jordi Pons (www.jordipons.me). Permission to use, copy, modify, and/or distribute this software for any "
    "purpose with or without fee is hereby granted, provided that the above copyright notice and this permission "
    'notice appear in all copies. THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH '
    "REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL "
    "THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER "
    "RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS "
    "ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE."
)
"""The ISC licence of code and weights, which must go with every copy."""

MUSICNN_FEATURES = FeatureConfig(
    sample_rate=16_000,
    n_fft=512,
    hop_length=256,
    n_mels=96,
    fmin=0.0,
    fmax=8_000.0,
    patch_frames=187,
    patch_hop=94,
    scaling="log_power",
    reference_db=-7.0,
)
"""Input of the network: patches of three seconds that overlap by half. The published program does not normalise
the level; the reference level is the mean of the recordings on the training list."""

TIMBRAL_HEIGHTS = (38, 67)
"""Mel bands that the timbral kernels cover: 0.4 and 0.7 of the 96."""

TEMPORAL_LENGTHS = (128, 64, 32)
"""Frames that the temporal kernels cover."""

TIMBRAL_FRAMES = 7
FRONT = (*(f"timbral{height}" for height in TIMBRAL_HEIGHTS), *(f"temporal{length}" for length in TEMPORAL_LENGTHS))
"""Names of the front end's convolutions."""

N_TIMBRAL, N_TEMPORAL, N_MIDEND, N_PENULTIMATE = 204, 51, 64, 200
PUBLISHED_WIDTHS = (N_TIMBRAL, N_TIMBRAL, N_TEMPORAL, N_TEMPORAL, N_TEMPORAL)
EPSILON = 1e-3


def build_musicnn(widths: Sequence[int] = PUBLISHED_WIDTHS) -> keras.Model:
    """The network of the paper, with random weights.

    Parameters
    ----------
    widths : sequence of int
        Kernels of each convolution in `FRONT`.

    Input shape
        ``(batch, 187, 96)``, ``log10(10000 x + 1)`` of the mel power ``x``

    Output shape
        ``(batch, 50)``, logits of `TAGS`
    """
    import keras
    from keras import layers

    config = MUSICNN_FEATURES
    patch = keras.Input((config.patch_frames, config.n_mels), name="patch")
    x = layers.Reshape((config.patch_frames, config.n_mels, 1))(patch)
    level = layers.BatchNormalization(epsilon=EPSILON, name="level")(x)
    padded = layers.ZeroPadding2D((TIMBRAL_FRAMES // 2, 0))(level)
    width = dict(zip(FRONT, widths, strict=True))
    front = []
    for height in TIMBRAL_HEIGHTS:
        name = f"timbral{height}"
        timbral = layers.Conv2D(width[name], (TIMBRAL_FRAMES, height), activation="relu", name=name)
        front.append(_over_frequency(padded, timbral))
    for length in TEMPORAL_LENGTHS:
        name = f"temporal{length}"
        temporal = layers.Conv2D(width[name], (length, 1), padding="same", activation="relu", name=name)
        front.append(_over_frequency(level, temporal))
    logits = _back_end(layers.Concatenate(name="front")(front))
    return keras.Model(patch, logits, name="msd_musicnn")


def _over_frequency(x: Any, convolution: keras.layers.Layer) -> Any:
    """Convolution, batch normalisation, and the maximum over the rest of the mel axis."""
    from keras import layers

    y = convolution(x)
    y = layers.BatchNormalization(epsilon=EPSILON, name=f"{convolution.name}_norm")(y)
    y = layers.MaxPooling2D((1, y.shape[2]), name=f"{convolution.name}_pool")(y)
    return layers.Reshape((y.shape[1], y.shape[3]))(y)


def _back_end(front: Any) -> Any:
    """From the maps of the front end to the logits of the tags."""
    from keras import layers

    maps = [front]
    for number in (1, 2, 3):
        y = layers.Conv1D(N_MIDEND, TIMBRAL_FRAMES, padding="same", activation="relu", name=f"mid{number}")(maps[-1])
        y = layers.BatchNormalization(epsilon=EPSILON, name=f"mid{number}_norm")(y)
        maps.append(y if number == 1 else layers.Add()([y, maps[-1]]))
    x = layers.Concatenate(name="maps")(maps)
    n_maps = x.shape[2]
    # Maximum and mean of each map are adjacent: the order of the published weights of the dense layer.
    over_time = [
        layers.Reshape((n_maps, 1))(pool(name=name)(x))
        for name, pool in (("time_max", layers.GlobalMaxPooling1D), ("time_mean", layers.GlobalAveragePooling1D))
    ]
    x = layers.Reshape((2 * n_maps,))(layers.Concatenate(name="over_time")(over_time))
    x = layers.BatchNormalization(epsilon=EPSILON, name="over_time_norm")(x)
    x = layers.Dense(N_PENULTIMATE, activation="relu", name="penultimate")(x)
    x = layers.BatchNormalization(epsilon=EPSILON, name="penultimate_norm")(x)
    return layers.Dense(len(TAGS), name="tag_logits")(x)
