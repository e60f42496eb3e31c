"""How many functions a dropped file passes on its way to the engine."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

import genre_desktop
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.workers.queued_delivery import QueuedDelivery
from genre_desktop.gui.workers.worker import Worker
from tests.gui.conftest import MakeSound, SlowClassifier
from tests.gui.support.drag_events import drop, urls_of

PACKAGE = str(Path(genre_desktop.__file__).parent)


def calls_on_the_stack() -> list[str]:
    """Names of the program's functions that are being carried out on this thread, outermost first."""
    return [frame.name for frame in traceback.extract_stack() if frame.filename.startswith(PACKAGE)]


def test_a_dropped_file_passes_few_functions_on_its_way_to_the_engine(
    qtbot: QtBot,
    slow_window: MainWindow,
    slow: SlowClassifier,
    make_sound: MakeSound,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    way: dict[str, list[str]] = {}

    def note_first(owner: Any, function: str, step: Callable[[Any, Any], str | None]) -> None:
        called = getattr(owner, function)

        def noting(self: Any, *arguments: Any, **keywords: Any) -> Any:
            if (name := step(self, arguments)) is not None:
                way.setdefault(name, [*calls_on_the_stack(), function])
            return called(self, *arguments, **keywords)

        monkeypatch.setattr(owner, function, noting)

    def is_of(worker: Any) -> str | None:
        return {"scan": "scan", "classify": "run"}.get(worker.objectName())

    qtbot.waitUntil(lambda: slow_window.session.is_ready and not slow_window.session.queue.classifier.busy)
    note_first(Worker, "submit", lambda worker, _: is_of(worker))
    note_first(
        QueuedDelivery, "post", lambda delivery, _: "found" if delivery.parent().objectName() == "scan" else None
    )
    note_first(SlowClassifier, "classify", lambda *_: "engine")
    drop(slow_window, urls_of([make_sound()]))
    qtbot.waitUntil(lambda: bool(slow.taken))
    slow.let(1)
    qtbot.waitUntil(lambda: not slow_window.session.queue.is_busy)
    assert way["scan"] == ["dropEvent", "open", "submit"]
    assert way["found"] == ["_run", "__call__", "partial", "post"]
    assert way["run"] == ["_on_ready", "_on_found", "add", "_start_run", "submit"]
    assert way["engine"] == ["_run", "__call__", "classify"]
    assert sum(map(len, way.values())) - 1 <= 14, "apart from dropEvent, which is Qt's"
