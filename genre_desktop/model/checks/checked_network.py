"""The network of a bundle after the check of its hash, archive, layers and weights; nothing of it is built yet."""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass

from genre_desktop.core.errors import (
    BundleHashError,
    BundleRefusedError,
    BundleUnreadableError,
    ModelInputError,
    ModelMemoryError,
)
from genre_desktop.core.i18n import tr
from genre_desktop.model.bundles.bundle import WEIGHTS_NAME, ModelBundle
from genre_desktop.model.checks.hdf5_reader import read_arrays
from genre_desktop.model.checks.keras_archive import DamagedArchiveError, open_archive, read_file
from genre_desktop.model.checks.network_plan import NetworkPlan, read_plan
from genre_desktop.model.checks.refusal import RefusalError
from genre_desktop.model.checks.weights import Weights, match_weights

MAX_ANSWERS_PER_S = 2_000
"""Probabilities and features for a second of sound, five times those of the default model: they are in memory for every
patch of a track, which is 288 MB for the longest track of ten hours."""

MAX_MULTIPLY_ADDS_PER_S = 4_000_000_000
"""For a second of sound, twenty times those of the default model: with many patches a second, each within its own
limit, a track would take hours."""

_UNFORESEEN = (ValueError, TypeError, LookupError, ArithmeticError, RecursionError, struct.error)
"""Exceptions of Python where a check has overlooked something; they count as a refusal."""


@dataclass(frozen=True, eq=False)
class CheckedNetwork:
    """The description and the weights of a network that may be built."""

    plan: NetworkPlan
    weights: Weights


def read_checked(bundle: ModelBundle) -> CheckedNetwork:
    """Read the network of a bundle and check its hash, archive, layers and weights; TensorFlow is not imported.

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
        plan = read_plan(archive.config)
        _require_fitting(bundle, plan)
        return CheckedNetwork(plan, match_weights(plan, read_arrays(archive.weights)))
    except DamagedArchiveError as error:
        raise BundleUnreadableError(path=bundle.path, reason=str(error)) from error
    except RefusalError as error:
        raise BundleRefusedError(name=bundle.name, reason=str(error)) from error
    except OSError as error:
        raise BundleUnreadableError(path=bundle.path, reason=error.strerror or str(error)) from error
    except MemoryError as error:
        raise ModelMemoryError(name=bundle.name) from error
    except _UNFORESEEN as error:
        reason = tr("its weights are damaged ({error})", error=type(error).__name__)
        raise BundleRefusedError(name=bundle.name, reason=reason) from error


def _require_fitting(bundle: ModelBundle, plan: NetworkPlan) -> None:
    expected = bundle.config.input_shape
    if plan.input_shape != expected or plan.output_shape != (len(bundle.labels),):
        raise ModelInputError(
            name=bundle.name,
            expected=f"{expected} to {len(bundle.labels)} genres",
            received=f"a network from {plan.input_shape} to {' x '.join(map(str, plan.output_shape))} genres",
        )
    patches_per_s = 1 / (bundle.config.patch_hop * bundle.config.frame_s)
    sizes = {layer.name: math.prod(layer.footprint.output) for layer in plan.layers}
    # A layer that is named twice is there twice; an unknown one is refused later.
    features = sum(sizes.get(name, 0) for name in bundle.feature_layers)
    for n_per_patch, limit, what in (
        (sum(layer.footprint.multiply_adds for layer in plan.layers), MAX_MULTIPLY_ADDS_PER_S, tr("calculations")),
        (len(bundle.labels) + features, MAX_ANSWERS_PER_S, tr("probabilities and features")),
    ):
        if patches_per_s * n_per_patch > limit:
            raise RefusalError(tr("it has more than {limit:,} {what} for a second of sound", limit=limit, what=what))
