"""Python's hooks for uncaught exceptions."""

from __future__ import annotations

import gc
import logging
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from genre_desktop.core.log import configure_logging, log_file
from genre_desktop.gui.crash import exception_hook
from genre_desktop.gui.crash.exception_hook import ExceptionHook
from genre_desktop.gui.crash.uncaught_error import UncaughtError


@pytest.fixture
def parent(qapp: Any) -> Iterator[QObject]:
    parent = QObject()
    yield parent
    parent.deleteLater()


@pytest.fixture
def uncaught(parent: QObject, qtbot: QtBot) -> Iterator[list[UncaughtError]]:
    """Exceptions that an installed hook emitted."""
    configure_logging()
    hook = ExceptionHook(parent)
    emitted: list[UncaughtError] = []
    hook.uncaught.connect(emitted.append)
    with qtbot.capture_exceptions():  # pytest-qt's own hook is off meanwhile
        hook.install()
        yield emitted
        hook.uninstall()


def test_an_error_is_logged_at_once_and_emitted_later(parent: QObject, qtbot: QtBot) -> None:
    configure_logging()
    hook = ExceptionHook(parent)
    emitted: list[UncaughtError] = []
    hook.uncaught.connect(emitted.append)
    hook.handle(ValueError("broken"), "somewhere")
    assert "ValueError: broken" in log_file().read_text("utf-8")
    assert emitted == [], "not from within the place where it happened"
    qtbot.waitUntil(lambda: [error.cause for error in emitted] == ["ValueError: broken"])


def test_an_interrupt_is_no_error(parent: QObject) -> None:
    hook = ExceptionHook(parent)
    interrupts: list[bool] = []
    hook.interrupted.connect(lambda: interrupts.append(True))
    hook._on_exception(KeyboardInterrupt, KeyboardInterrupt())
    assert interrupts == [True]


def test_an_error_on_a_thread_is_emitted_if_own_code_is_in_its_traceback(
    uncaught: list[UncaughtError], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def work() -> None:
        raise ValueError("broken thread")

    thread = threading.Thread(target=work, name="not ours")
    thread.start()
    thread.join()
    qtbot.wait(50)
    assert uncaught == [], "an error in a library's own thread"
    assert "on the thread not ours" in log_file().read_text("utf-8")
    monkeypatch.setattr(exception_hook, "_OWN_PACKAGES", (__name__.partition(".")[0],))
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(uncaught) == 1)
    thread = threading.Thread(target=sys.exit)
    thread.start()
    thread.join()
    qtbot.wait(20)
    assert len(uncaught) == 1


def test_an_error_in_a_finalizer_is_logged_only(uncaught: list[UncaughtError], qtbot: QtBot) -> None:
    class Broken:
        def __del__(self) -> None:
            raise ValueError("broken end")

    Broken()
    gc.collect()
    qtbot.wait(20)
    assert "broken end" in log_file().read_text("utf-8")
    assert uncaught == []


def test_uninstalling_restores_the_previous_hooks(parent: QObject) -> None:
    before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    hook = ExceptionHook(parent)
    hook.install()
    assert sys.excepthook != before[0]
    hook.uninstall()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before
    logging.getLogger("genre_desktop").info("done")
