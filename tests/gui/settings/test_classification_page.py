"""Settings of the model and the processing."""

from __future__ import annotations

from typing import Any

from pytestqt.qtbot import QtBot

from genre_desktop.core.settings import (
    ProcessingSettings,
    Settings,
    load_settings,
    save_settings,
)
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.settings.classification_page import ClassificationPage
from tests.gui.conftest import (
    MakeSound,
    MakeWindow,
    SlowClassifier,
    changed,
    wait_for_rows,
    wait_until_idle,
    with_engines,
)
from tests.gui.support.settings_driver import opened, page, with_models


def test_a_chosen_model_is_loaded_and_shown_as_in_use(qtbot: QtBot, make_window: MakeWindow, silent: Services) -> None:
    window = make_window(with_models(silent, "first", "second", "broken", bad="broken"))
    models = page(opened(window), ClassificationPage)
    assert [models.model.itemText(row) for row in range(3)] == ["first", "second", "broken"]
    assert models.model.currentText() == "first"
    assert "In use" in models._state.text() and "57" in models._state.text()
    models.model.choose(window.model_selection.bundles[1])
    qtbot.waitUntil(lambda: load_settings().default_model == "second")
    assert window.actions_._models.checkedAction().text() == "second"
    assert models._description.text() == "The model second."
    models.model.choose(window.model_selection.bundles[2])
    qtbot.waitUntil(lambda: "GD-203" in models._state.text())
    assert load_settings().default_model == "second", "a model that cannot be loaded is not stored"
    window.actions_._models.actions()[0].trigger()
    qtbot.waitUntil(lambda: "In use" in models._state.text())
    assert models.model.currentText() == "first"


def test_the_number_of_processes_applies_to_the_next_run(
    qtbot: QtBot, make_window: MakeWindow, silent: Services, make_sound: MakeSound
) -> None:
    asked: list[int] = []
    made: list[SlowClassifier] = []

    def new_engine(jobs: int) -> Any:
        asked.append(jobs)
        made.append(SlowClassifier())
        made[-1].let(10)
        return made[-1]

    window = make_window(changed(silent, new_engine=new_engine))
    window.session.open([make_sound("a.wav")])
    wait_for_rows(qtbot, window, 1)
    wait_until_idle(qtbot, window)
    assert asked[0] == 0
    page(opened(window), ClassificationPage).jobs.choose(2)
    assert load_settings().processing.jobs == 2
    window.session.open([make_sound("b.wav")])
    qtbot.waitUntil(lambda: 2 in asked)
    assert made[0].is_closed, "the processes of the earlier engine have ended"
    wait_until_idle(qtbot, window)
    n = len(asked)
    window.session.open([make_sound("c.wav")])
    wait_for_rows(qtbot, window, 3)
    wait_until_idle(qtbot, window)
    assert len(asked) == n


def test_a_number_above_that_of_the_processors_is_kept(make_window: MakeWindow, silent: Services) -> None:
    save_settings(Settings(processing=ProcessingSettings(jobs=37)))
    assert page(opened(make_window(silent)), ClassificationPage).jobs.key() == 37


def test_scoring_every_patch_applies_to_the_next_run(
    qtbot: QtBot, make_window: MakeWindow, silent: Services, make_sound: MakeSound
) -> None:
    asked: list[bool] = []

    class RecordingClassifier(SlowClassifier):
        def classify(self, feed: Any, predictor: Any, **options: Any) -> Any:
            asked.append(options["every_patch"])
            return super().classify(feed, predictor, **options)

    slow = RecordingClassifier()
    slow.let(10)
    window = make_window(with_engines(silent, slow))
    window.session.open([make_sound("a.wav")])
    wait_for_rows(qtbot, window, 1)
    wait_until_idle(qtbot, window)
    assert set(asked) == {False}
    page(opened(window), ClassificationPage).every_patch.click()
    assert load_settings().processing.score_every_patch
    window.session.open([make_sound("b.wav")])
    wait_for_rows(qtbot, window, 2)
    qtbot.waitUntil(lambda: asked[-1])
    wait_until_idle(qtbot, window)


def test_the_computer_may_sleep_if_the_settings_allow_it(
    qtbot: QtBot, make_window: MakeWindow, silent: Services, make_sound: MakeSound
) -> None:
    slow = SlowClassifier()
    window = make_window(with_engines(silent, slow))
    window.session.open([make_sound("a.wav")])
    qtbot.waitUntil(lambda: bool(slow.taken))
    qtbot.waitUntil(window.session._watcher.keep_awake._soon.isActive)
    box = page(opened(window), ClassificationPage).stay_awake
    box.click()
    qtbot.waitUntil(lambda: not window.session._watcher.keep_awake._soon.isActive())
    assert not load_settings().processing.stay_awake
    box.click()
    qtbot.waitUntil(window.session._watcher.keep_awake._soon.isActive)
    slow.let(1)
    wait_until_idle(qtbot, window)
