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


class Ear:
    """Hears a servant."""

    def __init__(self, main: Main, *arguments: Any) -> None:
        self.messages: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self.ends = 0
        self.ended = threading.Event()
        self.servant = ChildProcess("test", main, arguments, on_message=self.messages.put, on_end=self._on_end)

    def _on_end(self) -> None:
        self.ends += 1
        self.ended.set()

    def next(self) -> Any:
        return self.messages.get(timeout=PATIENCE_S)


@pytest.fixture
def start() -> Iterator[Callable[..., Ear]]:
    ears: list[Ear] = []

    def begin(main: Main, *arguments: Any) -> Ear:
        ears.append(Ear(main, *arguments))
        return ears[-1]

    yield begin
    for ear in ears:
        ear.servant.close()


def test_it_has_a_process_of_its_own_and_answers_in_order(start: Callable[..., Ear]) -> None:
    ear = start(echo, "first", 2)
    arguments, process = ear.next()
    assert arguments == ("first", 2)
    assert process != os.getpid()
    for number in range(5):
        ear.servant.send(number)
    assert [ear.next() for _ in range(5)] == list(range(5))
    assert ear.servant.is_alive


@pytest.mark.parametrize("how", ["fall", "stumble"])
def test_an_end_of_its_own_is_told_once(start: Callable[..., Ear], how: str) -> None:
    ear = start(echo)
    ear.next()
    ear.servant.send("last words")
    ear.servant.send(how)
    assert ear.ended.wait(PATIENCE_S)
    assert ear.next() == "last words", "what was said before is heard"
    assert not ear.servant.is_alive
    ear.servant.send("nobody hears this")
    ear.servant.close()
    assert ear.ends == 1
    if how == "stumble":
        assert "a fault in the servant" in log_file().with_name("crash.log").read_text("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="no signals there")
def test_a_killed_process_is_told(start: Callable[..., Ear]) -> None:
    ear = start(echo)
    _, process = ear.next()
    os.kill(process, signal.SIGKILL)
    assert ear.ended.wait(PATIENCE_S)


def test_closing_is_no_end_of_its_own(start: Callable[..., Ear]) -> None:
    ear = start(echo)
    ear.next()
    ear.servant.close()
    ear.servant.close()
    assert not ear.servant.is_alive
    assert not ear.servant._listener.is_alive()
    assert ear.ends == 0


def test_one_that_hangs_can_be_closed(start: Callable[..., Ear], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("genre_desktop.core.child_process._JOIN_S", 0.3)
    ear = start(hang)
    assert ear.next() == "here"
    ear.servant.close()
    ear.servant._process.join(PATIENCE_S)
    assert not ear.servant._process.is_alive()
    assert ear.ends == 0


def test_whoever_sends_to_one_that_hangs_does_not_wait(
    start: Callable[..., Ear], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("genre_desktop.core.child_process._JOIN_S", 0.3)
    ear = start(hang)
    ear.next()
    sender = threading.Thread(target=ear.servant.send, args=(bytes(8 << 20),))  # more than a pipe takes
    sender.start()
    sender.join(PATIENCE_S)
    assert not sender.is_alive()
    ear.servant.close()
    ear.servant._speaker.join(PATIENCE_S)
    assert not ear.servant._process.is_alive() and not ear.servant._speaker.is_alive()


def test_what_cannot_be_written_does_not_silence_it(start: Callable[..., Ear]) -> None:
    ear = start(echo)
    ear.next()
    ear.servant.send(lambda: None)
    ear.servant.send("next")
    assert ear.next() == "next"


@pytest.mark.skipif(sys.platform == "win32", reason="no signals there")
def test_the_keys_that_end_the_program_do_not_end_it(start: Callable[..., Ear]) -> None:
    ear = start(echo)
    _, process = ear.next()
    os.kill(process, signal.SIGINT)
    ear.servant.send("still here")
    assert ear.next() == "still here"
    assert ear.ends == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps such a limit")
def test_one_that_wants_all_the_memory_ends(start: Callable[..., Ear]) -> None:
    ear = start(echo)
    _, process = ear.next()
    assert has_limits(process)
    ear.servant.send("hog")
    assert ear.ended.wait(PATIENCE_S)
    assert ear.servant._process.exitcode == OUT_OF_MEMORY
    assert "MemoryError" in log_file().with_name("crash.log").read_text("utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="threads are counted there")
def test_libraries_reserve_no_memory_for_each_processor(start: Callable[..., Ear]) -> None:
    before, after = start(count_threads).next()
    assert after == before
