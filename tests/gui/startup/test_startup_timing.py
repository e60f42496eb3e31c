"""Entries of the log about the start."""

from __future__ import annotations

import logging
import os
import re
import subprocess
import sys
import threading
import time
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from genre_desktop.core.errors import BundleHashError
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.startup import startup_timing
from genre_desktop.gui.startup.startup_timing import StartupTimer, since_start
from genre_desktop.model.bundles.bundle import ModelBundle
from tests.gui.conftest import MakeWindow, changed, make_predictor
from tests.support.waiting import PATIENCE_S


def _logged(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [re.sub(r"\d+\.\d\d", "N", record.getMessage()) for record in caplog.records if "start" in record.name]


@pytest.fixture(autouse=True)
def _log_level(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "genre_desktop")


def test_ready_is_logged_once_when_model_and_store_are_loaded(
    qtbot: QtBot, qapp: QApplication, make_window: MakeWindow, services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    may_open = threading.Event()

    def open_store() -> Any:
        assert may_open.wait(PATIENCE_S)
        return services.open_store()

    window = make_window(changed(services, open_store=open_store), wait_for_model=False)
    StartupTimer(window)
    qtbot.waitUntil(lambda: not window.session.status().needs_model)
    assert _logged(caplog) == []
    may_open.set()
    qtbot.waitUntil(lambda: _logged(caplog) != [])
    window.session.model_loaded.emit(make_predictor().bundle)  # another model, chosen later
    assert _logged(caplog) == ["ready N s after the start"]


def test_the_first_paint_is_logged(
    qtbot: QtBot, make_window: MakeWindow, services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    window = make_window()
    StartupTimer(window)
    window.painted.emit()
    assert _logged(caplog) == ["first paint N s after the start"]


def test_without_a_model_the_window_is_never_ready(
    qtbot: QtBot, make_window: MakeWindow, services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    may_load = threading.Event()

    def load(_bundle: ModelBundle) -> Any:
        assert may_load.wait(PATIENCE_S)
        raise BundleHashError(path="/m", received="1", expected="2")

    window = make_window(changed(services, load_predictor=load), wait_for_model=False)
    StartupTimer(window)
    may_load.set()
    qtbot.waitUntil(lambda: _logged(caplog) != [])
    assert _logged(caplog)[0].startswith("no model N s after the start: GD-203")
    window.session.queue.set_predictor(make_predictor())
    window.session.model_loaded.emit(make_predictor().bundle)
    assert len(_logged(caplog)) == 1, "a model chosen later is no matter of the start"


@pytest.mark.skipif(sys.platform != "linux", reason="/proc")
def test_the_time_before_python_counts_too() -> None:
    code = "from genre_desktop.gui.startup.startup_timing import since_start; print(since_start())"
    began = time.monotonic()
    # The shell waits and then becomes Python: one process, as a packaged program and its loader.
    command = f'sleep 0.5; exec "{sys.executable}" -c "{code}"'
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True, env=dict(os.environ))
    assert 0.5 <= float(done.stdout) <= time.monotonic() - began + 0.02  # the kernel counts in hundredths


def test_on_other_systems_the_time_counts_from_the_import(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(startup_timing, "_IMPORTED_AT", time.monotonic() - 5)
    assert since_start() >= 5
