from __future__ import annotations

import os
import queue
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from genre_desktop.core.child_process import ChildProcess, Main
from genre_desktop.core.log import log_file
from genre_desktop.core.untrusted.process_limits import OUT_OF_MEMORY
from tests.support.child_functions import count_threads, echo, hang, has_limits
from tests.support.waiting import PATIENCE_S


class Parent:
    """The parent's side of a child process, with what it has received."""

    def __init__(self, main: Main, *arguments: Any) -> None:
        self.messages: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self.ends = 0
        self.ended = threading.Event()
        self.child = ChildProcess("test", main, arguments, on_message=self.messages.put, on_end=self._on_end)

    def _on_end(self) -> None:
        self.ends += 1
        self.ended.set()

    def next(self) -> Any:
        return self.messages.get(timeout=PATIENCE_S)


@pytest.fixture
def start() -> Iterator[Callable[..., Parent]]:
    parents: list[Parent] = []

    def begin(main: Main, *arguments: Any) -> Parent:
        parents.append(Parent(main, *arguments))
        return parents[-1]

    yield begin
    for parent in parents:
        parent.child.close()


def test_runs_in_a_process_of_its_own_and_answers_in_order(start: Callable[..., Parent]) -> None:
    parent = start(echo, "first", 2)
    arguments, process = parent.next()
    assert arguments == ("first", 2)
    assert process != os.getpid()
    for number in range(5):
        parent.child.send(number)
    assert [parent.next() for _ in range(5)] == list(range(5))
    assert parent.child.is_alive


@pytest.mark.parametrize("how", ["crash", "fail"])
def test_an_end_by_itself_is_reported_once(start: Callable[..., Parent], how: str) -> None:
    parent = start(echo)
    parent.next()
    parent.child.send("last words")
    parent.child.send(how)
    assert parent.ended.wait(PATIENCE_S)
    assert parent.next() == "last words", "messages sent before are received"
    assert not parent.child.is_alive
    parent.child.send("nobody hparents this")
    parent.child.close()
    assert parent.ends == 1
    if how == "fail":
        assert "a fault in the child process" in log_file().with_name("crash.log").read_text("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="no signals there")
def test_a_killed_process_is_reported(start: Callable[..., Parent]) -> None:
    parent = start(echo)
    _, process = parent.next()
    os.kill(process, signal.SIGKILL)
    assert parent.ended.wait(PATIENCE_S)


def test_closing_is_no_end_by_itself(start: Callable[..., Parent]) -> None:
    parent = start(echo)
    parent.next()
    parent.child.close()
    parent.child.close()
    assert not parent.child.is_alive
    assert not parent.child._receiver.is_alive()
    assert parent.ends == 0


def test_a_process_that_hangs_can_be_closed(start: Callable[..., Parent], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("genre_desktop.core.child_process._JOIN_S", 0.3)
    parent = start(hang)
    assert parent.next() == "here"
    parent.child.close()
    parent.child._process.join(PATIENCE_S)
    assert not parent.child._process.is_alive()
    assert parent.ends == 0


def test_sending_to_a_process_that_hangs_does_not_wait(
    start: Callable[..., Parent], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("genre_desktop.core.child_process._JOIN_S", 0.3)
    parent = start(hang)
    parent.next()
    sender = threading.Thread(target=parent.child.send, args=(bytes(8 << 20),))  # more than a pipe takes
    sender.start()
    sender.join(PATIENCE_S)
    assert not sender.is_alive()
    parent.child.close()
    parent.child._sender.join(PATIENCE_S)
    assert not parent.child._process.is_alive() and not parent.child._sender.is_alive()


def test_sending_goes_on_after_a_message_that_cannot_be_pickled(start: Callable[..., Parent]) -> None:
    parent = start(echo)
    parent.next()
    parent.child.send(lambda: None)
    parent.child.send("next")
    assert parent.next() == "next"


@pytest.mark.skipif(sys.platform == "win32", reason="no signals there")
def test_ctrl_c_does_not_end_it(start: Callable[..., Parent]) -> None:
    parent = start(echo)
    _, process = parent.next()
    os.kill(process, signal.SIGINT)
    parent.child.send("still here")
    assert parent.next() == "still here"
    assert parent.ends == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps such a limit")
def test_a_process_that_needs_too_much_memory_ends(start: Callable[..., Parent]) -> None:
    parent = start(echo)
    _, process = parent.next()
    assert has_limits(process)
    parent.child.send("hog")
    assert parent.ended.wait(PATIENCE_S)
    assert parent.child._process.exitcode == OUT_OF_MEMORY
    assert "MemoryError" in log_file().with_name("crash.log").read_text("utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="threads are counted there")
def test_libraries_reserve_no_memory_for_each_processor(start: Callable[..., Parent]) -> None:
    before, after = start(count_threads).next()
    assert after == before
