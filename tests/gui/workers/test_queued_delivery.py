from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest
import shiboken6
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from genre_desktop.gui.workers import queued_delivery
from genre_desktop.gui.workers.queued_delivery import QueuedDelivery


@pytest.fixture
def delivery(qtbot: QtBot) -> Iterator[QueuedDelivery]:
    made = QueuedDelivery()
    yield made
    made.clear()
    shiboken6.delete(made)


def take_by(delivery: QueuedDelivery, receive: Callable[[object], object]) -> None:
    """Call a function with each value that is taken."""

    def on_ready() -> None:
        for value in delivery.turn():
            receive(value)

    delivery.ready.connect(on_ready)


def post_elsewhere(delivery: QueuedDelivery, values: list[object]) -> None:
    """Post from another thread, and wait until all are posted."""
    thread = threading.Thread(target=lambda: [delivery.post(value) for value in values])
    thread.start()
    thread.join()


def test_values_come_in_order_and_on_the_gui_thread(qtbot: QtBot, delivery: QueuedDelivery) -> None:
    values: list[object] = []
    threads: set[threading.Thread] = set()
    take_by(delivery, lambda value: (values.append(value), threads.add(threading.current_thread())))
    post_elsewhere(delivery, [1, None, "three"])
    assert values == [], "nothing is delivered by the posting thread"
    qtbot.waitUntil(lambda: len(values) == 3)
    assert values == [1, None, "three"]
    assert threads == {threading.current_thread()}


def test_a_value_posted_by_the_gui_thread_waits_for_its_turn(qtbot: QtBot, delivery: QueuedDelivery) -> None:
    values: list[object] = []
    take_by(delivery, values.append)
    delivery.post(1)
    assert values == []
    qtbot.waitUntil(lambda: values == [1])


def test_what_waits_is_announced_by_one_event(qtbot: QtBot, delivery: QueuedDelivery) -> None:
    announced: list[bool] = []
    values: list[object] = []
    delivery._announced.connect(lambda: announced.append(True))
    take_by(delivery, values.append)
    post_elsewhere(delivery, list(range(1_000)))
    qtbot.waitUntil(lambda: len(values) == 1_000)
    assert announced == [True]
    post_elsewhere(delivery, ["later"])
    qtbot.waitUntil(lambda: values[-1] == "later")
    assert announced == [True, True]


def test_slow_values_take_turns_with_other_events(
    qtbot: QtBot, delivery: QueuedDelivery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queued_delivery, "_TURN_S", 0.0)  # each value takes longer than a turn
    values: list[object] = []
    n_delivered_at_tick: set[int] = set()
    take_by(delivery, lambda value: (values.append(value), time.sleep(0.001)))
    timer = QTimer(interval=0)
    timer.timeout.connect(lambda: n_delivered_at_tick.add(len(values)))
    timer.start()
    post_elsewhere(delivery, list(range(20)))
    qtbot.waitUntil(lambda: len(values) == 20)
    timer.stop()
    assert values == list(range(20))
    assert len(n_delivered_at_tick & set(range(1, 20))) > 1


def test_a_value_posted_while_one_is_delivered_is_not_lost(qtbot: QtBot, delivery: QueuedDelivery) -> None:
    values: list[object] = []

    def on_delivered(value: object) -> None:
        values.append(value)
        if value == "first":
            post_elsewhere(delivery, ["second"])

    take_by(delivery, on_delivered)
    delivery.post("first")
    qtbot.waitUntil(lambda: values == ["first", "second"])


def test_cleared_values_are_not_delivered(
    qtbot: QtBot, delivery: QueuedDelivery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queued_delivery, "_TURN_S", 0.0)
    values: list[object] = []
    take_by(delivery, lambda value: (values.append(value), time.sleep(0.001)))
    post_elsewhere(delivery, [1, 2, 3])
    qtbot.waitUntil(lambda: bool(values))
    delivery.clear()
    assert not delivery._next_turn.isActive()
    n = len(values)
    QApplication.processEvents()
    assert len(values) == n
    delivery.post("new")
    qtbot.waitUntil(lambda: values[-1] == "new")
    assert len(values) == n + 1
