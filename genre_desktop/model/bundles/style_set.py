"""The styles of a bundle: what a track "sounds like", a level below the genres, from the outputs of its taggers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.model.genre_names import plain_name

SHOWN_STYLES = 3
"""Most styles that are told of a track."""

_LEAST = 1e-9
"""Smaller sums of probabilities are raised to this one, since the logarithm of 0 is not finite."""

_MOST_LOGIT = 50.0
"""Logits are limited to this size, beyond which a probability is 0 or 1 and the exponential function may overflow."""


@dataclass(frozen=True)
class StyleRule:
    """When a track is said to sound like a style.

    Attributes
    ----------
    name : str
    genre : str
        To which it belongs; a style of the same name tells the genre itself.
    columns : tuple of (tuple of int)
        Groups of columns of the features. The mean probabilities of a group are added; the style's score is the
        geometric mean over the groups, so that each has to say so.
    threshold : float
        Least score. It is no probability: nothing was calibrated.
    """

    name: str
    genre: str
    columns: tuple[tuple[int, ...], ...]
    threshold: float


@dataclass(frozen=True)
class StyleSet:
    """Rules for the styles that a network can hear.

    Attributes
    ----------
    rules : tuple of StyleRule
        Names are different in any spelling.
    """

    rules: tuple[StyleRule, ...]

    @classmethod
    def from_card(cls, values: Sequence[Mapping[str, Any]]) -> StyleSet:
        """Read a list of ``{"name", "genre", "columns", "threshold"}``.

        Raises
        ------
        KeyError, TypeError, ValueError
            Where the list is malformed, or two names are equal.
        """
        rules = tuple(
            StyleRule(
                str(row["name"]),
                str(row["genre"]),
                tuple(tuple(map(int, group)) for group in row["columns"]),
                float(row["threshold"]),
            )
            for row in values
        )
        if len({plain_name(rule.name) for rule in rules}) != len(rules):
            raise ValueError("two styles have the same name")
        return cls(rules)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the styles, in the order of the rules."""
        return tuple(rule.name for rule in self.rules)

    @property
    def n_features(self) -> int:
        """Least number of features that a network must have for these rules."""
        return 1 + max((column for rule in self.rules for group in rule.columns for column in group), default=-1)

    def heard(self, features: NDArray[np.floating[Any]], genre: str | None = None) -> tuple[str, ...]:
        """The styles that a track sounds like: by how far each is above its threshold, a whole genre after its styles.

        Parameters
        ----------
        features : ndarray [shape=(n_patches, at least n_features)]
            Logits of at least one patch; the mean of the probabilities over the patches counts.
        genre : str, optional
            The track's genre: the style of that name, in any spelling, would say it twice.
        """
        used = sorted({column for rule in self.rules for group in rule.columns for column in group})
        logits = np.clip(features[:, used].astype(np.float64), -_MOST_LOGIT, _MOST_LOGIT)
        mean = dict(zip(used, (1.0 / (1.0 + np.exp(-logits))).mean(axis=0), strict=True))
        own = None if genre is None else plain_name(genre)
        scored = ((_score(rule, mean) / rule.threshold, rule) for rule in self.rules if plain_name(rule.name) != own)
        told = sorted(((share, rule) for share, rule in scored if share >= 1.0), key=lambda pair: -pair[0])
        names = [rule.name for _, rule in told if rule.name != rule.genre]
        # A whole genre is told too, however many of its styles are: it is what somebody may look for.
        whole = [rule.name for _, rule in told if rule.name == rule.genre][:1]
        return (*names[: SHOWN_STYLES - len(whole)], *whole)


def _score(rule: StyleRule, mean: Mapping[int, float]) -> float:
    sums = [max(sum(mean[column] for column in group), _LEAST) for group in rule.columns]
    return float(np.exp(np.mean(np.log(sums))))
