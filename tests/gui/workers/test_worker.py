from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from genre_desktop.core.errors import AudioEmptyError, InternalError
from genre_desktop.gui.workers.worker import TaskContext, Worker
from tests.support.waiting import PATIENCE_S


@pytest.fixture
def make_worker(qtbot: QtBot) -> Iterator[Callable[..., Worker]]:
    made: list[Worker] = []

    def make(work: Callable[[Any, TaskContext], object]) -> Worker:
        made.append(Worker("test", work))
        return made[-1]

    yield make
    for worker in made:
        assert worker.shutdown()


def test_a_result_arrives_on_the_gui_thread(qtbot: QtBot, make_worker: Callable[..., Worker]) -> None:
    worker = make_worker(lambda request, _context: (request, threading.current_thread()))
    received: list[threading.Thread] = []
    worker.succeeded.connect(lambda _result: received.append(threading.current_thread()))
    with qtbot.waitSignal(worker.succeeded) as blocker:
        worker.submit("question")
    request, worked_on = blocker.args[0]
    assert request == "question"
    assert worked_on is not threading.current_thread()
    assert received == [threading.current_thread()]
    assert not worker.busy


def test_parts_come_before_the_result_and_in_order(qtbot: QtBot, make_worker: Callable[..., Worker]) -> None:
    def work(n: int, context: TaskContext) -> str:
        for part in range(n):
            context.partial(part)
        context.progress(1.0)
        return "done"

    worker = make_worker(work)
    received: list[object] = []
    worker.partial.connect(received.append)
    worker.progressed.connect(received.append)
    worker.succeeded.connect(received.append)
    with qtbot.waitSignal(worker.idle):
        worker.submit(5)
    assert received == [0, 1, 2, 3, 4, 1.0, "done"]


def test_requests_are_answered_one_after_the_other(qtbot: QtBot, make_worker: Callable[..., Worker]) -> None:
    worker = make_worker(lambda request, _context: request)
    received: list[object] = []
    worker.succeeded.connect(received.append)
    with qtbot.waitSignal(worker.idle):
        for request in range(10):
            worker.submit(request)
    assert received == list(range(10))


def test_a_typed_error_arrives_as_it_is(qtbot: QtBot, make_worker: Callable[..., Worker]) -> None:
    def work(request: object, _context: TaskContext) -> None:
        raise AudioEmptyError(path="x.wav")

    worker = make_worker(work)
    with qtbot.waitSignal(worker.failed) as blocker:
        worker.submit(None)
    assert isinstance(blocker.args[0], AudioEmptyError)


def test_any_other_exception_becomes_an_internal_error_with_its_traceback_in_the_log(
    qtbot: QtBot, make_worker: Callable[..., Worker], caplog: pytest.LogCaptureFixture
) -> None:
    worker = make_worker(lambda _request, _context: {}["missing"])
    with caplog.at_level(logging.ERROR), qtbot.waitSignal(worker.failed) as blocker:
        worker.submit(None)
    assert isinstance(blocker.args[0], InternalError)
    assert "KeyError" in blocker.args[0].message
    assert "Traceback" in caplog.text


def test_a_request_after_an_error_is_answered(qtbot: QtBot, make_worker: Callable[..., Worker]) -> None:
    worker = make_worker(lambda request, _context: 1 / request)
    with qtbot.waitSignal(worker.failed):
        worker.submit(0)
    with qtbot.waitSignal(worker.succeeded) as blocker:
        worker.submit(2)
    assert blocker.args == [0.5]


def test_cancel_takes_effect_at_once_even_if_the_work_does_not_ask(
    qtbot: QtBot, make_worker: Callable[..., Worker]
) -> None:
    leave = threading.Event()

    def work(request: str, context: TaskContext) -> str:
        if request == "not asking":
            leave.wait(PATIENCE_S)
            context.partial("late part")
        return request

    worker = make_worker(work)
    received: list[object] = []
    idle: list[bool] = []
    worker.partial.connect(received.append)
    worker.succeeded.connect(received.append)
    worker.idle.connect(lambda: idle.append(True))
    worker.submit("not asking")
    worker.submit("queued")
    worker.cancel()
    assert idle == [True]
    assert not worker.busy
    # A new request waits for the old work to end, and is the only one that is answered.
    worker.submit("new")
    leave.set()
    qtbot.waitUntil(lambda: len(idle) == 2)
    assert received == ["new"]


def test_the_work_function_is_told_that_it_was_cancelled(qtbot: QtBot, make_worker: Callable[..., Worker]) -> None:
    started, stopped = threading.Event(), threading.Event()

    def work(_request: object, context: TaskContext) -> None:
        started.set()
        while not context.is_cancelled():
            stopped.wait(0.001)
        stopped.set()
        raise RuntimeError("whatever a cancelled work function raises to get out")

    worker = make_worker(work)
    failures: list[object] = []
    worker.failed.connect(failures.append)
    worker.submit(None)
    assert started.wait(PATIENCE_S)
    worker.cancel()
    assert stopped.wait(PATIENCE_S)
    assert worker.shutdown()
    assert failures == []


def test_shutdown_returns_false_for_work_that_does_not_end(qtbot: QtBot, make_worker: Callable[..., Worker]) -> None:
    leave, started = threading.Event(), threading.Event()

    def work(_request: object, _context: TaskContext) -> None:
        started.set()
        leave.wait(PATIENCE_S)

    worker = make_worker(work)
    worker.submit(None)
    assert started.wait(PATIENCE_S)
    thread = worker._thread
    assert not worker.shutdown(timeout_s=0.01)
    leave.set()
    assert thread is not None
    thread.join(PATIENCE_S)
    assert not thread.is_alive()


def test_many_quick_results_let_other_events_through(qtbot: QtBot, make_worker: Callable[..., Worker]) -> None:
    def work(n: int, context: TaskContext) -> None:
        for part in range(n):
            context.partial(part)

    worker = make_worker(work)
    received: list[int] = []
    received_at_tick: list[int] = []
    worker.partial.connect(received.append)
    timer = QTimer(interval=0)
    timer.timeout.connect(lambda: received_at_tick.append(len(received)))
    timer.start()
    with qtbot.waitSignal(worker.idle):
        worker.submit(50_000)
    timer.stop()
    assert received == list(range(50_000))
    assert len({n for n in received_at_tick if 0 < n < 50_000}) > 1


def test_drain_answers_all_requests_before_the_thread_ends(qtbot: QtBot) -> None:
    done: list[object] = []
    worker = Worker("draining", lambda request, _context: done.append(request))
    received: list[object] = []
    worker.succeeded.connect(received.append)
    for number in range(50):
        worker.submit(number)
    worker.drain()
    assert not worker.busy
    assert worker.shutdown()
    assert done == list(range(50))


def test_what_was_asked_is_done_to_its_end_as_long_as_it_gets_on(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = threading.Semaphore(0)
    done: list[int] = []

    def work(n: int, report: TaskContext) -> None:
        for number in range(n):
            steps.acquire()
            done.append(number)
            report.progress(number / n)

    worker = Worker("slow", work)
    worker.submit(3)
    thread = worker._thread
    assert thread is not None
    waited: list[float] = []

    def join(limit_s: float) -> None:
        """Waiting that is over after one more step, however long that takes."""
        waited.append(limit_s)
        n_posted = worker._delivery.n_posted
        steps.release()
        while thread.is_alive() and worker._delivery.n_posted == n_posted:
            time.sleep(0.001)

    monkeypatch.setattr(thread, "join", join)
    worker.drain()
    assert worker.shutdown(5.0)
    assert done == [0, 1, 2] and len(waited) >= 3
