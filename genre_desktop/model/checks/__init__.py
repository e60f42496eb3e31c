"""The wall between a model from a stranger and Keras.

Keras's own safe mode has been passed round time and again, and a right hash says only whose weights they are. So
nothing of a ``.keras`` file reaches Keras: `archive` takes three members out of it, `network` reads what it is made of
and writes it anew from a list of known layers, `hdf5` reads the weights, `building` makes the network of both, and
`trial` calls it once in a process of its own.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass

from genre_desktop.core.errors import (
    BundleHashError,
    BundleRefusedError,
    BundleUnreadableError,
    ModelInputError,
)
from genre_desktop.core.i18n import tr
from genre_desktop.model.bundles.bundle import WEIGHTS_NAME, ModelBundle
from genre_desktop.model.checks.archive import DamagedArchiveError, open_archive, read_file
from genre_desktop.model.checks.hdf5 import read_arrays
from genre_desktop.model.checks.network import NetworkPlan, read_network
from genre_desktop.model.checks.refusal import RefusalError
from genre_desktop.model.checks.weights import Weights, match_weights

MAX_ANSWERS_PER_S = 2_000
"""Probabilities and features for a second of sound, fifty times those of the shipped models: they are kept for every
patch of a track, which is 288 MB for the longest of ten hours."""

MAX_MULTIPLY_ADDS_PER_S = 4_000_000_000
"""For a second of sound, forty times those of the shipped models: each patch may be within its limit, and there may be
so many of them that a track takes hours."""

_ODDITIES = (ValueError, TypeError, LookupError, ArithmeticError, RecursionError, MemoryError, struct.error)
"""What Python raises where a check has overlooked something: a refusal, too."""


@dataclass(frozen=True, eq=False)
class CheckedNetwork:
    """What was found in a bundle, and may be built."""

    plan: NetworkPlan
    weights: Weights


def read_checked(bundle: ModelBundle) -> CheckedNetwork:
    """The network of a bundle after a check of its archive, layers and weights, none of which is built.

    No TensorFlow is imported for that.

    Raises
    ------
    ModelError
    """
    path = bundle.path / WEIGHTS_NAME
    try:
        data, received = read_file(path)
        expected = bundle.card["weights_sha256"]
        if received != expected:
            raise BundleHashError(path=bundle.path, received=received[:12], expected=str(expected)[:12])
        archive = open_archive(data, received)
        del data
        plan = read_network(archive.config)
        _require_fitting(bundle, plan)
        return CheckedNetwork(plan, match_weights(plan, read_arrays(archive.weights)))
    except DamagedArchiveError as error:
        raise BundleUnreadableError(path=bundle.path, reason=str(error)) from error
    except RefusalError as error:
        raise BundleRefusedError(name=bundle.name, reason=str(error)) from error
    except OSError as error:
        raise BundleUnreadableError(path=bundle.path, reason=error.strerror or str(error)) from error
    except _ODDITIES as error:
        reason = tr("its weights are damaged ({error})", error=type(error).__name__)
        raise BundleRefusedError(name=bundle.name, reason=reason) from error


def _require_fitting(bundle: ModelBundle, plan: NetworkPlan) -> None:
    expected = (bundle.config.patch_frames, bundle.config.n_mels)
    if plan.input_shape != expected or plan.output_shape != (len(bundle.labels),):
        raise ModelInputError(
            name=bundle.name,
            expected=f"{expected} to {len(bundle.labels)} genres",
            received=f"a network from {plan.input_shape} to {' x '.join(map(str, plan.output_shape))} genres",
        )
    patches_per_s = 1 / (bundle.config.patch_hop * bundle.config.frame_s)
    features = sum(math.prod(layer.effect.output) for layer in plan.layers if layer.name == bundle.feature_layer)
    for n_per_patch, limit, what in (
        (sum(layer.effect.multiply_adds for layer in plan.layers), MAX_MULTIPLY_ADDS_PER_S, tr("calculations")),
        (len(bundle.labels) + features, MAX_ANSWERS_PER_S, tr("probabilities and features")),
    ):
        if patches_per_s * n_per_patch > limit:
            raise RefusalError(tr("it has more than {limit:,} {what} for a second of sound", limit=limit, what=what))
