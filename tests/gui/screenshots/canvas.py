"""Pictures of a track of two genres, one after the other, near and far."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from genre_desktop.core.settings import CanvasSettings
from genre_desktop.gui.widgets.theme import ThemeSwitch
from genre_desktop.library.result import TrackResult
from tests.gui.conftest import make_prediction
from tests.gui.screenshots.screenshot_taker import SIZES, ScreenshotTaker
from tests.gui.support.track_pictures import two_genres
from tests.support.odd_files import write_sound

_RATE = 44_100
_PART_S = 60.0


def make_two_part_track(folder: Path) -> Path:
    """Write a track of a four-on-the-floor beat with a bass, then slow chords."""
    folder.mkdir(parents=True, exist_ok=True)
    seconds = np.arange(int(_PART_S * _RATE)) / _RATE
    rng = np.random.default_rng(3)
    beat, half = np.mod(seconds, 0.5), np.mod(seconds + 0.25, 0.5)
    kick = np.sin(2 * np.pi * (50 * seconds + 8 * np.exp(-30 * beat))) * np.exp(-9 * beat)
    hat = rng.normal(size=seconds.size) * np.exp(-50 * half) * 0.25
    bass = sum(np.sin(2 * np.pi * 55 * n * seconds) / n for n in range(1, 9)) * (
        0.3 + 0.2 * np.sin(np.pi * seconds / 4)
    )
    first = 0.5 * kick + hat + 0.3 * bass
    roots = 220 * 2 ** (np.array([0, 5, 7, -3])[(seconds // 4).astype(int) % 4] / 12)
    phase = np.cumsum(roots) / _RATE
    swell = np.sin(np.pi * np.mod(seconds, 4) / 4) ** 0.6
    chord = sum(
        np.sin(2 * np.pi * ratio * n * phase + 2 * np.sin(2 * np.pi * 5 * seconds) / 40) / n**1.5
        for ratio in (1, 1.26, 1.5)
        for n in range(1, 14)
    )
    second = 0.18 * swell * chord + 0.002 * rng.normal(size=seconds.size)
    both = np.concatenate((first, second)).astype(np.float32)
    return write_sound(folder / "Dance floor, then strings.wav", 0.8 * (both / np.abs(both).max())[:, None], _RATE)


def take_canvas(taker: ScreenshotTaker, path: Path) -> None:
    """Pictures of the whole track, zoomed in, with a region, with other scales and colours."""
    wait, take, settle = taker.wait, taker.take, taker.settle
    window = taker.open()
    window.central_area.list_and_track.setSizes([420, 700])
    window.session.open([path])
    wait(lambda: len(window.session.tracks) == 1 and not window.session.is_busy)
    wait(lambda: not window.session.queue.full_classifier.busy and not window.session.status().needs_model)
    track = next(iter(window.session.tracks.tracks()))
    window.table.select(track)
    segments = tuple(two_genres(2 * _PART_S))
    prediction = make_prediction("disco", 0.52, segments=segments, duration_s=2 * _PART_S)
    window.session.set_result(TrackResult(path, prediction, None, prediction.model))
    window.session.result_changed.emit(track, prediction)
    plots = window.canvas.plots
    assert plots is not None
    wait(plots.isVisible)
    settle(1.0)
    take(window, "16-canvas-whole")
    plots.time_axis.show(_PART_S - 4, _PART_S + 4)
    plots.set_playhead(_PART_S + 1.2)
    settle(1.0)
    take(window, "16-canvas-near")
    plots.selection.select(_PART_S - 2, _PART_S + 0.5)
    QTest.mouseMove(plots, QPoint(plots.width() // 2, plots.height() // 2))
    settle()
    take(window, "16-canvas-region")
    plots.selection.clear()
    plots.set_playhead(None)
    plots.time_axis.show(10.0, 10.02)
    settle(1.0)
    take(window, "16-canvas-samples")
    plots.time_axis.show_all()
    for settings in (
        CanvasSettings("log", 4_096, "viridis"),
        CanvasSettings("linear", 2_048, "cividis"),
        CanvasSettings("mel", 512, "grey", -90, -10),
    ):
        window.canvas.spectrogram_menu.chosen.emit(settings)
        settle(1.0)
        take(window, f"16-canvas-{settings.scale}-{settings.colour_map}", SIZES[:1])
    (themes,) = taker.app.findChildren(ThemeSwitch)
    for theme in ("light", "dark"):
        themes.choose(theme)
        window.canvas.spectrogram_menu.popup(window.mapToGlobal(QPoint(100, 100)))
        settle(0.1)
        window.canvas.spectrogram_menu.grab().save(str(taker.folder / f"16-menu-{theme}.png"))
        window.canvas.spectrogram_menu.close()
    plots.setFocus(Qt.FocusReason.TabFocusReason)
    take(window, "16-canvas-focus", SIZES[:1])
    taker.close(window)
