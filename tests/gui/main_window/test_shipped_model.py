"""The main job, with nothing replaced: from a dropped file to a genre of the shipped network."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from genre_desktop.core import locations
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.tracks.track import State
from genre_desktop.model.bundles.catalogue import default_bundle
from tests.gui.conftest import wait_for_rows
from tests.gui.support.drag_events import drop, urls_of


def test_a_dropped_tone_and_the_demo_clips_get_a_verdict(
    qtbot: QtBot, make_window: Callable[..., MainWindow], make_sound: Callable[..., Path]
) -> None:
    n_clips = len(list(locations.demo_clips().glob("*.*")))
    window = make_window(Services(), wait_for_model=False)
    drop(window, urls_of([make_sound("tone.wav", seconds=8)]))
    wait_for_rows(qtbot, window, 1)
    window.actions_.open_demo.trigger()
    wait_for_rows(qtbot, window, 1 + n_clips)
    tracks = list(window.session.tracks.tracks())
    qtbot.waitUntil(lambda: all(track.state is State.DONE for track in tracks))
    bundle = default_bundle()
    assert window.panel._model_name.text() == bundle.name
    for track in tracks:
        prediction = window.session.selected.prediction_of(track)
        assert prediction is not None
        assert prediction.model == bundle.name
        assert prediction.genre in {*bundle.labels, "unsure", "not music"}
        assert prediction.segments
    assert len(window.panel.bars.rows()) == len(bundle.labels)
