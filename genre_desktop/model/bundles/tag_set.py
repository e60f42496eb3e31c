"""The tag set of a bundle: tags beyond the genres, and which of them stand out in a track."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.model.genre_names import plain_name

SHOWN_TAGS = 3
"""Most tags that are shown for a track."""

MIN_PROBABILITY = 0.1
"""A tag with a smaller probability is not shown, however far above its usual value it is."""

MIN_DEVIATIONS = 1.0
"""Standard deviations above the mean of music from which on a tag is shown: for about one track in six."""


@dataclass(frozen=True, eq=False)
class TagSet:
    """Tags whose logits are the first features of a network.

    Attributes
    ----------
    names : tuple of str
        As a person reads them; an empty name is never shown. Names may repeat.
    mean, deviation : ndarray of float64 [shape=(n_tags,)]
        Of the logit over the tracks of the training set: "rock" is likely for almost all
        music, so a high probability alone says little.
    """

    names: tuple[str, ...]
    mean: NDArray[np.float64]
    deviation: NDArray[np.float64]

    @classmethod
    def from_card(cls, values: Mapping[str, Any]) -> TagSet:
        """Read ``names``, ``logit_mean`` and ``logit_deviation``.

        Raises
        ------
        KeyError, TypeError, ValueError
            Where the table is malformed.
        """
        names = tuple(str(name) for name in values["names"])
        mean = np.array(values["logit_mean"], dtype=np.float64)
        deviation = np.array(values["logit_deviation"], dtype=np.float64)
        if mean.shape != (len(names),) or deviation.shape != mean.shape:
            raise ValueError(f"{len(names)} names, means {mean.shape}, deviations {deviation.shape}")
        if not (np.isfinite(mean).all() and np.isfinite(deviation).all() and (deviation > 0).all()):
            raise ValueError("a mean or deviation is not finite, or a deviation is not above 0")
        return cls(names, mean, deviation)

    def salient(self, features: NDArray[np.floating[Any]], known: Sequence[str] = ()) -> tuple[str, ...]:
        """The tags that stand out in a track, the one furthest above its mean first.

        Parameters
        ----------
        features : ndarray [shape=(n_patches, at least n_tags)]
            Logits, those of the tags first; their mean over the track counts.
        known : sequence of str
            Names to leave out in any spelling, such as the genres.
        """
        logits = features[:, : len(self.names)].mean(axis=0, dtype=np.float64)
        likely = 1.0 / (1.0 + np.exp(-logits)) >= MIN_PROBABILITY
        deviations = (logits - self.mean) / self.deviation
        found: list[str] = []
        taken = {plain_name(name) for name in known}
        for i in np.argsort(-deviations, kind="stable"):
            name = self.names[i]
            if likely[i] and deviations[i] >= MIN_DEVIATIONS and name and plain_name(name) not in taken:
                found.append(name)
                taken.add(plain_name(name))
        return tuple(found[:SHOWN_TAGS])
