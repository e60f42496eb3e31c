"""What all tests share: a home of their own, no leaks, the optional data set."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import shiboken6

if TYPE_CHECKING:
    from PySide6.QtCore import QThread
    from PySide6.QtWidgets import QApplication

# Before Qt, TensorFlow and NumPy are imported by anybody.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("VECLIB_MAXIMUM_THREADS", "1")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("MPLBACKEND", "Agg")

# What is started in the background ignores interrupts, what nohup starts the end of the session; programs inherit
# that, and those that tests end would never hear of it. A handler is not inherited.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
if sys.platform != "win32" and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
    signal.signal(signal.SIGHUP, lambda *_: None)

REPOSITORY = Path(__file__).resolve().parent.parent

# One for all processes and runs: in the home of a single test, each would compile anew what librosa wants.
os.environ.setdefault("NUMBA_CACHE_DIR", str(REPOSITORY / ".pytest_cache" / "numba"))

_LEAVE_S = 30.0  # for what a test left to end by itself


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """No test sees or changes the settings, models and logs of the person who runs it."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("GENRE_DESKTOP_HOME", str(folder))
    yield folder
    log = sys.modules.get("genre_desktop.core.log")
    if log is not None:
        log.close_logging()
    i18n = sys.modules.get("genre_desktop.core.i18n")
    if i18n is not None:
        i18n.set_translator(None)


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    """The program's own application: there is one a process, whichever test wants it first."""
    from genre_desktop.gui.startup.application import Application

    return Application


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Folder of the GTZAN training and validation part (README.md there); the test is skipped without it."""
    folder = Path(os.environ.get("GENRE_DESKTOP_DATA", REPOSITORY.parent / "shared" / "data"))
    if not (folder / "gtzan" / "mels.npz").is_file():
        pytest.skip(f"no GTZAN data in {folder} (GENRE_DESKTOP_DATA says where it is)")
    return folder


def _threads() -> set[threading.Thread]:
    # A dummy stands for a thread that Qt or a C library started; Qt's own are looked at below.
    ours = (thread for thread in threading.enumerate() if not isinstance(thread, threading._DummyThread))
    return {thread for thread in ours if type(thread).__name__ != "TMonitor"}  # tqdm's, one a process


def _qt_threads() -> list[QThread]:
    from PySide6.QtCore import QThread

    # By type and not by isinstance, which asks the dead weak references that TensorFlow leaves.
    known = (thing for thing in gc.get_objects() if issubclass(type(thing), QThread) and shiboken6.isValid(thing))
    return [thread for thread in known if thread.isRunning() and thread is not QThread.currentThread()]


def _left_behind(threads_before: set[threading.Thread], known: set[int]) -> dict[str, list[str]]:
    from PySide6.QtCore import QThreadPool, QTimer
    from PySide6.QtWidgets import QApplication

    windows = [widget for widget in QApplication.topLevelWidgets() if id(widget) not in known]
    timers = [timer for widget in windows for timer in widget.findChildren(QTimer) if timer.isActive()]
    left = {
        "threads": [thread.name for thread in _threads() - threads_before],
        "Qt threads": [repr(thread) for thread in _qt_threads() if id(thread) not in known],
        "tasks in the pool": ["running"] * QThreadPool.globalInstance().activeThreadCount(),
        "windows": [repr(widget) for widget in windows if widget.isVisible()],
        "timers": [repr(timer.parent()) for timer in timers],
    }
    return {kind: names for kind, names in left.items() if names}


@pytest.fixture(autouse=True)
def no_leaks(request: pytest.FixtureRequest) -> Iterator[None]:
    """A GUI test may leave no thread running, no timer ticking and no window open."""
    if not Path(request.path).is_relative_to(REPOSITORY / "tests" / "gui"):
        yield
        return
    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QApplication

    qapp = request.getfixturevalue("qapp")
    threads = _threads()
    known = set(map(id, [*QApplication.topLevelWidgets(), *_qt_threads()]))
    yield
    deadline = time.monotonic() + _LEAVE_S
    while True:
        # Only a returning event loop deletes what deleteLater() marked.
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        qapp.processEvents()
        left = _left_behind(threads, known)
        if not left:
            return
        if time.monotonic() > deadline:
            pytest.fail(f"the test left behind: {left}")
        time.sleep(0.02)
