"""Parts of a session without a window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from genre_desktop.gui.session.classification_queue import ClassificationQueue
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.session.session import Session
from genre_desktop.gui.session.store.store_client import StoreClient
from genre_desktop.gui.tracks.track_model import TrackModel
from genre_desktop.library.store.result_store import ResultStore
from tests.gui.conftest import SlowClassifier, make_predictor, with_engines


@pytest.fixture
def session(qtbot: QtBot, services: Services, slow: SlowClassifier) -> Iterator[Session]:
    """A session that is ready to classify, with an engine that finishes a track when a test says so."""
    made = Session(with_engines(services, slow))
    made.start()
    qtbot.waitUntil(lambda: made.is_ready and made.restorer.is_restored)
    yield made
    assert made.shutdown()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def tracks(qapp: object) -> TrackModel:
    return TrackModel()


@pytest.fixture
def queue(services: Services, slow: SlowClassifier) -> Iterator[ClassificationQueue]:
    """A queue with a network, and a store in memory."""
    made = ClassificationQueue(with_engines(services, slow))
    made.set_store(ResultStore.in_memory())
    made.set_predictor(make_predictor())
    yield made
    made.stop()
    assert made.shutdown()


@pytest.fixture
def store_client(services: Services) -> Iterator[StoreClient]:
    """A client whose store is opened by the first request."""
    made = StoreClient(services)
    yield made
    made.stop()
    assert made.shutdown()


@pytest.fixture
def record() -> Callable[[Any], list[Any]]:
    """Records what a signal emits from now on: its argument, or a tuple of them."""

    def record(signal: Any) -> list[Any]:
        emitted: list[Any] = []
        signal.connect(lambda *values: emitted.append(values[0] if len(values) == 1 else values))
        return emitted

    return record
