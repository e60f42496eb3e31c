from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from genre_desktop.core.errors import AudioEmptyError
from genre_desktop.gui.tracks.columns import Column
from genre_desktop.gui.tracks.track import State, accessible_text
from genre_desktop.gui.tracks.track_filter import ONLY_FAILED, FilterState
from genre_desktop.gui.tracks.track_model import TrackModel
from genre_desktop.library.result import FileFacts, Summary, TrackResult, summarise
from tests.gui.conftest import GENRES, make_prediction


@pytest.fixture
def model(qtbot: QtBot) -> TrackModel:
    made = TrackModel()
    made.tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)
    return made


def names(model: TrackModel) -> list[str]:
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def texts(model: TrackModel, row: int) -> list[str]:
    shown = (Column.NAME, Column.GENRE, Column.CONFIDENCE, Column.LENGTH, Column.STATE)
    return [model.index(row, column.value).data() for column in shown]


def done(path: str, genre: str = "jazz", confidence: float = 0.83, duration_s: float = 60.0) -> TrackResult:
    return TrackResult(Path(path), make_prediction(genre, confidence, duration_s=duration_s), None, "m")


def failed(path: str) -> TrackResult:
    return TrackResult(Path(path), None, AudioEmptyError(path=path), "m")


def test_tracks_are_added_once(model: TrackModel) -> None:
    new, known = model.add(["/m/a.wav", "/m/b.wav", "/m/a.wav", "/m/../m/b.wav"])
    assert [track.path for track in new] == ["/m/a.wav", "/m/b.wav"]
    assert known == [new[0], new[1]]
    assert names(model) == ["a.wav", "b.wav"]
    assert model.counts[State.WAITING] == 2


def test_ten_thousand_rows_are_inserted_in_one_go(model: TrackModel) -> None:
    inserted: list[tuple[int, int]] = []
    model.rowsInserted.connect(lambda _parent, first, last: inserted.append((first, last)))
    model.add([f"/m/{n}.wav" for n in range(10_000)])
    assert inserted == [(0, 9_999)]


def test_a_row_shows_name_genre_confidence_length_and_state(model: TrackModel) -> None:
    model.add(["/m/a.wav"])
    assert texts(model, 0) == ["a.wav", "Waiting", "", "", "Waiting"]
    model.set_result(done("/m/a.wav"))
    assert texts(model, 0) == ["a.wav", "Jazz", "83\u00a0%", "1:00", "Done"]


def test_a_failed_row_shows_its_sentence(model: TrackModel) -> None:
    model.add(["/m/a.wav"])
    model.set_result(failed("/m/a.wav"))
    shown = texts(model, 0)
    assert shown[1].startswith("a.wav is empty")
    assert shown[4] == "Failed"
    tip = model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole)
    assert "GD-104" in tip and "/m/a.wav" in tip


def test_a_result_for_a_removed_track_is_dropped(model: TrackModel) -> None:
    model.add(["/m/a.wav"])
    model.remove(list(model.tracks()))
    assert model.set_result(done("/m/a.wav")) is None
    assert len(model) == 0 and not any(model.counts.values())


def test_sorting_by_each_column_and_back(model: TrackModel) -> None:
    model.add(["/m/c.wav", "/m/A.wav", "/m/b.wav"])
    model.set_result(done("/m/c.wav", "blues", 0.5, 30))
    model.set_result(done("/m/A.wav", "rock", 0.9, 20))
    expected = {
        Column.NAME: ["A.wav", "b.wav", "c.wav"],
        Column.GENRE: ["c.wav", "A.wav", "b.wav"],
        Column.CONFIDENCE: ["c.wav", "A.wav", "b.wav"],
        Column.LENGTH: ["A.wav", "c.wav", "b.wav"],
        Column.STATE: ["c.wav", "A.wav", "b.wav"],
    }
    for column, order in expected.items():
        model.sort(column.value)
        assert names(model) == order, column
    model.sort(Column.NAME.value, Qt.SortOrder.DescendingOrder)
    assert names(model) == ["c.wav", "b.wav", "A.wav"]
    model.sort(-1)
    assert names(model) == ["c.wav", "A.wav", "b.wav"]


def test_the_filter_looks_at_names_and_genres(model: TrackModel) -> None:
    model.add(["/m/first.wav", "/m/second.wav", "/m/third.wav"])
    model.set_result(done("/m/second.wav", "hiphop"))
    model.set_filter(FilterState(text="FIRST"))
    assert names(model) == ["first.wav"]
    model.set_filter(FilterState(text="hip-hop"))
    assert names(model) == ["second.wav"]
    model.set_filter(FilterState(text="nowhere"))
    assert names(model) == []
    model.set_filter(FilterState(text=""))
    assert names(model) == ["first.wav", "second.wav", "third.wav"]


