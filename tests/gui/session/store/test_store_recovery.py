"""What a person set by hand, and the list, outlive a store that is gone, damaged or in use."""

from __future__ import annotations

import sqlite3
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.core.errors import StoreBusyError
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from genre_desktop.library.files.file_facts import read_facts
from genre_desktop.library.store import manual_genre_backup
from genre_desktop.library.store.recovery import open_or_recover
from genre_desktop.library.store.result_store import ResultStore
from tests.gui.conftest import (
    MakeSound,
    MakeWindow,
    SlowClassifier,
    changed,
    make_bundle,
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
    stored,
)


def test_genres_by_hand_outlive_the_store(
    qtbot: QtBot, make_window: MakeWindow, services: Services, library: MainWindow, keeping: Keeping, home: Path
) -> None:
    library.session.set_by_hand([track_named(library, "a.wav")], "ska")
    paths = [Path(track.path) for track in library.session.tracks.tracks()]
    close(library)
    for file in home.glob("data/library.sqlite3*"):
        file.unlink()
    second = make_window(with_engines(services, keeping))
    qtbot.waitUntil(lambda: len(second.notices.notices()) == 1)
    assert "genres set by hand: 1;" in second.notices.notices()[0].words.text()
    second.session.open(paths)
    wait_for_rows(qtbot, second, 4)
    keeping.let(4)
    wait_until_idle(qtbot, second)
    with ResultStore.open() as store:
        assert store.find_by_hand(read_facts(paths[0]).identity) == "ska"
        assert manual_genre_backup.restore(store) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="a file that is open cannot be deleted there")
def test_a_store_that_is_deleted_under_the_window_is_written_again_with_all_that_was_in_it(
    qtbot: QtBot, library: MainWindow, keeping: Keeping, home: Path, make_sound: MakeSound
) -> None:
    keeping.answer = lambda path: jazz(path, "metal")
    library.session.classify_again([track_named(library, "a.wav")])
    keeping.let(1)
    qtbot.waitUntil(lambda: genres(library) == ["metal", "jazz", "jazz", "jazz"])
    for file in home.glob("data/library.sqlite3*"):
        file.unlink()
    library.session.set_by_hand([track_named(library, "b.wav")], "ska")
    qtbot.waitUntil(lambda: len(library.notices.notices()) == 1)
    assert "deleted, moved or replaced" in library.notices.notices()[0].words.text()
    library.session.open([make_sound("e.wav")])
    keeping.let(1)
    wait_for_rows(qtbot, library, 5)
    wait_until_idle(qtbot, library)
    close(library)
    assert stored(library) == ["metal", "jazz", "jazz", "jazz", "metal"]
    with ResultStore.open() as store:
        listed = [Path(path).name for rows in store.summaries(make_bundle()) for path, _ in rows]
        assert listed == [f"{name}.wav" for name in "abcde"]
        assert store.find_by_hand(read_facts(Path(track_named(library, "b.wav").path)).identity) == "ska"


def test_a_genre_set_while_another_program_holds_the_store_is_there_at_the_next_start(
    qtbot: QtBot, make_window: MakeWindow, services: Services, keeping: Keeping, make_sound: MakeSound, home: Path
) -> None:
    with open_or_recover() as store:
        assert store.all_by_hand() == []

    def refuse() -> ResultStore:
        raise StoreBusyError(path=home)

    window = make_window(changed(with_engines(services, keeping), open_store=refuse))
    sound = make_sound("a.wav")
    window.session.open([sound])
    wait_for_rows(qtbot, window, 1)
    window.session.set_by_hand(list(window.session.tracks.tracks()), "ska")
    close(window)
    with open_or_recover() as store:
        assert store.find_by_hand(read_facts(sound).identity) == "ska"


def test_a_genre_by_hand_that_cannot_be_kept_is_not_shown_as_if_it_were(
    qtbot: QtBot, slow_window: MainWindow, tmp_path: Path
) -> None:
    slow_window.session.open([tmp_path / "gone.wav"])
    wait_for_rows(qtbot, slow_window, 1)
    slow_window.session.set_by_hand(list(slow_window.session.tracks.tracks()), "ska")
    qtbot.waitUntil(lambda: genres(slow_window) == [None])
    assert "There is no file" in slow_window.job_bar.message.text()


def test_a_list_in_a_damaged_file_is_read_all_the_same(
    qtbot: QtBot, library: MainWindow, make_window: MakeWindow, services: Services, home: Path
) -> None:
    close(library)
    file = home / "data" / "library.sqlite3"
    with closing(sqlite3.connect(file)) as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'results'").fetchone()[0]
    with file.open("r+b") as opened:
        opened.seek((root - 1) * 4096)
        opened.write(b"\xaa" * 4096)
    second = make_window(with_engines(services, SlowClassifier()))
    qtbot.waitUntil(lambda: len(second.notices.notices()) == 1)
    wait_for_rows(qtbot, second, 4)
    assert "files of the list: 4" in second.notices.notices()[0].words.text()
    assert not [*file.parent.glob("*.new-*")] and len([*file.parent.glob("*damaged*.sqlite3")]) == 1


def test_the_store_is_checked_after_the_list_is_there(
    qtbot: QtBot, library: MainWindow, make_window: MakeWindow, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    close(library)
    checked = threading.Event()
    monkeypatch.setattr(ResultStore, "is_intact", lambda *_: checked.set() or False)
    second = make_window(with_engines(services, SlowClassifier()))
    qtbot.waitUntil(lambda: len(second.notices.notices()) == 1)
    assert checked.is_set() and genres(second) == ["jazz"] * 4
    assert stored(second) == ["jazz"] * 4, "what can be read is in the new file, with which the window goes on"
