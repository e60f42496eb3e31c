"""No answer is lost while tracks are classified again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.core.errors import AudioNotFoundError, DamagedAudioError, DecoderCrashedError
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.tracks.track import State, accessible_text
from genre_desktop.library.files.file_facts import read_facts
from genre_desktop.library.result import TrackResult
from tests.gui.conftest import (
    MakeSound,
    MakeWindow,
    SlowClassifier,
    changed,
    make_bundle,
    make_prediction,
    make_predictor,
    states,
    track_named,
    wait_for_rows,
    wait_until_idle,
    with_engines,
)
from tests.gui.support.stored_answers import (
    Keeping,
    close,
    genres,
    jazz,
    questions,
    redo_all,
    stored,
)


def test_answers_stay_while_tracks_are_classified_again_and_after_quitting(
    qtbot: QtBot, make_window: MakeWindow, services: Services, library: MainWindow, keeping: Keeping
) -> None:
    redo_all(library)
    # What is being redone is marked.
    qtbot.waitUntil(lambda: states(library) == [State.WORKING, *[State.WAITING] * 3])
    assert genres(library) == ["jazz"] * 4
    close(library)
    again = make_window(with_engines(services, SlowClassifier()))
    wait_for_rows(qtbot, again, 4)
    qtbot.waitUntil(lambda: states(again) == [State.DONE] * 4)
    assert genres(again) == ["jazz"] * 4


def test_a_new_answer_takes_the_place_of_the_old_one(qtbot: QtBot, library: MainWindow, keeping: Keeping) -> None:
    keeping.answer = lambda path: jazz(path, "metal")
    redo_all(library)
    keeping.let(4)
    qtbot.waitUntil(lambda: genres(library) == ["metal"] * 4)
    wait_until_idle(qtbot, library)
    assert stored(library) == ["metal"] * 4


@pytest.mark.parametrize("is_looked_at", [True, False])
def test_a_failure_keeps_the_old_answer_and_is_told(
    qtbot: QtBot, library: MainWindow, keeping: Keeping, is_looked_at: bool
) -> None:
    facts = read_facts if is_looked_at else lambda _path: None
    keeping.answer = lambda path: TrackResult(
        path, None, DecoderCrashedError(path=path, reason="signal 11"), "test-model", facts(path)
    )
    redo_all(library)
    keeping.let(4)
    wait_until_idle(qtbot, library)
    assert genres(library) == ["jazz"] * 4 and states(library) == [State.DONE] * 4
    assert "keeps its earlier answer" in library.job_bar.message.text()
    qtbot.waitUntil(library.actions_.failures.isEnabled)
    library.track_commands.show_failures()
    dialog = library.track_commands._failures
    assert dialog is not None and len(dialog.model.tracks) == 4
    assert dialog.model.data(dialog.model.index(0, 2)) == "GD-304"
    dialog.close()
    assert stored(library) == ["jazz"] * 4
    keeping.answer = jazz
    library.actions_.retry_failed.trigger()
    keeping.let(4)
    wait_until_idle(qtbot, library)
    qtbot.waitUntil(lambda: not library.actions_.failures.isEnabled())


def test_another_file_in_the_place_of_the_one_that_was_answered_has_no_answer_of_it(
    qtbot: QtBot, library: MainWindow, keeping: Keeping, make_sound: MakeSound
) -> None:
    make_sound("a.wav", seconds=7)
    error = DecoderCrashedError(path="a.wav", reason="signal 11")
    keeping.answer = lambda path: TrackResult(path, None, error, "test-model", read_facts(path))
    library.session.classify_again([track_named(library, "a.wav")])
    keeping.let(1)
    wait_until_idle(qtbot, library)
    assert genres(library) == [None, "jazz", "jazz", "jazz"]
    assert accessible_text(track_named(library, "a.wav")).startswith("a.wav: failed")


@pytest.mark.parametrize("is_half_heard", [True, False])
def test_a_file_that_was_cut_off_keeps_the_answer_of_the_whole_also_at_the_next_start(
    qtbot: QtBot,
    library: MainWindow,
    keeping: Keeping,
    make_window: MakeWindow,
    services: Services,
    tmp_path: Path,
    is_half_heard: bool,
) -> None:
    sound = tmp_path / "a.wav"
    sound.write_bytes(sound.read_bytes()[:5000])
    damage = DamagedAudioError(path=sound, seconds_read=0.1, reason="it ends")
    half = replace(make_prediction("metal"), warnings=(damage,)) if is_half_heard else None
    keeping.answer = lambda path: TrackResult(
        path, half, None if is_half_heard else damage, "test-model", read_facts(path)
    )
    library.session.classify_again([track_named(library, "a.wav")])
    keeping.let(1)
    wait_until_idle(qtbot, library)
    assert genres(library) == ["jazz"] * 4
    assert "keeps its earlier answer" in library.job_bar.message.text() and "damaged" in library.job_bar.message.text()
    qtbot.waitUntil(library.actions_.failures.isEnabled)
    close(library)
    again = make_window(with_engines(services, SlowClassifier()))
    qtbot.waitUntil(lambda: genres(again) == ["jazz"] * 4)
    assert states(again) == [State.DONE] * 4


def test_a_genre_by_hand_of_a_file_that_was_cut_off_leaves_the_answer_of_the_whole_below_it(
    qtbot: QtBot, library: MainWindow, make_window: MakeWindow, services: Services, tmp_path: Path
) -> None:
    sound = tmp_path / "a.wav"
    sound.write_bytes(sound.read_bytes()[:5000])
    library.session.set_by_hand([track_named(library, "a.wav")], "ska")
    close(library)
    again = make_window(with_engines(services, SlowClassifier()))
    qtbot.waitUntil(lambda: genres(again) == ["ska", "jazz", "jazz", "jazz"])
    again.session.set_by_hand([track_named(again, "a.wav")], None)
    assert genres(again) == ["jazz"] * 4 and states(again) == [State.DONE] * 4


def test_a_folder_dropped_again_whose_drive_is_gone_keeps_its_answers(
    qtbot: QtBot, library: MainWindow, keeping: Keeping
) -> None:
    keeping.answer = lambda path: TrackResult(path, None, AudioNotFoundError(path=path), "test-model", None)
    library.session.open([Path(track.path) for track in library.session.tracks.tracks()])
    keeping.let(4)
    qtbot.waitUntil(lambda: len(keeping.taken) == 8)
    wait_until_idle(qtbot, library)
    assert genres(library) == ["jazz"] * 4


def test_stop_leaves_the_answers(qtbot: QtBot, library: MainWindow, keeping: Keeping) -> None:
    redo_all(library)
    qtbot.waitUntil(lambda: len(keeping.taken) == 5)
    library.session.cancel()
    assert genres(library) == ["jazz"] * 4 and states(library) == [State.DONE] * 4


def test_another_model_meanwhile_and_back_again(
    qtbot: QtBot, make_window: MakeWindow, services: Services, keeping: Keeping, make_sound: MakeSound
) -> None:
    other = make_predictor("other", "metal")
    services = changed(services, load_predictor=lambda bundle: other if bundle.name == "other" else make_predictor())
    window = make_window(with_engines(services, keeping))
    window.session.open([make_sound("a.wav"), make_sound("b.wav")])
    keeping.let(2)
    wait_for_rows(qtbot, window, 2)
    wait_until_idle(qtbot, window)
    redo_all(window)
    window.session.choose_model(other.bundle)
    assert genres(window) == [None, None], "it is no answer of the other model"
    window.session.choose_model(make_bundle())
    qtbot.waitUntil(lambda: genres(window) == ["jazz"] * 2)


# --- the question ---------------------------------------------------------------------------


def test_classifying_many_tracks_again_asks_and_does_not_by_default(
    qtbot: QtBot, slow_window: MainWindow, slow: SlowClassifier, make_sound: MakeSound, tmp_path: Path
) -> None:
    slow_window.session.open([tmp_path / f"{n}.wav" for n in range(30)])
    slow.let(25)
    wait_for_rows(qtbot, slow_window, 30)
    qtbot.waitUntil(lambda: states(slow_window).count(State.DONE) == 25)
    slow_window.session.cancel()
    n_taken = len(slow.taken)
    redo_all(slow_window)
    (box,) = questions(slow_window)
    assert "25 tracks" in box.text(), "those without an answer are no repetition"
    default = box.defaultButton()
    assert default is box.escapeButton()
    default.click()
    qtbot.waitUntil(lambda: not questions(slow_window))
    assert states(slow_window).count(State.DONE) == 25 and len(slow.taken) == n_taken
    redo_all(slow_window)
    (box,) = questions(slow_window)
    next(one for one in box.buttons() if one is not box.defaultButton()).click()
    qtbot.waitUntil(lambda: slow_window.session.tracks.counts[State.WAITING] > 20)
    assert genres(slow_window).count("jazz") == 25


def test_a_long_time_is_asked_about_too(qtbot: QtBot, library: MainWindow) -> None:
    library.classify_again_controller._files_per_s = 0.01
    redo_all(library)
    (box,) = questions(library)
    assert "about 7 min" in box.informativeText()
    box.reject()
    library.classify_again_controller._files_per_s = 10.0
    redo_all(library)
    assert not questions(library)


@pytest.mark.parametrize("is_another", [False, True])
def test_a_genre_by_hand_is_the_same_before_and_after_a_restart_though_the_sound_changed(
    qtbot: QtBot,
    make_window: MakeWindow,
    services: Services,
    library: MainWindow,
    keeping: Keeping,
    make_sound: MakeSound,
    is_another: bool,
) -> None:
    track = track_named(library, "a.wav")
    library.session.set_by_hand([track], "ska")
    qtbot.waitUntil(lambda: not library.session.store_client._worker.busy)  # it is for this sound, not for the next
    Path(track.path).write_bytes(make_sound("longer.wav", seconds=3).read_bytes())
    if is_another:
        keeping.answer = lambda path: replace(jazz(path), facts=replace(read_facts(path), title="Another"))
        known = replace(track.summary, facts=replace(track.summary.facts, title="Song"))
        library.session.tracks._update(track, track.state, known)
    library.session.classify_again([track])
    keeping.let(1)
    wait_until_idle(qtbot, library)
    assert track.by_hand == (None if is_another else "ska")
    if is_another:
        return  # the store's part is tested there
    close(library)
    again = make_window(with_engines(services, SlowClassifier()))
    wait_for_rows(qtbot, again, 4)
    qtbot.waitUntil(lambda: states(again) == [State.DONE] * 4)
    assert track_named(again, "a.wav").by_hand == "ska"
