"""Transfer learning: a linear head on the tags of a pre-trained tagger, evaluated and calibrated on folds.

The tagger is not trained. A head takes milliseconds to fit, so all metrics, the temperature,
the threshold of "unsure" and the gate come from cross-validations in which no head scores an
artist that it was fitted to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.i18n import tr
from genre_desktop.model.aggregate import Aggregation
from genre_desktop.model.bundles.feature_gate import FeatureGate
from training.datasets.loading import Reporter
from training.datasets.splits import TrackSplit, make_folds
from training.datasets.taggrams import LEAST_PROBABILITY, Taggrams
from training.evaluation.calibration import TEMPERATURE_RANGE
from training.fitting.cross_validation import OutOfFold, ScoreTrack, predict_out_of_fold
from training.fitting.fold_metrics import FoldMetrics, compute_fold_metrics, fold_protocol
from training.fitting.linear_head import LinearHead, fit_head
from training.fitting.second_opinion import TrackOpinions, blend

if TYPE_CHECKING:
    import keras

REPEATS = 3
"""Number of cross-validations, each with other folds, to see how much depends on the choice of the folds."""

GATE_SHRINKAGE = 0.5
"""Share of the gate's off-diagonal covariance that is shrunk away: with less, some music is as distant as noise."""

LEAST_VARIANCE = 0.02
"""Lower bound of the variance of a logit in the gate: with 0, as of equal tracks, its covariance is indefinite."""

GATE_MARGIN = 1.15
"""Factor from the distance of the farthest held-out track to the limit of the gate: music unlike the training
set, a solo guitar or a chiptune, is more distant than any of its tracks."""

METHOD: Aggregation = "mean_logit"
"""For a linear head the mean of the logits over patches is the logit of the mean evidence."""


@dataclass(frozen=True, eq=False)
class HeadPlan:
    """What a head is fitted with besides the tracks: names and nuisance covariance of the tags.

    Attributes
    ----------
    tags : tuple of str
        Names of the tagger's outputs.
    nuisance : ndarray of float64 [shape=(n_tags, n_tags)] or None
        Covariance of the tags of one recording between sources and levels.
    least_temperature : float
        Lower bound of the temperature of any head on this tagger.
    """

    tags: tuple[str, ...]
    nuisance: NDArray[np.float64] | None
    least_temperature: float = TEMPERATURE_RANGE[0]

    def fit(self, data: Taggrams, tracks: NDArray[np.int64] | None = None) -> LinearHead:
        """Fit a head to some of the tracks (positions in `data`), or to all."""
        groups = data.groups
        tracks = np.arange(len(data.tracks)) if tracks is None else tracks
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
    """Metrics, calibration and gate limit from cross-validations.

    Attributes
    ----------
    folds : FoldMetrics
        Of the head, or of its blend with a second opinion.
    refuse_beyond : float
        Limit of the gate: `GATE_MARGIN` times the distance of the farthest held-out track.
    protocol : str
        How the metrics were obtained, in a sentence.
    head : FoldMetrics or None
        Of the head alone, where `folds` are of a blend.
    """

    folds: FoldMetrics
    refuse_beyond: float
    protocol: str
    head: FoldMetrics | None = None


def cross_validate(
    data: Taggrams,
    plan: HeadPlan,
    by: str,
    seed: int,
    folds: int,
    reporter: Reporter = lambda _message: None,
    opinions: TrackOpinions | None = None,
) -> Validation:
    """Evaluate and calibrate heads on tracks that they had not seen.

    Parameters
    ----------
    data : Taggrams
    plan : HeadPlan
    by : {"artist", "track"}
        What a fold keeps together.
    seed : int
        Of the folds of the first cross-validation; the others have the next seeds.
    folds : int
    reporter : callable
        Receives a message after each fold.
    opinions : TrackOpinions, optional
        With them, the blend is evaluated and calibrated.

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
    runs = [predict_out_of_fold(data, made, fit_fold, reporter, METHOD) for made in repeats]
    protocol = fold_protocol(data, by, len(repeats[0]), tr("head"))
    head = compute_fold_metrics(data, runs, METHOD, seed, plan.least_temperature)
    beyond = GATE_MARGIN * max(distances)
    if opinions is None:
        return Validation(head, beyond, protocol)
    blended = [_blended(run, opinions, head.temperature) for run in runs]
    protocol = f"{protocol}; {opinions.protocol}"
    return Validation(compute_fold_metrics(data, blended, METHOD, seed), beyond, protocol, head)


def _blended(run: OutOfFold, opinions: TrackOpinions, temperature: float) -> OutOfFold:
    # The evidence of the track in each patch: a mean of logits is the same as with the evidence of the patches.
    rows = zip(run.segments, opinions.evidence[run.tracks], strict=True)
    return replace(run, segments=tuple(blend(segments, evidence, temperature) for segments, evidence in rows))


def gate_statistics(data: Taggrams, tracks: NDArray[np.int64]) -> dict[str, Any]:
    """Class means and common covariance of the mean logits of tracks, rounded as in the card."""
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
    """Mean and standard deviation of each tag's logit over the tracks, for the card."""
    logits = data.mean_logits()
    return {
        "names": list(names),
        "logit_mean": np.round(logits.mean(axis=0), 3).tolist(),
        "logit_deviation": np.round(np.maximum(logits.std(axis=0), 1e-2), 3).tolist(),
    }


def build_classifier(tagger: keras.Model, head: LinearHead) -> keras.Model:
    """Join tagger and head to one network from patches to genres.

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
