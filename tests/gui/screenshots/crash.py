"""Pictures of uncaught errors, and of what the next start shows of a crash."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from genre_desktop.audio.capture.recording_recovery import RecoveredRecording
from genre_desktop.core import locations
from genre_desktop.core.log import configure_logging
from genre_desktop.core.run_marker import UncleanExit
from genre_desktop.gui.crash.crash_controller import CrashController
from genre_desktop.gui.crash.crash_dialog import CrashDialog
from genre_desktop.gui.crash.exception_hook import ExceptionHook
from genre_desktop.gui.crash.previous_run_check import PreviousRun, PreviousRunCheck
from tests.gui.screenshots.screenshot_taker import SIZES, ScreenshotTaker

_TRACE = """Fatal Python error: Segmentation fault

Thread 0x00007f0a3bffe640 (most recent call first):
  File "/usr/lib/python3.11/threading.py", line 324 in wait
  File "/usr/lib/python3.11/queue.py", line 180 in get
  File "{root}/genre_desktop/gui/workers/worker.py", line 177 in _run

Current thread 0x00007f0a4c2a1740 (most recent call first):
  File "{root}/genre_desktop/gui/canvas/spectrogram_item.py", line 131 in paint
  File "{root}/genre_desktop/gui/canvas/plot_painter.py", line 88 in paintEvent
  File "{root}/genre_desktop/gui/startup/main.py", line 78 in _run
"""


def take_crash(taker: ScreenshotTaker, sounds: list[Path]) -> None:
    """Pictures of the dialog of a repeated error, and of the notifications and report of the next start."""
    settle, wait, take = taker.settle, taker.wait, taker.take
    window = taker.open()
    configure_logging()
    window.session.open(sounds)
    wait(lambda: len(window.session.tracks) >= len(sounds) and not window.session.is_busy)
    window.table.select_row(2)
    wait(lambda: not window.session.reader.is_reading)
    settle()
    logging.getLogger("genre_desktop.gui.startup.startup_timing").info("first paint 0.41 s after the start")
    logging.getLogger("genre_desktop.library.engine.engine").info("GD-106: /home/anna/Music/Song.mp3 is damaged: ...")
    hook = ExceptionHook(window)
    CrashController(window, hook)
    for _ in range(4):
        _handle_error(hook)
        settle(0.05)
    (dialog,) = window.findChildren(CrashDialog)
    taker.take_over(window, dialog, "16-crash")
    dialog.details_button.click()
    settle()
    taker.take_over(window, dialog, "16-crash-details")
    dialog.close()
    settle(0.1)

    moment = datetime(2026, 11, 24, 21, 30).astimezone()
    trace = _TRACE.format(root=locations.resources().parent)
    check = PreviousRunCheck(window, locations.user_recordings)
    crash = UncleanExit(moment, moment, "0.1.0", trace)
    recovered = RecoveredRecording(
        Path("/home/anna/Music/Genre Desktop/Live 2026-11-24 20.58.12 (recovered).wav"), 1907.0
    )
    check.show_previous_run(PreviousRun((crash,), (recovered,)))
    settle()
    take(window, "17-next-start")
    check.show_report(crash)
    (dialog,) = window.findChildren(CrashDialog)
    taker.take_over(window, dialog, "17-report")
    dialog.details_button.click()
    settle()
    taker.take_over(window, dialog, "17-report-details")
    dialog.close()
    for notice in window.notices.notices():
        notice.dismiss.click()
    check.show_previous_run(PreviousRun((replace(crash, ended=None, trace=""),), ()))
    settle()
    take(window, "17-killed", SIZES[:1])
    taker.close(window)


def _handle_error(hook: ExceptionHook) -> None:
    try:
        _show_genres({"jazz": 0.83})
    except KeyError as error:
        hook.handle(error, "unexpected error in the window")


def _show_genres(shares: dict[str, float]) -> float:
    return shares["rock"]