def mixed(path: str, first: str, second: str) -> TrackResult:
    shares = dict.fromkeys(GENRES, 0.01) | {first: 0.48, second: 0.44}
    return TrackResult(Path(path), make_prediction(first, 0.48, probabilities=shares), None, "m")


def test_a_mixed_track_shows_both_genres_and_is_found_by_either(model: TrackModel) -> None:
    model.add(["/m/1.wav", "/m/2.wav", "/m/3.wav"])
    model.set_result(mixed("/m/1.wav", "pop", "disco"))
    model.set_result(mixed("/m/2.wav", "disco", "pop"))
    model.set_result(done("/m/3.wav", "jazz"))
    assert [texts(model, row)[1:3] for row in range(2)] == [["Pop / Disco", "48\u00a0%"], ["Disco / Pop", "48\u00a0%"]]
    model.sort(Column.GENRE.value)
    assert names(model) == ["2.wav", "3.wav", "1.wav"], "by the first genre"
    model.set_filter(FilterState(text="disco"))
    assert names(model) == ["2.wav", "1.wav"]
    index = model.index(0, Column.GENRE.value)
    assert "disco 48\u00a0%, pop 44\u00a0%" in index.data(Qt.ItemDataRole.ToolTipRole)
    spoken_text = index.siblingAtColumn(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken_text == "2.wav: Disco / Pop, A mix: disco 48\u00a0%, pop 44\u00a0%"


def test_no_music_shows_no_certainty_and_sorts_below_a_guess(model: TrackModel) -> None:
    model.add(["/m/noise.wav", "/m/song.wav"])
    model.set_result(done("/m/noise.wav", "not music", 0.97))
    model.set_result(done("/m/song.wav", "jazz", 0.3))
    assert texts(model, 0)[1:3] == ["Not music", ""]
    model.sort(Column.CONFIDENCE.value, Qt.SortOrder.DescendingOrder)
    assert names(model) == ["song.wav", "noise.wav"]


def test_new_tracks_that_the_filter_hides_stay_hidden(model: TrackModel) -> None:
    model.set_filter(FilterState(text="yes"))
    model.add(["/m/yes.wav", "/m/no.wav"])
    assert names(model) == ["yes.wav"]
    assert len(model) == 2
    model.set_filter(FilterState(text=""))
    assert names(model) == ["yes.wav", "no.wav"]


def test_failures_alone(model: TrackModel) -> None:
    model.add(["/m/a.wav", "/m/b.wav"])
    model.set_result(failed("/m/b.wav"))
    model.set_filter(ONLY_FAILED)
    assert names(model) == ["b.wav"]


def test_held_rows_follow_their_tracks_through_sorting_and_filtering(model: TrackModel) -> None:
    model.add(["/m/c.wav", "/m/a.wav", "/m/b.wav"])
    held = QPersistentModelIndex(model.index(0, Column.GENRE.value))
    model.sort(Column.NAME.value)
    assert (held.row(), held.column()) == (2, Column.GENRE.value)
    model.set_filter(FilterState(text="a.wav"))
    assert not held.isValid()


def test_rows_move_after_results_when_sorted_by_them(model: TrackModel, qtbot: QtBot) -> None:
    model.add(["/m/a.wav", "/m/b.wav"])
    model.sort(Column.CONFIDENCE.value, Qt.SortOrder.DescendingOrder)
    model.set_result(done("/m/b.wav"))
    qtbot.waitUntil(lambda: names(model) == ["b.wav", "a.wav"])


def test_many_changes_of_state_are_one_signal(model: TrackModel) -> None:
    new, _ = model.add([f"/m/{n}.wav" for n in range(1_000)])
    changes: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda top, bottom, _roles: changes.append((top.row(), bottom.row())))
    model.set_state(new, State.STOPPED)
    assert changes == [(0, 999)]
    assert model.counts[State.STOPPED] == 1_000


def test_removing_tracks(model: TrackModel) -> None:
    new, _ = model.add(["/m/a.wav", "/m/b.wav", "/m/c.wav"])
    model.remove([new[1]])
    assert names(model) == ["a.wav", "c.wav"]
    assert model.index_of(new[2]).row() == 1
    assert model.index_of(new[1]) == QModelIndex()


def test_rows_can_be_read_aloud_and_copied(model: TrackModel) -> None:
    (track,), _ = model.add(["/m/a.wav"])
    assert accessible_text(track) == "a.wav: Waiting"
    model.set_result(done("/m/a.wav"))
    assert accessible_text(track) == "a.wav: Jazz, Fairly sure, 83\u00a0%"
    model.set_state([track], State.WORKING)
    assert accessible_text(track) == "a.wav: Jazz, Fairly sure, 83\u00a0%, Listening"
    (other,), _ = model.add(["/m/b.wav"])
    model.set_result(failed("/m/b.wav"))
    assert accessible_text(other).startswith("b.wav: failed. b.wav is empty")


