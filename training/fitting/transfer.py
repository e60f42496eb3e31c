"""Transfer from a pre-trained tagger: a linear head on its tags, judged and calibrated on folds.

The tagger stays as it is. A head takes milliseconds to fit, so that every figure, the
temperature, the threshold of "unsure" and the gate come from folds in which no head is
asked about an artist that it has learned from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.i18n import tr
from genre_desktop.model.aggregate import Aggregation
from genre_desktop.model.bundles.feature_gate import FeatureGate
from training.datasets.loading import Say
from training.datasets.splits import TrackSplit, make_folds
from training.datasets.taggrams import LEAST_PROBABILITY, Taggrams
from training.evaluation.calibration import TEMPERATURE_RANGE
from training.fitting.cross_validation import ScoreTrack, predict_out_of_fold
from training.fitting.fold_metrics import FoldMetrics, compute_fold_metrics, fold_protocol
from training.fitting.linear_head import LinearHead, fit_head

if TYPE_CHECKING:
    import keras

REPEATS = 3
"""Cross-validations with other folds: a single one says nothing of its own chance."""

GATE_SHRINKAGE = 0.5
"""Of the gate's covariance: with less, the farthest music is as far away as noise is."""

LEAST_VARIANCE = 0.02
"""Of a logit, for the gate: with less, as of tracks that are all alike, rounding makes the covariance indefinite."""

GATE_MARGIN = 1.15
"""Of the gate's distance over the farthest held-out track: music made otherwise than the
training set's, a guitar alone or a chiptune, lies farther out than any of it."""

METHOD: Aggregation = "mean_logit"
"""The mean of a linear head's logits is its answer for the mean of the tags."""


@dataclass(frozen=True, eq=False)
class HeadPlan:
    """What a head is fitted with beside the tracks.

    Attributes
    ----------
    tags : tuple of str
        Names of the tagger's outputs.
    nuisance : ndarray of float64 [shape=(n_tags, n_tags)] or None
        How the tags of one recording differ between sources and levels.
    least_temperature : float
        No head on the tagger is believed to be surer than this makes it.
    """

    tags: tuple[str, ...]
    nuisance: NDArray[np.float64] | None
    least_temperature: float = TEMPERATURE_RANGE[0]

    def fit(self, data: Taggrams, tracks: NDArray[np.int64]) -> LinearHead:
        """Fit a head to some of the tracks."""
        groups = data.groups
        return fit_head(
            data.mean_evidence()[tracks],
            data.truth[tracks],
            [groups[i] for i in tracks],
            data.labels,
            tags=self.tags,
            nuisance=self.nuisance,
        )


@dataclass(frozen=True, eq=False)
class Validation:
    """What the folds tell.

    Attributes
    ----------
    figures : FoldFigures
    refuse_beyond : float
        `GATE_MARGIN` beyond the farthest of their tracks from the genres of its fold.
    protocol : str
    """

    figures: FoldMetrics
    refuse_beyond: float
    protocol: str


def cross_validate(
    data: Taggrams, plan: HeadPlan, by: str, seed: int, folds: int, say: Say = lambda _sentence: None
) -> Validation:
    """Judge and calibrate on tracks that each head had not seen.

    Parameters
    ----------
    data : Taggrams
    plan : HeadPlan
    by : {"artist", "track"}
        What a fold keeps together.
    seed : int
        Of the first cross-validation's folds; the others have the seeds after it.
    folds : int
    say : callable
        Gets a sentence after each fold.

    Returns
    -------
    Validation
    """
    distances: list[float] = []

    def fit_fold(fold: TrackSplit, _number: int) -> ScoreTrack:
        head = plan.fit(data, fold.train)
        gate = FeatureGate.from_card({**gate_statistics(data, fold.train), "refuse_beyond": 1.0})

        def score(track: int) -> NDArray[np.float32]:
            distances.append(gate.distance(data.logits(track)))
            return head.probabilities(data.evidence(track))

        return score

    repeats = [make_folds(data, by, seed + repeat, folds) for repeat in range(REPEATS)]
    runs = [predict_out_of_fold(data, made, fit_fold, say, METHOD) for made in repeats]
    protocol = fold_protocol(data, by, len(repeats[0]), tr("head"))
    return Validation(
        compute_fold_metrics(data, runs, METHOD, seed, plan.least_temperature), GATE_MARGIN * max(distances), protocol
    )


def gate_statistics(data: Taggrams, tracks: NDArray[np.int64]) -> dict[str, Any]:
    """Class means and their common covariance, of the mean logits of tracks; rounded, as the card has them."""
    features, truth = data.mean_logits()[tracks], data.truth[tracks]
    everything = features.mean(axis=0)
    means = np.array(
        [
            features[truth == genre].mean(axis=0) if (truth == genre).any() else everything
            for genre in range(len(data.labels))
        ]
    )
    offsets = features - means[truth]
    covariance = offsets.T @ offsets / max(1, len(offsets) - len(np.unique(truth)))
    diagonal = np.diag(np.maximum(np.diag(covariance), LEAST_VARIANCE))
    covariance = (1 - GATE_SHRINKAGE) * covariance + GATE_SHRINKAGE * diagonal
    return {"means": np.round(means, 3).tolist(), "covariance": np.round(covariance, 4).tolist()}


def tag_table(data: Taggrams, names: Sequence[str]) -> dict[str, Any]:
    """What is usual of each tag over the tracks, as the card has it."""
    logits = data.mean_logits()
    return {
        "names": list(names),
        "logit_mean": np.round(logits.mean(axis=0), 3).tolist(),
        "logit_deviation": np.round(np.maximum(logits.std(axis=0), 1e-2), 3).tolist(),
    }


def build_classifier(tagger: keras.Model, head: LinearHead) -> keras.Model:
    """One network from patches to genres.

    Parameters
    ----------
    tagger : keras.Model
        Its layer ``tag_logits`` gives the logits of the tags.
    head : LinearHead

    Returns
    -------
    keras.Model
        With the layers ``tag_logits``, ``tags`` (their probabilities) and ``genres``.
    """
    import keras
    from keras import layers

    from genre_desktop.model.layers import ClippedLogit

    logits = tagger.get_layer("tag_logits").output
    tags = layers.Activation("sigmoid", name="tags")(logits)
    evidence = ClippedLogit(LEAST_PROBABILITY, name="tag_evidence")(tags)
    genres = layers.Dense(len(head.bias), activation="softmax", name="genres")
    model = keras.Model(tagger.input, genres(evidence), name="tags_to_genres")
    genres.set_weights([head.weights.astype(np.float32), head.bias.astype(np.float32)])
    return model
