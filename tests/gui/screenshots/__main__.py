"""Pictures of the window in all its states, to be looked at by a person.

    python -m tests.gui.screenshots.__main__ FOLDER [--sound FOLDER] [--real] [--language de]

Writes PNG files for each state, two sizes, light and dark. Without ``--sound`` the
tracks are synthesised; with ``--real`` the shipped model judges them, otherwise a
stand-in with made-up opinions.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "1")

import numpy as np
from PySide6.QtCore import QPoint, Qt

from genre_desktop.core.errors import BundleHashError
from genre_desktop.core.i18n import tr
from genre_desktop.core.settings import LANGUAGES
from genre_desktop.gui.export.export_dialog import ExportDialog
from genre_desktop.gui.export.export_task import Format
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.startup.main import create_app
from genre_desktop.gui.track_table.failures_dialog import FailuresDialog
from genre_desktop.gui.track_table.set_genre_dialog import SetGenreDialog
from genre_desktop.gui.tracks.columns import Column
from genre_desktop.gui.tracks.track import State
from genre_desktop.gui.tracks.track_filter import FilterState
from genre_desktop.gui.widgets.theme import ThemeSwitch
from genre_desktop.library.result import TrackResult
from genre_desktop.model.genre_names import genre_name
from genre_desktop.model.prediction import Prediction
from genre_desktop.model.predictor import Predictor
from tests.gui.conftest import GENRES, SlowClassifier, changed, make_bundle, make_prediction, with_engines
from tests.gui.screenshots.canvas import take_canvas, two_parts
from tests.gui.screenshots.crash import take_crash
from tests.gui.screenshots.dialogs import take_living
from tests.gui.screenshots.runs import take_runs
from tests.gui.screenshots.screenshot import SIZES, Photographer
from tests.gui.support.library_rows import library
from tests.gui.support.screens import run_tour, screen
from tests.support.odd_files import music, write_sound

RATE = 22_050


def stand_in() -> Predictor:
    """A predictor whose opinions vary from track to track and over time."""
    weights = np.random.default_rng(7).normal(size=(128, len(GENRES))).astype(np.float32)

    ordinary = np.linspace(0.85, 0.45, 128, dtype=np.float32)

    def forward(patches: Any) -> Any:
        shape = patches.mean(axis=1) - ordinary
        logits = 1.4 * (shape - shape.mean(axis=1, keepdims=True)) @ weights
        shares = np.exp(logits - logits.max(axis=1, keepdims=True))
        return (shares / shares.sum(axis=1, keepdims=True)).astype(np.float32)

    return Predictor(make_bundle("gtzan-cnn"), forward)


def own_sounds(folder: Path) -> list[Path]:
    """Tracks to show where no folder is given."""
    folder.mkdir(parents=True, exist_ok=True)
    names = ["Morning train.wav", "Old river.wav", "Brass section.wav", "Static heart.wav", "Night drive.wav"]
    rng = np.random.default_rng(1)
    made = []
    for number, name in enumerate(names):
        samples = music(40.0 + 15 * number)
        noise = rng.normal(size=samples.shape).astype(np.float32)
        made.append(write_sound(folder / name, samples * (0.6 + 0.1 * number) + 0.01 * number * noise))
    return made


def odd_sounds(folder: Path) -> list[Path]:
    """A silent, an empty, a truncated and a text file, and long names."""
    folder.mkdir(parents=True, exist_ok=True)
    long_name = "Sinfonie Nr. 9 d-Moll op. 125 – IV. Finale (Presto, Allegro assai, Recitativo) [Live 1989, remastered]"
    paths = [
        write_sound(folder / f"{long_name}.wav", music(30.0)),
        write_sound(folder / "silence.wav", np.zeros((RATE * 8, 1), np.float32)),
        write_sound(folder / "half of it.wav", music(20.0)),
        folder / "empty download.mp3",
        folder / "notes about music.mp3",
        write_sound(folder / "日本語の歌 🎵.wav", music(12.0)),
    ]
    paths[2].write_bytes(paths[2].read_bytes()[: paths[2].stat().st_size // 2])
    paths[3].touch()
    paths[4].write_text("These are words and no sound.\n" * 40)
    return paths


def verdicts() -> dict[str, Prediction]:
    """Answers that tracks at hand may not get: long tags, two genres, unsure, no music."""
    long_tags = ("alternative rock", "progressive rock", "singer-songwriter")
    close = dict.fromkeys(GENRES, 0.01) | {"disco": 0.48, "pop": 0.44}
    open_ = dict.fromkeys(GENRES, 0.04) | {"rock": 0.37, "blues": 0.31}
    no_music = make_prediction("not music", 0.97, reasons=(tr("A steady noise: its spectrum hardly changes."),))
    return {
        "mixed": make_prediction(
            "disco",
            0.48,
            probabilities=close,
            tags=("dance", "80s"),
            reasons=(
                tr(
                    "{agreeing} of {total} segments sound most like {genre}.",
                    agreeing=15,
                    total=28,
                    genre=genre_name("disco"),
                ),
                tr("It could also be {genre} ({percent:.0f} %).", genre=genre_name("pop"), percent=44),
                tr("Parts spread over the track were listened to, not all of it."),
            ),
        ),
        "unsure": make_prediction(
            "unsure",
            0.37,
            probabilities=open_,
            tags=long_tags,
            reasons=(
                tr("No genre reaches the {percent:.0f} % that this model needs to be sure.", percent=62),
                tr(
                    "{agreeing} of {total} segments sound most like {genre}.",
                    agreeing=11,
                    total=28,
                    genre=genre_name("rock"),
                ),
                tr("It could also be {genre} ({percent:.0f} %).", genre=genre_name("blues"), percent=31),
                tr("The file is damaged: only its first {seconds:.0f} s could be read.", seconds=21),
            ),
        ),
        "not-music": no_music,
    }


class LateEngine:
    """Listens to a track in full once it may."""

    unkept = ()

    def __init__(self, engine: Any, may_begin: threading.Event) -> None:
        self._engine = engine
        self._may_begin = may_begin
        self.close = engine.close

    def classify(self, *arguments: Any, is_cancelled: Callable[[], bool], **options: Any) -> Iterator[TrackResult]:
        while not self._may_begin.wait(0.01):
            if is_cancelled():
                return
        yield from self._engine.classify(*arguments, is_cancelled=is_cancelled, **options)


def take_all(photographer: Photographer, sounds: list[Path], odd: list[Path]) -> None:
    """All states."""
    wait, take = photographer.wait, photographer.take
    services = photographer.services

    may_complete = threading.Event()

    def late_engine(jobs: int) -> Any:
        engine = services.new_engine(jobs)
        return LateEngine(engine, may_complete) if jobs == 1 else engine

    window = photographer.open(changed(services, new_engine=late_engine))
    wait(lambda: not window.session.status().needs_model)
    photographer.settle()
    take(window, "1-empty")
    window._drop_overlay.cover()
    take(window, "2-drag", SIZES[:1])
    window._drop_overlay.hide()
    window.session.open(sounds)
    wait(lambda: len(window.session.tracks) >= len(sounds) and not window.session.is_busy)
    photographer.settle()
    window.table.select_row(len(window.session.tracks) - 1)  # long enough for gaps between what was heard
    wait(lambda: not window.session.reader.is_reading)
    take(window, "4-heard-in-parts", SIZES[:1])
    may_complete.set()
    wait(lambda: not window.session.queue.full_classifier.busy)
    photographer.settle()
    take(window, "4-results")
    for name, prediction in verdicts().items():
        track = next(iter(window.session.tracks.tracks()))
        window.table.select(track)
        wait(lambda: not window.session.reader.is_reading and not window.session.queue.full_classifier.busy)
        window.session.set_result(TrackResult(Path(track.path), prediction, None, prediction.model))
        window.session.result_changed.emit(track, prediction)
        take(window, f"4-verdict-{name}")
    window.canvas.plots.zoom(0.2)
    window.table.filter_line.setText("a")
    window.table.view.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    take(window, "5-zoom", SIZES[:1])
    window.table.filter_line.clear()
    window.table.view.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    window.session.open(odd)
    wait(lambda: len(window.session.tracks) >= len(sounds) + len(odd) and not window.session.is_busy)
    for number, path in enumerate(odd[:4]):
        track = window.session.tracks.find(path)
        assert track is not None
        window.table.select(track)
        wait(lambda: not window.session.reader.is_reading)
        photographer.settle()
        take(window, f"6-odd-{number}", SIZES[:1])
    menu = window.actions_.context_menu(window)
    menu.popup(window.mapToGlobal(QPoint(100, 200)))
    photographer.settle(0.1)
    menu.grab().save(str(photographer.folder / "8-menu.png"))
    menu.close()
    photographer.close(window)

    may_load = threading.Event()

    def load_late(bundle: Any) -> Any:
        may_load.wait(60)
        return services.load_predictor(bundle)

    window = photographer.open(changed(services, load_predictor=load_late))
    window.session.open(sounds)
    wait(lambda: len(window.session.tracks) >= len(sounds))
    photographer.settle(1.0)
    take(window, "3-loading", SIZES[:1])
    may_load.set()
    wait(lambda: any(track.state is State.DONE for track in window.session.tracks.tracks()))
    photographer.close(window)

    def refuse(bundle: Any) -> Any:
        raise BundleHashError(path=bundle.path, received="4fd1c0aa9e12", expected="b7e0d1f2a3c4")

    window = photographer.open(changed(services, load_predictor=refuse))
    window.session.open(sounds)
    wait(lambda: len(window.session.tracks) >= len(sounds))
    photographer.settle(1.0)
    take(window, "7-no-model", SIZES[:1])
    photographer.close(window)


def take_table(photographer: Photographer) -> None:
    """The table of a large library: all of it, filtered, scrolled to its other columns, its menus."""
    take, settle = photographer.take, photographer.settle
    window = photographer.open()
    photographer.wait(lambda: not window.session.status().needs_model)
    rows = list(library(20_000))
    tracks, table = window.session.tracks, window.table
    tracks.add(path for path, _ in rows)
    tracks.set_summaries(rows)
    tracks.set_state(list(tracks.tracks())[9:11], State.WORKING)
    table.select_row(3)
    settle()
    take(window, "9-table")
    window.resize(*SIZES[0])
    settle()
    table.view.horizontalScrollBar().setValue(10_000)
    take(window, "9-table-right", SIZES[:1])
    table.view.horizontalScrollBar().setValue(0)
    table.view.sortByColumn(Column.CONFIDENCE.value, Qt.SortOrder.DescendingOrder)
    table.set_filter(
        FilterState(genres=frozenset({"jazz", "rock", "not music"}), by_hand=True, sure_from=70, disagrees=True)
    )
    take(window, "9-filtered")
    table.set_filter(FilterState(text="quartet night", states=frozenset({State.FAILED.value})))
    take(window, "9-failed", SIZES[:1])
    table.set_filter(FilterState(genres=frozenset({"jazz", "rock"})))
    window.resize(*SIZES[0])
    filters = table.filters
    (themes,) = photographer.app.findChildren(ThemeSwitch)
    for theme in ("light", "dark"):
        themes.choose(theme)
        for name, button in (
            ("genre", filters.genre),
            ("sure", filters.sure),
            ("state", filters.state),
            ("columns", filters.columns),
        ):
            menu = button.menu()
            menu.popup(button.mapToGlobal(QPoint(0, button.height())))
            settle(0.1)
            menu.grab().save(str(photographer.folder / f"9-menu-{name}-{theme}.png"))
            menu.close()
    photographer.close(window)


def take_library(photographer: Photographer) -> None:
    """What is for many tracks: overview, failures, genres by hand, export."""
    take, settle, wait = photographer.take, photographer.settle, photographer.wait
    slow = SlowClassifier()
    window = photographer.open(with_engines(photographer.services, slow))
    wait(lambda: not window.session.status().needs_model and not window.session.store_client.is_reading_list)
    rows = list(library(20_000))
    tracks, table = window.session.tracks, window.table
    tracks.add(path for path, _ in rows)
    tracks.set_summaries(rows)
    everything = list(tracks.tracks())
    table.select_row(3)
    settle()
    window.actions_.overview.trigger()
    wait(lambda: bool(window.overview.genres.counts))
    settle()
    take(window, "10-overview")
    window.overview.genres.setFocus()
    window.overview.genre_chosen.emit("jazz")
    table.view.selectAll()
    settle(1.5)
    take(window, "10-overview-selection")
    table.set_filter(FilterState())
    window.actions_.overview.trigger()
    table.select_row(3)

    window.track_commands.show_failures()
    photographer.take_over(window, shown_dialog(window, FailuresDialog), "11-failures")
    shown_dialog(window, FailuresDialog).close()
    window.track_commands.ask_for_genre(everything[3:9])
    dialog = shown_dialog(window, SetGenreDialog)
    dialog.line.setText("Reg")
    dialog.line.setText("Reggae")
    dialog.line.textEdited.emit("Reggae")
    photographer.take_over(window, dialog, "12-by-hand")
    dialog.reject()
    window.export_controller.ask_for_export(everything[3:9], photographer.scratch)
    dialog = shown_dialog(window, ExportDialog)
    photographer.take_over(window, dialog, "13-export")
    dialog.scopes.buttons()[-1].click()
    dialog._start(Format.TABLE, Path(photographer.scratch) / "genres.csv")
    wait(lambda: dialog._exported is not None)
    photographer.take_over(window, dialog, "13-export-done")
    dialog.reject()

    photographer.close(window)


def shown_dialog(window: MainWindow, kind: type) -> Any:
    """The dialog of that kind that is open."""
    (dialog,) = (dialog for dialog in window.findChildren(kind) if dialog.isVisible())
    return dialog


def take_screens(folder: Path, language: str) -> None:
    """Every window on a screen of 1280 x 800; of what a display shows where there is one (QT_QPA_PLATFORM=xcb)."""
    for scale, points in (("1", "10"), ("1.5", "10"), ("2", "10"), ("2", "18")):
        with tempfile.TemporaryDirectory() as home:
            pictures = folder / f"{float(scale):.0%}-{points}pt-{language}"
            arguments = ("--language", language, "--points", points, "--pictures", str(pictures.absolute()))
            print(pictures, run_tour(Path(home), [screen(1280, 800)], scale, *arguments))
    with tempfile.TemporaryDirectory() as home:
        run_tour(Path(home), [screen(1920, 1080)], "1", "--first")
        pictures = folder / "restored-at-200%"
        print(
            pictures, run_tour(Path(home), [screen(1280, 800)], "2", "--first", "--pictures", str(pictures.absolute()))
        )


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sound", type=Path, help="folder of tracks to show")
    parser.add_argument("--real", action="store_true", help="let the shipped model judge")
    parser.add_argument("--table", action="store_true", help="only the table of a large library")
    parser.add_argument("--crash", action="store_true", help="only what is told of faults, and the models")
    parser.add_argument("--library", action="store_true", help="only what is for many tracks")
    parser.add_argument("--runs", action="store_true", help="only work under way")
    parser.add_argument("--canvas", action="store_true", help="only a track of two genres, near and far")
    parser.add_argument("--living", action="store_true", help="only first start, settings, about, help and log")
    parser.add_argument("--screens", action="store_true", help="only every window on a small screen, at 100 to 200 %%")
    parser.add_argument("--language", choices=LANGUAGES, default="en")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    if arguments.screens:
        take_screens(arguments.folder, arguments.language)
        return
    with tempfile.TemporaryDirectory() as scratch:
        services = Services()
        if not arguments.real:
            predictor = stand_in()
            services = Services(
                list_bundles=lambda: [predictor.bundle],
                default_bundle=lambda: predictor.bundle,
                load_predictor=lambda _bundle: predictor,
            )
        sounds = [arguments.sound] if arguments.sound else own_sounds(Path(scratch) / "music")
        photographer = Photographer(create_app(arguments.language), arguments.folder, services, scratch)
        parts = (
            *(arguments.table, arguments.library, arguments.canvas, arguments.living, arguments.crash),
            arguments.runs,
        )
        is_all = not any(parts)
        if is_all or arguments.crash:
            take_crash(photographer, sounds)
        if is_all or arguments.living:
            take_living(photographer)
        if is_all or arguments.runs:
            take_runs(photographer, sounds)
        if is_all or arguments.library:
            take_library(photographer)
        if is_all or arguments.table:
            take_table(photographer)
        if is_all or arguments.canvas:
            take_canvas(photographer, two_parts(Path(scratch) / "canvas"))
        if is_all:
            take_all(photographer, sounds, odd_sounds(Path(scratch) / "odd"))


if __name__ == "__main__":
    main()
