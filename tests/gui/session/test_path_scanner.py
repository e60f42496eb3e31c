"""What a scan finds goes to the table, the stored list and the queue."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.gui.session.classification_queue import ClassificationQueue
from genre_desktop.gui.session.path_scanner import PathScanner
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.session.store.store_client import StoreClient
from genre_desktop.gui.tracks.track import State
from genre_desktop.gui.tracks.track_model import TrackModel
from genre_desktop.library.store.recovery import open_or_recover
from tests.gui.conftest import changed, make_bundle

FOUND = [Path(f"/music/{name}.wav").absolute() for name in "abc"]


@pytest.fixture
def go_on() -> threading.Event:
    return threading.Event()


@pytest.fixture
def scanner(
    services: Services,
    tracks: TrackModel,
    queue: ClassificationQueue,
    store_client: StoreClient,
    go_on: threading.Event,
) -> Iterator[PathScanner]:
    """Its scans find three files, the second and third of them once the test lets them go on."""

    def scan(_paths: object, *, is_cancelled: Callable[[], bool], **_options: object) -> Iterator[Path]:
        yield FOUND[0]
        while not go_on.wait(0.002):
            if is_cancelled():
                return
        yield from FOUND[1:]

    queue.set_paused(True)
    made = PathScanner(changed(services, scan=scan), tracks, queue, store_client)
    yield made
    made.worker.stop()
    assert made.worker.shutdown()


def test_found_files_are_shown_stored_and_queued(
    qtbot: QtBot,
    scanner: PathScanner,
    tracks: TrackModel,
    queue: ClassificationQueue,
    store_client: StoreClient,
    go_on: threading.Event,
    record: Callable[[Any], list[Any]],
) -> None:
    requested, scanned = record(scanner.track_requested), record(scanner.scanned)
    go_on.set()
    scanner.open([Path("/music")])
    qtbot.waitUntil(lambda: len(scanned) == 1)
    assert [Path(track.path) for track in tracks.tracks()] == FOUND
    assert requested == [tracks.find(FOUND[0])] and queue.n_pending == 3
    store_client.stop()
    assert store_client.shutdown()
    with open_or_recover() as store:
        assert [Path(path) for rows in store.summaries(make_bundle()) for path, _ in rows] == FOUND


def test_a_file_that_is_on_the_list_is_not_added_twice_but_continued(
    qtbot: QtBot,
    scanner: PathScanner,
    tracks: TrackModel,
    queue: ClassificationQueue,
    record: Callable[[Any], list[Any]],
) -> None:
    (known,), _ = tracks.add([str(FOUND[0])])
    tracks.set_state([known], State.STOPPED)
    messages = record(scanner.message)
    scanner.open([Path("/music")])
    qtbot.waitUntil(lambda: queue.is_pending(known))
    assert len(tracks) == 1 and known.state is State.WAITING
    assert messages == ["a.wav is in the list already."]


def test_what_is_found_after_another_model_was_chosen_is_stopped(
    qtbot: QtBot, scanner: PathScanner, tracks: TrackModel, queue: ClassificationQueue, go_on: threading.Event
) -> None:
    scanner.open([Path("/music")])
    qtbot.waitUntil(lambda: len(tracks) == 1)
    scanner.stop_queueing()
    go_on.set()
    qtbot.waitUntil(lambda: len(tracks) == 3 and not scanner.worker.busy)
    assert [track.state for track in tracks.tracks()] == [State.WAITING, State.STOPPED, State.STOPPED]
    assert queue.n_pending == 1


def test_nothing_is_scanned_where_nothing_is_opened(scanner: PathScanner) -> None:
    scanner.open()
    assert not scanner.worker.busy
