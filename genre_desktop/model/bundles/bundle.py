"""A model bundle: a folder with a network, its card and its training record.

Reading a bundle reads its card alone, which is quick and imports nothing heavy. The network is
loaded by `genre_desktop.model.predictor`.
"""

from __future__ import annotations

import hashlib
import json
import os
import reprlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.core import locations
from genre_desktop.core.errors import (
    BundleHashError,
    BundleIncompleteError,
    BundleUnreadableError,
    BundleUnsupportedError,
    FeatureConfigError,
)
from genre_desktop.core.i18n import tr
from genre_desktop.model.aggregate import AGGREGATIONS, Aggregation
from genre_desktop.model.bundles.accuracy import MeasuredAccuracy
from genre_desktop.model.bundles.card import CARD_FORMAT as CARD_FORMAT
from genre_desktop.model.bundles.card import read_card
from genre_desktop.model.bundles.feature_gate import FeatureGate
from genre_desktop.model.bundles.sound_gate import Refusal, SoundGate
from genre_desktop.model.bundles.style_set import StyleSet
from genre_desktop.model.bundles.tag_set import TagSet
from genre_desktop.model.prediction import NOT_MUSIC

CARD_NAME = "card.json"
WEIGHTS_NAME = "model.keras"


@dataclass(frozen=True, eq=False)
class ModelBundle:
    """A bundle whose card was read and checked.

    Attributes
    ----------
    path : Path
        The bundle's folder.
    card : mapping
        The whole card.
    config : FeatureConfig
        How the network's input is computed from sound.
    """

    path: Path
    card: Mapping[str, Any]
    config: FeatureConfig

    @property
    def name(self) -> str:
        """Name by which a person chooses the model."""
        return str(self.card["name"])

    @cached_property
    def card_sha256(self) -> str:
        """SHA-256 of the card, which contains that of the weights: different bundles have different ones."""
        card = json.dumps(self.card, sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(card.encode("ascii")).hexdigest()

    @property
    def fingerprint(self) -> str:
        """Key of stored results: it differs between bundles of one name with other weights or thresholds.

        It is too short to distinguish bundles that somebody has made to collide, which takes hours: see
        `card_sha256`.
        """
        return self.card_sha256[:16]

    @property
    def labels(self) -> tuple[str, ...]:
        """Genres in the order of the network's outputs."""
        return tuple(self.card["labels"])

    @property
    def description(self) -> str:
        """One sentence about the model, from the card."""
        return str(self.card.get("description", ""))

    @property
    def architecture(self) -> str:
        """Name of the recipe by which the network was built."""
        return str(self.card.get("architecture", {}).get("recipe", ""))

    @property
    def is_shipped(self) -> bool:
        """Whether the bundle comes with the program."""
        return self.path.parent == locations.shipped_models()

    @property
    def temperature(self) -> float:
        """Divisor of each segment's logits, fitted on held-out tracks; 1 where there is none."""
        return float(self.card.get("calibration", {}).get("temperature", 1.0))

    @property
    def unsure_below(self) -> float:
        """Confidence below which the answer is "unsure"; 0 where it never is."""
        return float(self.card.get("calibration", {}).get("unsure_below", 0.0))

    @property
    def aggregation(self) -> Aggregation:
        """How the scores of a track's patches are aggregated."""
        return cast(Aggregation, self.card.get("aggregation", "mean_probability"))

    @property
    def feature_layers(self) -> tuple[str, ...]:
        """Names of the layers whose outputs, side by side, are the features for `gate`, `tags` and `sound_gate`."""
        architecture = self.card.get("architecture", {})
        one = architecture.get("feature_layer")
        return tuple(architecture.get("feature_layers") or (() if one is None else (one,)))

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the features' columns: tags first, then sounds; empty where the card names neither."""
        named = self.card.get("tags"), self.card.get("sounds")
        return tuple(name for table in named if table is not None for name in table["names"])

    @cached_property
    def gate(self) -> FeatureGate | None:
        """The gate that detects tracks unlike the training set; None where the bundle has none."""
        values = self.card.get("gate")
        return None if values is None else FeatureGate.from_card(values)

    @cached_property
    def tags(self) -> TagSet | None:
        """The tags whose logits the first features are; None where the bundle has none."""
        values = self.card.get("tags")
        return None if values is None else TagSet.from_card(values)

    @cached_property
    def styles(self) -> StyleSet | None:
        """The rules for what a track sounds like; None where the bundle has none."""
        values = self.card.get("styles")
        return StyleSet.from_card(values) if values else None

    @cached_property
    def sound_gate(self) -> SoundGate | None:
        """The gate that detects what is no music by classes of sounds; None where the bundle has none."""
        values = self.card.get("sound_gate")
        return None if values is None else SoundGate.from_card(values, self.columns)

    def refusal(self, features: NDArray[np.floating[Any]]) -> Refusal | None:
        """Why a track with features [shape=(n_patches, n_features)] gets no genre; None where the gates pass it."""
        refusal = None if self.sound_gate is None else self.sound_gate.refusal(features)
        if refusal is None and self.gate is not None and self.gate.refuses(features):
            return Refusal(NOT_MUSIC, tr("It sounds like no music that this model knows."))
        return refusal

    @property
    def accuracy(self) -> MeasuredAccuracy | None:
        """The measured accuracy, without a leak where the card has one; None where it has none at all."""
        return next(iter(self.figures), None)

    @property
    def figures(self) -> tuple[MeasuredAccuracy, ...]:
        """All measured accuracies, those without a leak first, otherwise in the card's order."""
        found = [MeasuredAccuracy.from_card(*item) for item in self.card.get("metrics", {}).items()]
        return tuple(sorted(found, key=lambda figures: figures.leaking))


def read_bundle(path: Path) -> ModelBundle:
    """Read and check the card of a bundle.

    Raises
    ------
    BundleIncompleteError
        Where the card or the weights are missing.
    BundleUnreadableError
        Where the card is no valid card.
    BundleUnsupportedError
        Where the card requires what this version cannot do.
    """
    for needed in (CARD_NAME, WEIGHTS_NAME):
        # Not `Path.is_file`, which raises in a folder without permission.
        if not os.path.isfile(path / needed):
            raise BundleIncompleteError(path=path, missing=needed)
    card = read_card(path / CARD_NAME)
    try:
        config = FeatureConfig.from_dict(card["features"])
    except FeatureConfigError as error:
        raise BundleUnsupportedError(name=card["name"], reason=error.message) from error
    bundle = ModelBundle(path=path, card=card, config=config)
    if bundle.aggregation not in AGGREGATIONS:
        reason = tr("an aggregation of its patches called {name}", name=reprlib.repr(bundle.aggregation))
        raise BundleUnsupportedError(name=bundle.name, reason=reason)
    try:
        _ = bundle.gate, bundle.tags, bundle.sound_gate, bundle.styles
    except ValueError as error:
        reason = tr("its card holds unusable figures ({error})", error=error)
        raise BundleUnreadableError(path=path, reason=reason) from error
    if (bundle.gate or bundle.columns or bundle.styles) and not bundle.feature_layers:
        raise BundleUnreadableError(path=path, reason=tr("its card names no layer for its gate or tags"))
    return bundle


def sha256(path: Path) -> str:
    """SHA-256 of a file as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def verify_weights(bundle: ModelBundle) -> None:
    """Compare the weights with the hash in the card.

    Raises
    ------
    BundleHashError
    """
    received = sha256(bundle.path / WEIGHTS_NAME)
    expected = str(bundle.card["weights_sha256"])
    if received != expected:
        raise BundleHashError(path=bundle.path, received=received[:12], expected=expected[:12])
