"""Every window and dialog of the program, one after the other, for checks that must hold in all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPoint, QUrl
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.core.errors import AudioEmptyError, BundleUnreadableError, InternalError
from genre_desktop.gui.crash.crash_controller import CrashController
from genre_desktop.gui.crash.crash_dialog import CrashDialog
from genre_desktop.gui.crash.exception_hook import ExceptionHook
from genre_desktop.gui.crash.uncaught_error import UncaughtError
from genre_desktop.gui.export.export_dialog import ExportDialog
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.models.models_task import ModelEntry
from genre_desktop.gui.tracks.track import State
from genre_desktop.gui.widgets.dialog import Dialog
from genre_desktop.gui.widgets.message_box import MessageBox
from genre_desktop.library.result import FileFacts, Summary
from genre_desktop.library.scan.scan_tally import PassedOver, ScanTally
from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.importing.bundle_changes import Update
from genre_desktop.model.predictor import Predictor
from tests.gui.conftest import GENRES, make_prediction, set_prediction

N_TRACKS = 40

Wait = Callable[[Callable[[], bool]], None]


def predictor_called(name: str, genres: tuple[str, ...] = GENRES) -> Predictor:
    """A predictor whose card has the same text in every field."""
    figures = {"accuracy": 0.57, "accuracy_ci95": [0.5, 0.64], "n_tracks": 197, "leaking": False}
    card = {
        "name": name,
        "version": name,
        "labels": list(genres),
        "description": f"{name}. {name}",
        "licences": {name: name},
        "sources": [name, name],
        "metrics": {"lists": figures},
    }
    scores = np.full(len(genres), 1 / len(genres), np.float32)
    bundle = ModelBundle(path=Path("/models/model"), card=card, config=FeatureConfig())
    return Predictor(bundle, lambda patches: np.tile(scores, (len(patches), 1)))


def fill(window: MainWindow, name: str, genre: str) -> None:
    """Add tracks whose tags and paths all hold a name; some failed, some are not classified."""
    tracks = window.session.tracks
    facts = FileFacts(5_000_000, 10**18, "0" * 32, name, name, name, (name,))
    done = Summary(
        genre=genre, confidence=0.8, best=genre, second="pop", second_confidence=0.1, facts=facts, styles=(name,) * 3
    )
    rows = []
    for number in range(N_TRACKS):
        path = f"/music/{name}/{number} {name}.mp3"
        error = AudioEmptyError(path=path) if number % 4 == 3 else None
        rows.append(
            (path, Summary(error=error, facts=facts) if error else replace(done, by_hand=name if number == 1 else None))
        )
    tracks.add(path for path, _ in rows)
    tracks.set_summaries(rows)
    tracks.set_state(list(tracks.tracks())[-8:], State.STOPPED)
    window.table.select_row(0)
    track = window.table.current()
    assert track is not None
    set_prediction(
        window,
        track,
        make_prediction(
            "jazz",
            0.8,
            probabilities={genre: 0.8, name: 0.2},
            tags=(name, name),
            styles=(name,) * 3,
            reasons=(name,) * 4,
            model=name,
        ),
    )


def every_window(window: MainWindow, wait: Wait, name: str, genre: str = "jazz") -> Iterator[tuple[str, QWidget]]:
    """Open each window or dialog in turn, and close it before the next one.

    Parameters
    ----------
    window : MainWindow
        Its list is empty, and its engine takes long.
    wait : callable
        Handles events until a condition holds.
    name : str
        Name of everything that has a name from outside the program: tracks, models, tags.
    """
    bundle = window.session.bundle
    assert bundle is not None
    actions, session = window.actions_, window.session
    yield "first start", window
    for number in range(3):
        window.notices.show_notice(f"{name} {number}").add_button("Use this model", lambda: None)
    yield "notices", window
    for notice in window.notices.notices():
        notice.dismiss.click()
    fill(window, name, genre)
    yield "list", window
    session.queue.add([track for track in session.tracks.tracks() if track.state is State.STOPPED])
    wait(lambda: window.job_bar.cancel.isVisible())
    window.job_bar.show_skipped(87, name)
    window.job_bar.show_message(f"{name} {name}")
    yield "run", window

    window.quit_controller.ask(lambda: None)
    yield "quit", _shown(window)
    _close_dialogs(window)

    actions.overview.trigger()
    yield "overview", window
    actions.overview.trigger()
    actions.live.trigger()
    yield "live", window
    actions.live.trigger()

    actions.settings.trigger()
    settings = _shown(window)
    for number, page in enumerate(settings.pages):  # type: ignore[attr-defined]
        settings.list.setCurrentRow(number)  # type: ignore[attr-defined]
        yield f"settings {number}", settings
        if hasattr(page, "_ask_to_forget"):
            page._ask_to_forget()
            yield "forget", _shown(settings)
            _close_dialogs(settings)
    settings.show_problem(f"{name} {name} {name}")  # type: ignore[attr-defined]
    settings._ask_to_reset()  # type: ignore[attr-defined]
    yield "reset", _shown(settings)
    _close_dialogs(settings)
    _close_dialogs(window)

    actions.about.trigger()
    about = window.help_controller._about
    assert about is not None
    wait(lambda: about.parts.list.count() > 0 and not about.worker.busy)
    for number in range(3):
        about.list.setCurrentRow(number)
        yield f"about {number}", about
    _close_dialogs(window)

    actions.help.trigger()
    yield "help", _shown(window)
    _close_dialogs(window)
    actions.log.trigger()
    log = window.help_controller._log
    assert log is not None
    wait(lambda: not log.worker.busy)
    log._show_state(name)
    yield "log", log
    _close_dialogs(window)

    actions.models.trigger()
    models = window.models_controller.dialog
    assert models is not None
    wait(lambda: not window.models_controller.worker.busy)
    entry = ModelEntry(bundle, 8_000_000, bundle)
    models.show_entries([entry], bundle)
    models.show_message(f"{name} {name}")
    yield "models", models
    window.models_controller.show_failure(BundleUnreadableError(path=f"/music/{name}.zip", reason=f"{name} {name}"))
    yield "model refused", _shown(models)
    _close_dialogs(models)
    window.models_controller.questions.confirm_update(Path(f"/music/{name}.zip"), Update(bundle, bundle))
    yield "update model", _shown(models)
    _close_dialogs(models)
    window.models_controller.questions.confirm_removal(ModelEntry(bundle, 8_000_000, None))
    yield "remove model", _shown(models)
    _close_dialogs(models)
    window.models_controller.import_dropped([QUrl.fromLocalFile(f"/music/{name}.zip")])
    yield "import model", _shown(models)
    _close_dialogs(models)
    _close_dialogs(window)

    actions.failures.trigger()
    yield "failures", _shown(window)
    _close_dialogs(window)
    window.table.select_row(0)
    actions.by_hand.trigger()
    yield "by hand", _shown(window)
    _close_dialogs(window)
    actions.export.trigger()
    export = _shown(window)
    assert isinstance(export, ExportDialog)
    export._show_message(f"{name} {name}", problem=True)
    yield "export", export
    _close_dialogs(window)
    box = window.export_controller._canvas_export.replace_question(Path(f"/music/{name}.png"))
    box.open()
    yield "replace", box
    _close_dialogs(window)

    tally = ScanTally()
    for reason in PassedOver:
        for _ in range(6):
            tally.pass_over(reason, f"/music/{name}/{name}")
    window.track_commands._on_scanned(tally)
    window.track_commands.show_skipped()
    yield "skipped", _shown(window)
    _close_dialogs(window)

    CrashController(window, ExceptionHook(window)).show(UncaughtError.of(InternalError(reason=f"{name} {name}")))
    crash = _shown(window)
    assert isinstance(crash, CrashDialog)
    yield "crash", crash
    crash.details_button.click()
    yield "crash details", crash
    crash.details_button.click()
    crash.show_repeats(3)
    yield "crash folded again", crash
    _close_dialogs(window)

    box = MessageBox(window)
    box.setText(f"{name} " * 30)
    box.setInformativeText("\n".join([name] * 60))
    box.addButton("Take it", MessageBox.ButtonRole.AcceptRole)
    box.addButton(MessageBox.StandardButton.Cancel)
    box.open()
    yield "long message", box
    _close_dialogs(window)

    for menu in (actions.context_menu(window), *_menus(window)):
        menu.popup(window.mapToGlobal(QPoint(40, 40)))
        if menu.isVisible():  # an empty one is not
            yield f"menu {menu.title()}", menu
            menu.close()


def _menus(window: MainWindow) -> list[QMenu]:
    return [menu for menu in window.findChildren(QMenu) if not menu.isEmpty()]


def _shown(parent: QWidget) -> Dialog | MessageBox:
    """The dialog that is open over a window."""
    (shown,) = _open(parent)
    return shown


def _open(parent: QWidget) -> list[Dialog | MessageBox]:
    dialogs = [*parent.findChildren(Dialog), *parent.findChildren(MessageBox)]
    is_all = not isinstance(parent, MainWindow)
    return [dialog for dialog in dialogs if dialog.isVisible() and (is_all or not _is_below(dialog))]


def _is_below(dialog: QWidget) -> bool:
    """Whether a dialog has another dialog as its parent."""
    parent = dialog.parentWidget()
    return parent is not None and isinstance(parent.window(), Dialog)


def _close_dialogs(parent: QWidget) -> None:
    for dialog in _open(parent):
        dialog.close()
    QApplication.processEvents()
