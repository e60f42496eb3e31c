"""The queue by itself: order, pause, cancelling, results."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from genre_desktop.core.errors import StorageError, StoreRescuedError
from genre_desktop.gui.session.classification_queue import ClassificationQueue
from genre_desktop.gui.session.classify_task import ResultNotStored, RunEnded
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.tracks.track import Track
from genre_desktop.library.store.result_store import ResultStore
from tests.gui.conftest import SlowClassifier, make_bundle, make_predictor, with_engines

A, B, C = (str(Path(f"/{name}.wav")) for name in "abc")


def test_tracks_are_classified_in_order_but_for_one_that_is_moved_to_the_front(
    qtbot: QtBot, queue: ClassificationQueue, slow: SlowClassifier, record: Callable[[Any], list[Any]]
) -> None:
    a, b, c = (Track(path) for path in (A, B, C))
    started, results = record(queue.track_started), record(queue.result_ready)
    queue.add([a, b, c])
    qtbot.waitUntil(lambda: started == [A])
    queue.prioritise(c)
    slow.let(3)
    qtbot.waitUntil(lambda: len(results) == 3)
    assert started == [A, C, B] and [str(result.path) for result in results] == started
    assert queue.n_pending == 3, "until they are marked"
    for track in (a, b, c):
        queue.mark_done(track, is_stored=False)
    assert not queue.is_busy


def test_nothing_starts_before_there_are_a_model_and_a_store(
    qtbot: QtBot, services: Services, slow: SlowClassifier
) -> None:
    queue = ClassificationQueue(with_engines(services, slow))
    queue.add([Track(A)])
    queue.set_predictor(make_predictor())
    assert queue.has_model and not queue.is_ready and not queue.classifier.busy
    assert not queue.classify_in_full(Track(B))
    queue.set_store(ResultStore.in_memory())
    assert queue.is_ready and queue.classifier.busy
    queue.stop()
    assert queue.shutdown()


def test_a_pause_holds_what_is_queued(
    qtbot: QtBot, queue: ClassificationQueue, slow: SlowClassifier, record: Callable[[Any], list[Any]]
) -> None:
    results = record(queue.result_ready)
    queue.set_paused(True)
    queue.add([Track(A)])
    assert queue.is_paused and not queue.classifier.busy
    slow.let(1)
    queue.set_paused(False)
    qtbot.waitUntil(lambda: len(results) == 1)


def test_cancelling_empties_the_queue_and_drops_what_is_under_way(
    qtbot: QtBot, queue: ClassificationQueue, slow: SlowClassifier, record: Callable[[Any], list[Any]]
) -> None:
    started, results = record(queue.track_started), record(queue.result_ready)
    queue.add([Track(A), Track(B)])
    qtbot.waitUntil(lambda: started == [A])
    queue.cancel()
    assert not queue.is_busy and not queue.classifier.busy
    queue.add([Track(C)])
    qtbot.waitUntil(lambda: started == [A, C])
    slow.let(1)
    qtbot.waitUntil(lambda: bool(results))
    assert [str(result.path) for result in results] == [C]


def test_a_track_taken_out_is_pending_no_more_and_one_queued_again_is_redone(
    qtbot: QtBot, queue: ClassificationQueue
) -> None:
    queue.set_paused(True)
    a, b = Track(A), Track(B)
    queue.add([a])
    queue.add([a, b], afresh=True)
    assert (queue.is_redone(a), queue.is_redone(b)) == (False, True), "the first keeps its place"
    queue.discard([b])
    assert queue.is_pending(a) and not queue.is_pending(b) and not queue.is_redone(b)


def test_a_track_is_classified_in_full_beside_the_queue(
    qtbot: QtBot, queue: ClassificationQueue, record: Callable[[Any], list[Any]]
) -> None:
    full, results = record(queue.full_result_ready), record(queue.result_ready)
    assert queue.classify_in_full(Track(A))
    assert not queue.classify_in_full(Track(B)), "one at a time"
    queue.full_classifier.cancel()
    assert not queue.is_busy and full == results == []


def test_results_that_cannot_be_stored_are_noted_until_the_run_has_ended(
    qtbot: QtBot, queue: ClassificationQueue, record: Callable[[Any], list[Any]]
) -> None:
    problems = record(queue.store_failed)
    rescued = StoreRescuedError(path="a", reason="", results=0, by_hand=0, listed=0)
    queue.classifier.partial.emit(ResultNotStored(rescued))
    assert not queue.has_unstored_results, "new results can be stored"
    queue.classifier.partial.emit(ResultNotStored(StorageError(path="a", reason="full")))
    assert queue.has_unstored_results and len(problems) == 2
    queue.run_ended.emit(RunEnded(make_bundle(), ()))
    qtbot.waitUntil(lambda: not queue.has_unstored_results)
