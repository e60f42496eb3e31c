"""Signals and the end of the desktop session, as a window gets them."""

from __future__ import annotations

import signal
import sys

import pytest

from genre_desktop.core.run_marker import RunMarker, markers_folder
from genre_desktop.core.settings import load_settings
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.startup.shutdown_signals import ShutdownSignals
from tests.gui.support.window_process import READY, start_window
from tests.support.waiting import PATIENCE_S

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="no signals there")


@posix_only
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_closes_the_window_properly(number: signal.Signals) -> None:
    process = start_window(f"window.resize(900, 640); {READY}")
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.send_signal(number)
    _, err = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 0, err
    assert list(markers_folder().iterdir()) == []
    assert load_settings().window_geometry is not None, "what closing keeps was kept"


@posix_only
def test_a_signal_that_nohup_ignores_stays_ignored(window: MainWindow) -> None:
    before = {number: signal.getsignal(number) for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)}
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signals = ShutdownSignals(window, RunMarker())
    try:
        signals.install()
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        assert signal.getsignal(signal.SIGTERM) == signals._on_signal
    finally:
        signals._signal_check.stop()
        for number, handler in before.items():
            signal.signal(number, handler)


def test_the_end_of_the_session_saves_everything_and_may_be_cancelled(window: MainWindow) -> None:
    marker = RunMarker()
    marker.begin()
    signals = ShutdownSignals(window, marker)
    window.resize(1000, 700)
    window.quit_controller.must_ask = lambda: True  # type: ignore[method-assign]
    signals.on_session_ending()
    assert load_settings().window_geometry is not None
    assert not marker.is_set, "an end that comes now is no unclean exit"
    assert window.isVisible()
    signals._logout_timeout.timeout.emit()
    assert marker.is_set
    marker.end()
    signals.on_session_ending()
    window.close()
    assert not window.isVisible(), "nobody is asked"
    signals._logout_timeout.stop()
