"""The pre-trained tagger that transfer models are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.core.errors import BundleUnsupportedError
from genre_desktop.core.i18n import tr
from genre_desktop.model.bundles.catalogue import find_bundle
from genre_desktop.model.predictor import load_network
from training.evaluation.calibration import TEMPERATURE_RANGE
from training.fitting.network_copy import copy_part
from training.fitting.transfer import HeadPlan

if TYPE_CHECKING:
    import keras

SHIPPED = "gtzan-musicnn"
"""Name of the shipped bundle that holds the tagger."""


@dataclass(frozen=True, eq=False)
class Tagger:
    """A pre-trained tagger, with what a head and a card need of it.

    Attributes
    ----------
    model : keras.Model
        From scaled patches; its layer ``tag_logits`` gives the logits of the tags.
    config : FeatureConfig
        Features of its input.
    tags : tuple of str
        Names of its outputs.
    shown : tuple of str
        The same names as they are shown; empty for tags that are not shown.
    nuisance : ndarray of float64 [shape=(n_tags, n_tags)] or None
        See `training.fitting.transfer.HeadPlan`.
    licence : str
        Notice that must go with every copy.
    least_temperature : float
        See `training.fitting.transfer.HeadPlan`.
    gate : mapping or None
        The entry ``gate`` of the card of the bundle that the tagger comes from. Every head on the tagger
        has the same gate, since whether something is music does not depend on the genres. None computes a
        gate from the data of the head.
    """

    model: keras.Model
    config: FeatureConfig
    tags: tuple[str, ...]
    shown: tuple[str, ...]
    nuisance: NDArray[np.float64] | None
    licence: str
    least_temperature: float = TEMPERATURE_RANGE[0]
    gate: Mapping[str, Any] | None = None

    @property
    def plan(self) -> HeadPlan:
        """What the heads on this tagger are fitted with."""
        return HeadPlan(self.tags, self.nuisance, self.least_temperature)

    def probability_model(self) -> keras.Model:
        """The network from scaled patches to the probabilities of the tags."""
        import keras

        return keras.Model(self.model.input, keras.ops.sigmoid(self.model.output))


def shipped_tagger() -> Tagger:
    """The tagger inside the shipped transfer model, described by its card.

    The second opinion beside it is cut off: the genres of other heads need not be classes of AudioSet.

    Raises
    ------
    BundleNotFoundError, BundleHashError, BundleUnreadableError
    BundleUnsupportedError
        Where an updated bundle of that name holds no tagger.
    """
    bundle = find_bundle(SHIPPED)
    known, shown = bundle.card.get("tagger") or {}, bundle.card.get("tags") or {}
    licence = (bundle.card.get("licences") or {}).get("tagger")
    if "tag_logits" not in bundle.feature_layers or not {"tags", "nuisance"} <= set(known) or not shown or not licence:
        raise BundleUnsupportedError(name=bundle.name, reason=tr("its card does not describe a tagger"))
    network, config = load_network(bundle), replace(bundle.config, middle=None)
    return Tagger(
        model=_tagger_alone(network, config),
        config=config,
        tags=tuple(known["tags"]),
        shown=tuple(shown["names"]),
        nuisance=None if known["nuisance"] is None else np.array(known["nuisance"], np.float64),
        licence=str(licence),
        least_temperature=float(known.get("temperature", bundle.temperature)),
        gate=known.get("gate", bundle.card.get("gate")),
    )


def _tagger_alone(network: keras.Model, config: FeatureConfig) -> keras.Model:
    """The tagger of a network, from where its patches are cut from the row of both inputs, if there are two."""
    import keras

    names = [layer.name for layer in network.layers]
    first = network.get_layer("tagger_input").output if "tagger_input" in names else network.input
    patch = keras.Input(config.input_shape, name="patch")
    return keras.Model(patch, copy_part(network, first, network.get_layer("tag_logits").output, patch))
