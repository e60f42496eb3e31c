from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from genre_desktop.core.child_process import ChildProcess
from genre_desktop.gui.workers import process_client
from genre_desktop.gui.workers.process_client import ProcessClient
from tests.gui.support.fake_process import FakeProcess
from tests.support.child_functions import echo, hang


class Bench:
    """A client, the processes that it has started, and what it has emitted."""

    def __init__(self, **limits: Any) -> None:
        self.processes: list[FakeProcess] = []
        self.client = ProcessClient(self._start, **limits)
        self.messages: list[object] = []
        self.events: list[str] = []
        self.client.received.connect(self.messages.append)
        self.client.ended.connect(lambda: self.events.append("ended"))
        self.client.timed_out.connect(lambda: self.events.append("timed out"))

    def _start(self, on_message: Callable[[Any], None], on_end: Callable[[], None]) -> FakeProcess:
        self.processes.append(FakeProcess(on_message, on_end))
        return self.processes[-1]


@pytest.fixture
def make_bench(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Bench]]:
    monkeypatch.setattr(process_client, "_SILENCE_CHECK_MS", 5)
    made: list[Bench] = []

    def make(**limits: Any) -> Bench:
        made.append(Bench(**limits))
        return made[-1]

    yield make
    for bench in made:
        assert bench.client.shutdown()
        assert not any(timer.isActive() for timer in bench.client.findChildren(QTimer))
        shiboken6.delete(bench.client)


def test_the_process_is_started_when_it_is_first_needed(make_bench: Callable[..., Bench]) -> None:
    bench = make_bench()
    assert not bench.processes and not bench.client.is_running
    assert bench.client.send("one") and bench.client.send("two")
    assert bench.client.is_running
    (process,) = bench.processes
    assert process.received == ["one", "two"]


def test_it_can_be_started_before(make_bench: Callable[..., Bench]) -> None:
    bench = make_bench()
    assert bench.client.start() and bench.client.start()
    bench.client.send("one")
    (process,) = bench.processes
    assert process.received == ["one"]


def test_messages_come_in_order_on_the_gui_thread(qtbot: QtBot, make_bench: Callable[..., Bench]) -> None:
    bench = make_bench()
    threads: set[threading.Thread] = set()
    bench.client.received.connect(lambda _message: threads.add(threading.current_thread()))
    bench.client.start()
    for message in (1, None, 3):
        bench.processes[0].send_back(message)
    qtbot.waitUntil(lambda: len(bench.messages) == 3)
    assert bench.messages == [1, None, 3]
    assert threads == {threading.current_thread()}


def test_a_crash_comes_after_the_last_messages_and_the_next_message_starts_another_process(
    qtbot: QtBot, make_bench: Callable[..., Bench]
) -> None:
    bench = make_bench()
    bench.client.send("one")
    bench.processes[0].send_back("last")
    bench.processes[0].crash()
    qtbot.waitUntil(lambda: bench.events == ["ended"])
    assert bench.messages == ["last"]
    assert bench.processes[0].is_closed and not bench.client.is_running
    assert bench.client.send("two")
    assert bench.processes[1].received == ["two"]


def test_stale_messages_of_an_earlier_process_are_dropped(qtbot: QtBot, make_bench: Callable[..., Bench]) -> None:
    bench = make_bench()
    bench.client.send("one")
    bench.processes[0].crash()
    qtbot.waitUntil(lambda: bool(bench.events))
    bench.processes[0].send_back("stale, with no process")
    bench.client.send("two")
    bench.processes[0].send_back("stale")
    bench.processes[0].crash()
    bench.processes[1].send_back("new")
    qtbot.waitUntil(lambda: bool(bench.messages))
    assert bench.messages == ["new"] and bench.events == ["ended"]
    assert bench.client.is_running


def test_after_too_many_crashes_no_process_is_started_until_it_is_allowed(
    qtbot: QtBot, make_bench: Callable[..., Bench]
) -> None:
    bench = make_bench(restart_limit=2)
    for n in (1, 2):
        assert bench.client.send("request")
        bench.processes[-1].crash()
        qtbot.waitUntil(lambda n=n: len(bench.events) == n)  # type: ignore[misc]
    assert not bench.client.send("request") and not bench.client.start()
    assert len(bench.processes) == 2
    bench.client.allow_restart()
    assert bench.client.send("request")
    assert len(bench.processes) == 3


def test_without_a_limit_a_process_is_started_after_any_number_of_crashes(
    qtbot: QtBot, make_bench: Callable[..., Bench]
) -> None:
    bench = make_bench()
    for n in range(1, 6):
        assert bench.client.send("request")
        bench.processes[-1].crash()
        qtbot.waitUntil(lambda n=n: len(bench.events) == n)  # type: ignore[misc]
    assert len(bench.processes) == 5


