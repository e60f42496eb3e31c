"""A second opinion on the genres: classes of AudioSet that bear their names, by a network that is not trained here.

The blend is a product of experts with a fixed weight: the log-probabilities of the head, and the log-odds of the class
of each genre. It is made within each patch, so that parts of a track and live listening have it, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.features.config import FeatureConfig
from training.datasets.taggrams import LEAST_PROBABILITY, log_odds
from training.fitting.linear_head import LinearHead
from training.fitting.network_copy import copy_part

if TYPE_CHECKING:
    import keras

WEIGHT = 0.3
"""Factor of the log-odds, chosen on 229 training tracks with sound, out of fold (``training/EXPERIMENTS.md``)."""

LEAST_CLASS_PROBABILITY = 1e-4
"""Smallest probability of a class that is distinguished; with 1e-3 and 1e-2 the log loss is higher."""

GENRE_CLASSES: dict[str, str] = {
    "blues": "Blues",
    "classical": "Classical music",
    "country": "Country",
    "disco": "Disco",
    "hiphop": "Hip hop music",
    "jazz": "Jazz",
    "metal": "Heavy metal",
    "pop": "Pop music",
    "reggae": "Reggae",
    "rock": "Rock music",
}
"""The class of AudioSet that bears the name of each genre of GTZAN."""


@dataclass(frozen=True, eq=False)
class SecondOpinion:
    """A network of sounds, and which of them are genres.

    Attributes
    ----------
    model : keras.Model
        From scaled patches; its layer ``class_logits`` gives the logits of the classes.
    config : FeatureConfig
        Features of its input, which lies in the middle of a patch of the tagger.
    classes : tuple of str
        Names of its outputs.
    licence : str
        Notice that must go with every copy.
    """

    model: keras.Model
    config: FeatureConfig
    classes: tuple[str, ...]
    licence: str

    def columns(self, labels: Sequence[str]) -> list[int]:
        """Positions of the classes that bear the names of genres.

        Raises
        ------
        KeyError, ValueError
            Where a genre has no class.
        """
        return [self.classes.index(GENRE_CLASSES[label]) for label in labels]

    def evidence(self, class_logits: NDArray[np.floating[Any]], labels: Sequence[str]) -> NDArray[np.float64]:
        """Clipped log-odds of each genre's class [shape=(n, n_genres)] from all logits [shape=(n, n_classes)]."""
        named = class_logits[:, self.columns(labels)].astype(np.float64)
        return log_odds(1.0 / (1.0 + np.exp(-np.clip(named, -50.0, 50.0))), LEAST_CLASS_PROBABILITY)


@dataclass(frozen=True, eq=False)
class TrackOpinions:
    """The second opinion on the tracks of a data set.

    Attributes
    ----------
    opinion : SecondOpinion
    evidence : ndarray of float64 [shape=(n_tracks, n_genres)]
        Mean over the patches of each track.
    protocol : str
        From what sound it was computed, in a sentence.
    """

    opinion: SecondOpinion
    evidence: NDArray[np.float64]
    protocol: str


def blend(
    probabilities: NDArray[np.floating[Any]], evidence: NDArray[np.float64], temperature: float
) -> NDArray[np.float32]:
    """The blended probabilities of patches.

    Parameters
    ----------
    probabilities : ndarray [shape=(n, n_genres)]
        Of the head, uncalibrated.
    evidence : ndarray of float64 [shape=(n, n_genres) or (n_genres,)]
    temperature : float
        Of the head alone.

    Returns
    -------
    ndarray of float32 [shape=(n, n_genres)]
    """
    logits = np.log(np.maximum(probabilities.astype(np.float64), 1e-30)) / temperature + WEIGHT * evidence
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True), np.float32)


def build_blended_classifier(
    tagger: keras.Model, head: LinearHead, temperature: float, opinion: SecondOpinion, labels: Sequence[str]
) -> keras.Model:
    """Join tagger, head and second opinion to one network from patches to genres.

    Parameters
    ----------
    tagger : keras.Model
        Its layer ``tag_logits`` gives the logits of the tags.
    head : LinearHead
    temperature : float
        Of the head alone.
    opinion : SecondOpinion
    labels : sequence of str
        Genres in the order of the head's outputs.

    Returns
    -------
    keras.Model
        From rows as `genre_desktop.audio.features.patches.network_input` makes them. With the layers ``tagger_input``
        and ``sounds_input``, ``tag_logits`` and ``class_logits``, ``tags`` and ``classes`` (their probabilities) and
        ``genres``.
    """
    import keras
    from keras import layers

    from genre_desktop.model.layers import ClippedLogit

    sounds = opinion.model
    shapes = tagger.input.shape[1:], sounds.input.shape[1:]
    n_whole, n_middle = (int(np.prod(shape)) for shape in shapes)
    patch = keras.Input((n_whole + n_middle,), name="patch")
    values = layers.Reshape((n_whole + n_middle, 1), name="values")(patch)
    whole = layers.Reshape(shapes[0], name="tagger_input")(layers.Cropping1D((0, n_middle), name="whole")(values))
    middle = layers.Reshape(shapes[1], name="sounds_input")(layers.Cropping1D((n_whole, 0), name="middle")(values))
    tags = layers.Activation("sigmoid", name="tags")(copy_part(tagger, tagger.input, tagger.output, whole))
    classes = layers.Activation("sigmoid", name="classes")(copy_part(sounds, sounds.input, sounds.output, middle))
    by_tags = layers.Dense(len(labels), name="head")
    by_classes = layers.Dense(len(labels), use_bias=False, name="second_opinion")
    logits = layers.Add(name="blend")(
        [
            by_tags(ClippedLogit(LEAST_PROBABILITY, name="tag_evidence")(tags)),
            by_classes(ClippedLogit(LEAST_CLASS_PROBABILITY, name="class_evidence")(classes)),
        ]
    )
    by_tags.set_weights([(part / temperature).astype(np.float32) for part in (head.weights, head.bias)])
    kernel = np.zeros((len(opinion.classes), len(labels)), np.float32)
    kernel[opinion.columns(labels), np.arange(len(labels))] = WEIGHT
    by_classes.set_weights([kernel])
    return keras.Model(patch, layers.Activation("softmax", name="genres")(logits), name="tags_and_sounds_to_genres")
