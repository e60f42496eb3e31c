"""Pictures of what is told of faults and crashes, and of the models dialog."""

from __future__ import annotations

import json
import logging
import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from genre_desktop.audio.capture.recording_recovery import RecoveredRecording
from genre_desktop.core import locations
from genre_desktop.core.log import configure_logging
from genre_desktop.core.run_marker import UncleanExit
from genre_desktop.gui.crash.crash_dialog import CrashDialog
from genre_desktop.gui.crash.exception_hook import ExceptionHook
from genre_desktop.gui.crash.previous_session import PreviousRun, PreviousRunCheck
from genre_desktop.gui.session.services import Services
from genre_desktop.model.bundles import catalogue
from tests.gui.conftest import changed
from tests.gui.screenshots.screenshot import SIZES, Photographer

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


def take_crash(photographer: Photographer, sounds: list[Path]) -> None:
    """A fault while the window runs, folded, unfolded and repeated; what the next start tells; the models."""
    settle, wait, take = photographer.settle, photographer.wait, photographer.take
    window = photographer.open()
    configure_logging()
    window.session.open(sounds)
    wait(lambda: len(window.session.tracks) >= len(sounds) and not window.session.is_busy)
    window.table.select_row(2)
    wait(lambda: not window.session.reader.is_reading)
    settle()
    logging.getLogger("genre_desktop.gui.startup.startup_timing").info("first paint 0.41 s after the start")
    logging.getLogger("genre_desktop.library.engine.engine").info("GD-106: /home/anna/Music/Song.mp3 is damaged: ...")
    faults = ExceptionHook(window)
    for _ in range(4):
        _fall(faults)
        settle(0.05)
    (dialog,) = window.findChildren(CrashDialog)
    photographer.take_over(window, dialog, "16-crash")
    dialog.fold.click()
    settle()
    photographer.take_over(window, dialog, "16-crash-details")
    dialog.close()
    settle(0.1)

    moment = datetime(2026, 11, 24, 21, 30).astimezone()
    trace = _TRACE.format(root=locations.resources().parent)
    last_time = PreviousRunCheck(window, locations.user_recordings)
    crash = UncleanExit(moment, moment, "0.1.0", trace)
    recovered = RecoveredRecording(
        Path("/home/anna/Music/Genre Desktop/Live 2026-11-24 20.58.12 (recovered).wav"), 1907.0
    )
    last_time.show_left(PreviousRun((crash,), (recovered,)))
    settle()
    take(window, "17-next-start")
    last_time.show_report(crash)
    (dialog,) = window.findChildren(CrashDialog)
    photographer.take_over(window, dialog, "17-report")
    dialog.fold.click()
    settle()
    photographer.take_over(window, dialog, "17-report-details")
    dialog.close()
    for notice in window.notices.notices():
        notice.dismiss.click()
    last_time.show_left(PreviousRun((replace(crash, ended=None, trace=""),), ()))
    settle()
    take(window, "17-killed", SIZES[:1])
    photographer.close(window)

    window = photographer.open(_real_models(photographer.services))
    wait(lambda: not window.session.status().needs_model)
    _own_model("gtzan-cnn", "gtzan-cnn", "2", "2027-01-15", "The same network, trained with more tracks of blues.")
    _own_model("gtzan-cnn", "My record shelf", "", "2026-12-03", "Trained on my own folders: 1,240 tracks.")
    window.session.open(sounds)
    wait(lambda: len(window.session.tracks) >= len(sounds) and not window.session.is_busy)
    window.table.select_row(1)
    window.model_selection.choose(catalogue.find_bundle("gtzan-cnn"))
    wait(lambda: not window.session.status().needs_model and not window.session.is_busy)
    window.actions_.models.trigger()
    models = window.models_controller.dialog
    assert models is not None
    wait(lambda: models.table.rowCount() == 3)
    settle()
    photographer.take_over(window, models, "18-models")
    models.view.selectRow(2)
    settle()
    photographer.take_over(window, models, "18-models-update")
    window.models_controller.import_model(locations.shipped_models() / "gtzan-cnn")
    wait(lambda: not window.models_controller.worker.busy)
    settle()
    photographer.take_over(window, models, "18-models-refused")
    models.close()
    photographer.close(window)


def _fall(faults: ExceptionHook) -> None:
    try:
        _show_genres({"jazz": 0.83})
    except KeyError as error:
        faults.hear(error, "unexpected error in the window")


def _show_genres(shares: dict[str, float]) -> float:
    return shares["rock"]


def _real_models(services: Services) -> Services:
    def load(bundle: Any) -> Any:
        predictor = services.load_predictor(bundle)
        predictor.bundle = bundle
        return predictor

    return changed(
        services,
        list_bundles=catalogue.list_bundles,
        default_bundle=lambda: catalogue.find_bundle("gtzan-cnn"),
        load_predictor=load,
    )


def _own_model(source: str, name: str, version: str, created: str, description: str) -> None:
    folder = locations.user_models() / name
    shutil.copytree(locations.shipped_models() / source, folder)
    card = json.loads((folder / "card.json").read_text("utf-8"))
    card |= {"name": name, "version": version, "created": created, "description": description}
    if name != source:
        card["licences"] = {}
    (folder / "card.json").write_text(json.dumps(card), "utf-8")
