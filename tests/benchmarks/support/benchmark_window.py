"""The window of the benchmarks, with the shipped model where it is there, and a song to classify."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import shiboken6

from genre_desktop.core.errors import GenreDesktopError
from genre_desktop.core.settings import Settings
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.startup.main import create_window
from genre_desktop.gui.widgets.theme import ThemeSwitch
from genre_desktop.model.bundles.catalogue import default_bundle
from tests.benchmarks.support.event_loop import run_until
from tests.gui.screenshots.sample_tracks import make_varied_predictor
from tests.support.odd_files import encode, music

SECONDS = 240.0
"""Of the song."""


def write_song(folder: Path) -> Path:
    """Write an MP3 of four minutes."""
    sound = music(SECONDS, 44_100, 2)
    return encode(folder / "song.mp3", sound, 44_100, format="mp3", codec="libmp3lame", bit_rate=192_000)


def load_services() -> Services:
    """The real services, with the network loaded once; without the shipped model a made-up predictor."""
    services = Services()
    try:
        predictor = services.load_predictor(default_bundle())
    except GenreDesktopError:
        predictor = make_varied_predictor()
    return Services(
        list_bundles=lambda: [predictor.bundle],
        default_bundle=lambda: predictor.bundle,
        load_predictor=lambda _bundle: predictor,
    )


@contextmanager
def open_window(qapp: Any, services: Services) -> Iterator[MainWindow]:
    """Open a window that is ready to classify; it is closed and deleted in the end."""
    made = create_window(qapp, services, Settings(theme="light"))
    made.show()
    run_until(lambda: made.canvas.plots is not None and not made.session.status().needs_model)
    yield made
    made.close_now()
    assert made.session.shutdown()
    shiboken6.delete(made)
    for themes in qapp.findChildren(ThemeSwitch):
        shiboken6.delete(themes)