def test_a_process_that_owes_an_answer_and_is_silent_is_ended(qtbot: QtBot, make_bench: Callable[..., Bench]) -> None:
    bench = make_bench(silence_limit_s=0.01, restart_limit=1)
    bench.client.send("request")
    bench.client.expect_answer()
    qtbot.waitUntil(lambda: bench.events == ["timed out"])
    assert bench.processes[0].is_closed and not bench.client.is_running
    assert not bench.client._silence_check.isActive()
    assert not bench.client.send("request"), "it counts as a crash"


def test_silence_counts_only_while_an_answer_is_expected(qtbot: QtBot, make_bench: Callable[..., Bench]) -> None:
    bench = make_bench(silence_limit_s=0.01)
    bench.client.send("request")
    qtbot.wait(50)
    bench.client.expect_answer()
    bench.client.expect_answer(False)
    qtbot.wait(50)
    assert bench.events == [] and bench.client.is_running


def test_any_message_ends_the_silence(
    qtbot: QtBot, make_bench: Callable[..., Bench], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr(process_client.time, "monotonic", lambda: now[0])
    bench = make_bench(silence_limit_s=20.0)
    bench.client.send("request")
    bench.client.expect_answer()
    for _ in range(3):
        now[0] += 15.0
        bench.processes[0].send_back("progress")
        n = len(bench.messages)
        qtbot.waitUntil(lambda n=n: len(bench.messages) > n)  # type: ignore[misc]
    assert bench.events == []
    now[0] += 21.0
    qtbot.waitUntil(lambda: bench.events == ["timed out"])


def test_without_a_limit_silence_is_not_watched(make_bench: Callable[..., Bench]) -> None:
    bench = make_bench()
    bench.client.send("request")
    bench.client.expect_answer()
    assert not bench.client._silence_check.isActive()


def test_after_stop_nothing_is_started_sent_or_emitted(qtbot: QtBot, make_bench: Callable[..., Bench]) -> None:
    bench = make_bench(silence_limit_s=0.01)
    bench.client.send("request")
    bench.client.expect_answer()
    bench.processes[0].send_back("on its way")
    bench.client.stop()
    bench.client.expect_answer()
    assert not bench.client.send("late") and not bench.client.start()
    bench.processes[0].crash()
    qtbot.wait(50)
    assert bench.messages == [] and bench.events == []
    assert not bench.processes[0].is_closed, "shutdown ends it"
    assert bench.client.shutdown() and bench.processes[0].is_closed
    assert not bench.client.send("later") and len(bench.processes) == 1


def test_shutdown_drops_what_is_on_its_way_and_is_harmless_twice(make_bench: Callable[..., Bench]) -> None:
    bench = make_bench()
    bench.client.start()
    bench.processes[0].send_back("on its way")
    assert bench.client.shutdown() and bench.client.shutdown()
    QApplication.processEvents()
    assert bench.messages == []


@pytest.fixture
def make_real_client(qtbot: QtBot) -> Iterator[Callable[..., ProcessClient]]:
    made: list[ProcessClient] = []
    before = set(threading.enumerate())

    def make(main: Callable[..., None], **limits: Any) -> ProcessClient:
        def start(on_message: Callable[[Any], None], on_end: Callable[[], None]) -> ChildProcess:
            return ChildProcess("client test", main, on_message=on_message, on_end=on_end)

        made.append(ProcessClient(start, **limits))
        return made[-1]

    yield make
    for client in made:
        assert client.shutdown()
        shiboken6.delete(client)
    assert set(threading.enumerate()) <= before, "a thread is left"


def test_a_real_process_answers_crashes_and_is_started_again(
    qtbot: QtBot, make_real_client: Callable[..., ProcessClient]
) -> None:
    client = make_real_client(echo)
    messages: list[Any] = []
    ends: list[bool] = []
    client.received.connect(messages.append)
    client.ended.connect(lambda: ends.append(True))
    client.send("one")
    qtbot.waitUntil(lambda: len(messages) == 2)
    (_, first_process), message = messages
    assert first_process != os.getpid() and message == "one"
    client.send("crash")
    qtbot.waitUntil(lambda: ends == [True])
    client.send("two")
    qtbot.waitUntil(lambda: len(messages) == 4)
    assert messages[2][1] != first_process and messages[3] == "two"


def test_a_real_process_can_be_shut_down_while_it_starts(make_real_client: Callable[..., ProcessClient]) -> None:
    client = make_real_client(echo)
    received: list[object] = []
    client.received.connect(received.append)
    client.send("one")
    assert client.shutdown()
    QApplication.processEvents()
    assert received == [] and not client.is_running


def test_a_real_process_that_hangs_is_ended(
    qtbot: QtBot, make_real_client: Callable[..., ProcessClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("genre_desktop.core.child_process._JOIN_S", 0.3)
    monkeypatch.setattr(process_client, "_SILENCE_CHECK_MS", 20)
    client = make_real_client(hang, silence_limit_s=0.3)
    received: list[object] = []
    client.received.connect(received.append)
    client.send("one")
    qtbot.waitUntil(lambda: received == ["here"])
    with qtbot.waitSignal(client.timed_out):
        client.expect_answer()
    assert not client.is_running
