"""Finding the model bundles and loading one: request, answers and work of the model worker."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from genre_desktop.gui.session.services import Services

if TYPE_CHECKING:
    from genre_desktop.gui.workers.worker import TaskContext
    from genre_desktop.model.bundles.bundle import ModelBundle


@dataclass(frozen=True)
class LoadRequest:
    """Load a bundle.

    Attributes
    ----------
    bundle : ModelBundle or None
        None for the default one.
    find_only : bool
        List the bundles without loading one.
    """

    bundle: ModelBundle | None
    find_only: bool = False


@dataclass(frozen=True, eq=False)
class BundlesFound:
    """The bundles that are installed, and the one that is being loaded."""

    bundles: tuple[ModelBundle, ...]
    chosen: ModelBundle


class LoadModelTask:
    """Work of the model worker: reports a `BundlesFound`, then returns the loaded predictor (None for `find_only`)."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def __call__(self, request: LoadRequest, context: TaskContext) -> Any:
        bundles = tuple(self._services.list_bundles())
        chosen = request.bundle or self._services.default_bundle()
        context.partial(BundlesFound(bundles, chosen))
        if request.find_only or context.is_cancelled():
            return None
        predictor = self._services.load_predictor(chosen)
        # A collection would walk through the network's half a million objects, and block the window meanwhile.
        gc.freeze()
        return predictor
