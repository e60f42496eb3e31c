"""Pictures of the window in all its states, for a person to look at.

    python -m tests.gui.screenshots FOLDER [--sound FOLDER] [--real] [--language de]
    python -m tests.gui.screenshots packaging/screenshots --readme

Writes PNG files of each state, in two sizes, light and dark. Without ``--sound`` the tracks are synthesised; with
``--real`` the shipped model classifies them, otherwise a made-up predictor. ``--readme`` writes the pictures of the
README and no others.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "1")

from genre_desktop.core.settings import LANGUAGES
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.startup.main import create_app
from tests.gui.screenshots.canvas import make_two_part_track, take_canvas
from tests.gui.screenshots.classification_run import take_run
from tests.gui.screenshots.crash import take_crash
from tests.gui.screenshots.help_and_settings import take_help_and_settings
from tests.gui.screenshots.large_library import take_library, take_table
from tests.gui.screenshots.models import take_models
from tests.gui.screenshots.readme import take_readme
from tests.gui.screenshots.sample_tracks import make_odd_tracks, make_tracks, make_varied_predictor
from tests.gui.screenshots.screenshot_taker import ScreenshotTaker
from tests.gui.screenshots.window_states import take_window_states
from tests.gui.support.screens import run_tour, screen


def take_screens(folder: Path, language: str) -> None:
    """Pictures of every window on a screen of 1280 x 800; with QT_QPA_PLATFORM=xcb those of a real display."""
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
    """Write the pictures that the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sound", type=Path, help="folder of tracks to show")
    parser.add_argument("--real", action="store_true", help="classify with the shipped model")
    parser.add_argument("--table", action="store_true", help="only the table of a large library")
    parser.add_argument("--crash", action="store_true", help="only crash dialogs, and the models")
    parser.add_argument("--library", action="store_true", help="only overview and dialogs of a large library")
    parser.add_argument("--runs", action="store_true", help="only a classification run")
    parser.add_argument("--canvas", action="store_true", help="only a track of two genres, near and far")
    parser.add_argument("--help-and-settings", action="store_true", help="only settings, about, help and log")
    parser.add_argument("--screens", action="store_true", help="only every window on a small screen, at 100 to 200 %%")
    parser.add_argument("--readme", action="store_true", help="only the pictures of the README")
    parser.add_argument("--language", choices=LANGUAGES, default="en")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    if arguments.readme:
        with tempfile.TemporaryDirectory() as scratch:
            take_readme(ScreenshotTaker(create_app(arguments.language), arguments.folder, Services(), scratch))
        return
    if arguments.screens:
        take_screens(arguments.folder, arguments.language)
        return
    with tempfile.TemporaryDirectory() as scratch:
        services = Services()
        if not arguments.real:
            predictor = make_varied_predictor()
            services = Services(
                list_bundles=lambda: [predictor.bundle],
                default_bundle=lambda: predictor.bundle,
                load_predictor=lambda _bundle: predictor,
            )
        tracks = [arguments.sound] if arguments.sound else make_tracks(Path(scratch) / "music")
        taker = ScreenshotTaker(create_app(arguments.language), arguments.folder, services, scratch)
        parts = (
            *(arguments.table, arguments.library, arguments.canvas, arguments.help_and_settings, arguments.crash),
            arguments.runs,
        )
        is_all = not any(parts)
        if is_all or arguments.crash:
            take_crash(taker, tracks)
            take_models(taker, tracks)
        if is_all or arguments.help_and_settings:
            take_help_and_settings(taker)
        if is_all or arguments.runs:
            take_run(taker, tracks)
        if is_all or arguments.library:
            take_library(taker)
        if is_all or arguments.table:
            take_table(taker)
        if is_all or arguments.canvas:
            take_canvas(taker, make_two_part_track(Path(scratch) / "canvas"))
        if is_all:
            take_window_states(taker, tracks, make_odd_tracks(Path(scratch) / "odd"))


if __name__ == "__main__":
    main()