def test_a_genre_by_hand_goes_before_the_models_and_stays_through_runs(model: TrackModel) -> None:
    model.add(["/m/a.wav", "/m/b.wav"])
    a, b = model.tracks()
    model.set_by_hand([a, b], "ska")
    assert texts(model, 0)[1:3] == ["Ska", ""] and a.state is State.WAITING
    model.set_result(done("/m/a.wav"))
    model.set_result(failed("/m/b.wav"))
    assert texts(model, 0)[1:3] == ["Ska", ""] and a.state is State.DONE
    assert accessible_text(a) == "a.wav: Ska, Set by hand; the model says jazz, 83\u00a0%"
    assert texts(model, 1)[1] == "Ska" and b.state is State.FAILED
    model.drop_results([a, b], State.WAITING)
    assert a.by_hand == "ska" and a.summary is not None and a.summary.genre is None
    model.set_result(done("/m/a.wav"))
    model.set_by_hand([a], None)
    assert texts(model, 0)[1:3] == ["Jazz", "83\u00a0%"]


def test_what_the_store_knows_is_taken_over_in_one_go(model: TrackModel) -> None:
    model.add([f"/m/{n}.wav" for n in range(100)])
    facts = FileFacts(1, 2, "x", title="Song")
    known = [(f"/m/{n}.wav", summarise(done("x"))) for n in range(60)]
    known += [("/m/60.wav", Summary(facts=facts, by_hand="ska")), ("/m/61.wav", None), ("/elsewhere", None)]
    changes: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda top, bottom, _roles: changes.append((top.row(), bottom.row())))
    model.set_summaries(known)
    assert changes == [(0, 99)]
    assert (model.counts[State.DONE], model.counts[State.WAITING]) == (60, 40)
    with_facts = model.find("/m/60.wav")
    assert with_facts is not None and with_facts.summary == Summary(facts=facts, by_hand="ska")
    model.set_result(done("/m/60.wav"))
    assert with_facts.summary is not None and with_facts.summary.facts == facts, "a result without facts keeps them"


def test_what_was_read_before_a_result_came_does_not_replace_it(model: TrackModel) -> None:
    (a, b), _ = model.add(["/m/a.wav", "/m/b.wav"])
    model.set_result(done("/m/b.wav"))
    asked = model.revision
    model.set_result(done("/m/a.wav"))
    known = [(path, Summary("metal", 0.5)) for path in ("/m/a.wav", "/m/b.wav")]
    model.set_summaries(known, asked)
    assert (a.genre, b.genre) == ("jazz", "metal")
    model.set_summaries(known, model.revision)
    assert a.genre == "metal"


def test_an_answer_that_was_looked_up_does_not_hold_off_what_is_read_after_it(model: TrackModel) -> None:
    (track,), _ = model.add(["/m/a.wav"])
    model.set_result(done("/m/a.wav", "metal"))
    asked = model.revision  # as it is undone, while the folder is opened again
    model.set_result(replace(done("/m/a.wav", "metal"), is_stored=True))
    model.set_summaries([("/m/a.wav", summarise(done("/m/a.wav", "jazz")))], asked)
    assert track.genre == "jazz"


@pytest.mark.parametrize("genre", ["polka", None])
def test_the_store_knows_the_genre_by_hand_of_a_file_that_has_other_sound_by_now(
    model: TrackModel, genre: str | None
) -> None:
    (track,), _ = model.add(["/m/a.wav"])
    facts = FileFacts(1, 2, "one")
    model.set_result(replace(done("/m/a.wav"), facts=facts))
    model.set_by_hand([track], "ska")
    model.set_summaries([("/m/a.wav", Summary("metal", 0.5, facts=facts))])
    assert track.by_hand == "ska", "it may not be stored yet"
    model.set_summaries([("/m/a.wav", Summary("metal", 0.5, facts=FileFacts(3, 4, "other"), by_hand=genre))])
    assert track.by_hand == genre


def test_facts_of_a_file_that_has_other_sound_by_now_do_not_get_its_earlier_answer(model: TrackModel) -> None:
    ((track,), _) = model.add(["/m/a.wav"])
    facts = FileFacts(1, 2, "identity", title="Song")
    model.set_result(replace(done("/m/a.wav"), facts=facts))
    model.set_by_hand([track], "ska")
    other = replace(facts, identity="other", title="Another")
    model.set_summaries([("/m/a.wav", Summary(facts=other))])  # another program has read it, with another model
    assert track.summary is not None and (track.summary.genre, track.by_hand, track.facts) == ("jazz", "ska", facts)
    model.set_summaries([("/m/a.wav", Summary(genre="pop", facts=other))])
    assert (track.genre, track.facts) == ("pop", other)
    model.drop_results([track], State.WAITING)
    model.set_summaries([("/m/a.wav", Summary(facts=facts))])
    assert track.facts == facts
