from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from genre_desktop.gui.live.live_session import LiveState
from genre_desktop.gui.live.timeline_recorder import TimelineRecorder
from tests.gui.conftest import MakeSound, MakeWindow
from tests.gui.support.live_answers import collect_answers, make_answer, tables


def test_the_timeline_is_saved(
    qtbot: QtBot,
    live_window: MakeWindow,
    make_sound: MakeSound,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = live_window()
    assert not window.live.view.save.isEnabled()
    window.live.simulate(str(make_sound(seconds=4.0)))
    qtbot.waitUntil(lambda: window.live.session.state is LiveState.ENDED)
    path = tmp_path / "evening.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    window.live.view.save.click()
    qtbot.waitUntil(path.exists)
    assert path.read_text("utf-8").startswith("start_s,end_s,genre,confidence,blues")


@pytest.mark.parametrize("how", ["start", "close"])
def test_a_timeline_that_nobody_saved_is_not_lost(
    qtbot: QtBot, live_window: MakeWindow, tmp_path: Path, how: str
) -> None:
    window = live_window()
    session = window.live.session
    collect_answers(window, 200)
    if how == "start":
        window.live.view.start.click()
        qtbot.waitUntil(lambda: len(tables(tmp_path)) == 1)
        qtbot.waitUntil(lambda: "The timeline of the last session was saved" in window.job_bar.message.text())
        assert session.timeline is None or len(session.timeline) < 200
    else:
        assert not window.quit_controller.must_ask(), "nothing would be lost"
        window.close_now()
        assert window.session.shutdown()
    (table,) = tables(tmp_path)
    (row,) = csv.DictReader(table.read_text("utf-8").splitlines())
    assert (row["genre"], row["end_s"]) == ("jazz", "100.0")


def test_a_saved_or_a_very_short_timeline_is_not_saved_again(
    qtbot: QtBot, live_window: MakeWindow, tmp_path: Path
) -> None:
    window = live_window()
    session = window.live.session
    collect_answers(window, 200)
    session.save_timeline(str(tmp_path / "mine.csv"))
    session._timeline.finish()
    assert session.timeline is None
    collect_answers(window, 20)
    session._timeline.finish()
    qtbot.waitUntil((tmp_path / "mine.csv").is_file)
    assert tables(tmp_path) == []


def test_a_timeline_whose_table_could_not_be_written_is_saved_at_its_end(
    qtbot: QtBot, live_window: MakeWindow, tmp_path: Path
) -> None:
    window = live_window()
    session = window.live.session
    collect_answers(window, 200)
    session.save_timeline(str(tmp_path / "nowhere" / "mine.csv"))
    qtbot.waitUntil(lambda: not session._timeline._worker.busy)
    session._timeline.finish()
    qtbot.waitUntil(lambda: len(tables(tmp_path)) == 1)


@pytest.fixture
def recorder(qtbot: QtBot, tmp_path: Path) -> Iterator[TimelineRecorder]:
    made = TimelineRecorder(lambda: tmp_path / "recordings")
    yield made
    assert made.shutdown()
    shiboken6.delete(made)


def test_answers_of_another_model_begin_another_timeline(recorder: TimelineRecorder, tmp_path: Path) -> None:
    messages: list[str] = []
    recorder.message.connect(messages.append)
    for number in range(130):
        recorder.add(make_answer(number, ("jazz", "rock")), ("jazz", "rock"))
    first = recorder.timeline
    assert first is not None and len(first) == 130
    recorder.add(make_answer(130, ("jazz", "pop")), ("jazz", "pop"))
    assert recorder.timeline is not None and recorder.timeline.labels == ("jazz", "pop")
    assert recorder.shutdown()
    (table,) = tables(tmp_path)
    assert table.read_text("utf-8").startswith("start_s,end_s,genre,confidence,jazz,rock"), "the first one is saved"


def test_a_message_follows_the_saved_table(qtbot: QtBot, recorder: TimelineRecorder, tmp_path: Path) -> None:
    messages: list[str] = []
    recorder.message.connect(messages.append)
    recorder.save(str(tmp_path / "none.csv"))
    recorder.add(make_answer(0, ("jazz",)), ("jazz",))
    recorder.save(str(tmp_path / "a.csv"))
    recorder.save(str(tmp_path / "b.csv"), "Recorded.")
    qtbot.waitUntil(lambda: len(messages) == 2)
    assert messages[0].startswith("Timeline saved to") and messages[1] == "Recorded."
    assert sorted(path.name for path in tmp_path.glob("*.csv")) == ["a.csv", "b.csv"]


def test_without_a_folder_of_recordings_the_message_says_why(recorder: TimelineRecorder, tmp_path: Path) -> None:
    (tmp_path / "recordings").write_text("in the way")
    messages: list[str] = []
    recorder.message.connect(messages.append)
    for number in range(130):
        recorder.add(make_answer(number, ("jazz",)), ("jazz",))
    recorder.finish()
    assert recorder.timeline is None
    assert len(messages) == 2 and all("cannot be written" in message for message in messages)


def end_of(table: Path) -> str:
    return [row["end_s"] for row in csv.DictReader(table.read_text("utf-8").splitlines())][-1]


def test_a_long_timeline_is_there_however_the_program_ends(
    qtbot: QtBot, recorder: TimelineRecorder, tmp_path: Path
) -> None:
    messages: list[str] = []
    recorder.message.connect(messages.append)

    def add(*numbers: int) -> None:
        for number in numbers:
            recorder.add(make_answer(number, ("jazz",)), ("jazz",))

    add(*range(119))
    assert not recorder._worker.busy, "what is hardly anything is not kept"
    add(119)
    qtbot.waitUntil(lambda: not recorder._worker.busy)
    (table,) = tables(tmp_path)
    assert end_of(table) == "60.0"
    assert messages == [], "that is no news"
    add(*range(120, 250))
    qtbot.waitUntil(lambda: not recorder._worker.busy)
    assert tables(tmp_path) == [table] and end_of(table) == "120.0"
    recorder.finish()
    qtbot.waitUntil(lambda: len(messages) == 1)
    assert messages[0].startswith("The timeline of the last session was saved")
    assert tables(tmp_path) == [table] and end_of(table) == "125.0"
    add(*range(120))
    qtbot.waitUntil(lambda: not recorder._worker.busy)
    assert len(tables(tmp_path)) == 2, "another session has a table of its own"


def test_a_timeline_that_cannot_be_kept_is_told_while_it_can_still_be_saved_elsewhere(
    qtbot: QtBot, recorder: TimelineRecorder, tmp_path: Path
) -> None:
    messages: list[str] = []
    recorder.message.connect(messages.append)
    (tmp_path / "recordings").write_text("in the way")
    for number in range(120):
        recorder.add(make_answer(number, ("jazz",)), ("jazz",))
    assert len(messages) == 1 and "recordings" in messages[0]
    (tmp_path / "recordings").unlink()
    for number in range(120, 240):
        recorder.add(make_answer(number, ("jazz",)), ("jazz",))
    qtbot.waitUntil(lambda: not recorder._worker.busy)
    (table,) = tables(tmp_path)
    assert end_of(table) == "120.0"


def test_the_table_of_a_recording_lies_beside_it(qtbot: QtBot, recorder: TimelineRecorder, tmp_path: Path) -> None:
    for number in range(120):
        recorder.add(make_answer(number, ("jazz",)), ("jazz",), recording=str(tmp_path / "evening.wav"))
    qtbot.waitUntil((tmp_path / "evening.csv").is_file)
    assert tables(tmp_path) == []
