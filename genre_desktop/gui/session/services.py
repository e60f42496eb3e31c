"""The functions of the lower packages that the window calls, in one place where tests can replace them.

Heavy modules are imported inside the functions: this module is imported before the window opens.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from genre_desktop.core import locations
from genre_desktop.gui.session.keep_awake import stay_awake
from genre_desktop.library.scan.scan import scan

if TYPE_CHECKING:
    from genre_desktop.gui.workers.process_client import Process, StartProcess
    from genre_desktop.library.engine.engine import Engine
    from genre_desktop.library.store.result_store import ResultStore
    from genre_desktop.model.bundles.bundle import ModelBundle
    from genre_desktop.model.live.live_engine import LiveEngine

IsCancelled = Callable[[], bool]

_NICENESS = 10
"""Niceness of the decoding processes: the window and other programs come first."""


def _list_bundles() -> list[ModelBundle]:
    from genre_desktop.model.bundles.catalogue import list_bundles

    return list_bundles()


def _default_bundle() -> ModelBundle:
    from genre_desktop.model.bundles.catalogue import default_bundle

    return default_bundle()


def _load_predictor(bundle: ModelBundle) -> Any:
    from genre_desktop.model.predictor import Predictor

    return Predictor.load(bundle)


def _load_keras(predictor: Any) -> Any:
    """The same network computed by Keras; the predictor itself where Keras computes it already."""
    if getattr(predictor, "numpy_network", None) is None:
        return predictor
    from genre_desktop.model.predictor import Predictor

    return Predictor.load_keras(predictor.bundle)


def _open_store() -> ResultStore:
    from genre_desktop.library.store.recovery import open_or_recover

    return open_or_recover()


def _new_engine(jobs: int) -> Engine:
    from genre_desktop.library.engine.engine import Engine

    engine = Engine(jobs=jobs, niceness=_NICENESS)
    engine.start(1)
    return engine


def _start_picture_process(on_message: Callable[[Any], None], on_end: Callable[[], None]) -> Process:
    from genre_desktop.audio.picture import picture_process
    from genre_desktop.core.child_process import ChildProcess

    return ChildProcess("reader", picture_process.main, on_message=on_message, on_end=on_end)


def _start_player(on_message: Callable[[Any], None], on_end: Callable[[], None]) -> Process:
    from genre_desktop.audio.playback import player_process
    from genre_desktop.core.child_process import ChildProcess

    return ChildProcess("player", player_process.main, on_message=on_message, on_end=on_end)


def _new_live_engine() -> LiveEngine:
    from genre_desktop.model.live.live_engine import LiveEngine

    return LiveEngine()


def _prepare_nothing() -> None:
    pass


def _prepare_decoders() -> None:
    # What the first track would otherwise wait for: half a second.
    for module in ("av", "soundfile", "soxr", "scipy.fft", "genre_desktop.library.engine.engine"):
        importlib.import_module(module)


@dataclass(frozen=True)
class Services:
    """Functions that the window calls on worker threads."""

    list_bundles: Callable[[], list[ModelBundle]] = _list_bundles
    default_bundle: Callable[[], ModelBundle] = _default_bundle
    load_predictor: Callable[[ModelBundle], Any] = _load_predictor
    load_keras: Callable[[Any], Any] = _load_keras
    scan: Callable[..., Iterator[Path]] = scan
    open_store: Callable[[], ResultStore] = _open_store
    new_engine: Callable[[int], Engine] = _new_engine
    start_picture_process: StartProcess = _start_picture_process
    prepare_canvas: Callable[[], None] = _prepare_nothing
    prepare_decoders: Callable[[], None] = _prepare_decoders
    demo_clips: Callable[[], Path] = locations.demo_clips
    new_live_engine: Callable[[], LiveEngine] = _new_live_engine
    recordings: Callable[[], Path] = locations.user_recordings
    stay_awake: Callable[[IsCancelled], None] = stay_awake
    start_player: StartProcess = _start_player
