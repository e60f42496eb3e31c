"""A store whose file is damaged, cut off or gone: what can be read is taken over, and nothing fails for ever."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from genre_desktop.core.errors import (
    GenreDesktopError,
    StorageError,
    StoreBusyError,
    StoreDamagedError,
    StoreRescuedError,
)
from genre_desktop.library.engine.result_recorder import ResultRecorder
from genre_desktop.library.store import manual_genre_backup as by_hand_backup
from genre_desktop.library.store import rescue as store_rescue
from genre_desktop.library.store import shared_connection as store_access
from genre_desktop.library.store.rescue import mend_once, open_rescued
from genre_desktop.library.store.result_store import ResultStore
from genre_desktop.library.store.salvage import Salvaged
from tests.support.stored_results import card_only, prediction_of, result_of

BUNDLE = card_only()
N = 400
N_BY_HAND = 60
PAGE = 4096


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "data" / "library.sqlite3"
    with ResultStore.open(path) as store:
        for number in range(N):
            store.save(result_of(number), BUNDLE)
        store.add_paths(f"/music/{number}.mp3" for number in range(N))
        store.set_by_hand((f"id-{number}" for number in range(N_BY_HAND)), "zydeco")
        by_hand_backup.write(store)
    return path


def n_right(store: ResultStore) -> int:
    """How many answers are as they were; none may be another one."""
    found = [store.find_result(f"id-{number}", BUNDLE) for number in range(N)]
    right = [one is not None and one.prediction == prediction_of(number) for number, one in enumerate(found)]
    return sum(right)


def n_by_hand(store: ResultStore) -> int:
    return sum(store.find_by_hand(f"id-{number}") == "zydeco" for number in range(N_BY_HAND))


def use(path: Path) -> ResultStore:
    """Open as the window does, whole check included."""
    store = open_rescued(path)
    if not store.is_sound():
        store.news = mend_once(store)
    return store


def overwrite(path: Path, page: int, content: bytes | None = None) -> None:
    with path.open("r+b") as opened:
        opened.seek(page * PAGE)
        opened.write(content or random.Random(page).randbytes(PAGE))


def test_a_whole_file_is_opened_without_a_word(file: Path) -> None:
    with use(file) as store:
        assert store.news is None and n_right(store) == N and n_by_hand(store) == N_BY_HAND
    assert [one.name for one in file.parent.iterdir() if "damaged" in one.name] == []


def test_wherever_a_page_is_damaged_the_rest_and_all_genres_by_hand_are_there(file: Path) -> None:
    whole = file.read_bytes()
    n_pages = len(whole) // PAGE
    losses = []
    for page in range(1, n_pages):
        file.write_bytes(whole)
        overwrite(file, page)
        before = file.read_bytes()
        with use(file) as store:
            assert n_by_hand(store) == N_BY_HAND, page
            losses.append(N - n_right(store))
            is_told = isinstance(store.news, StoreRescuedError)
            if is_told:
                (aside,) = file.parent.glob("library.damaged-*.sqlite3")
                assert aside.read_bytes() == before and aside.name in str(store.news)
                aside.unlink()
            store.save(result_of(1), BUNDLE)
        with use(file) as store:
            assert store.news is None, "nothing is told or mended twice"
            assert n_by_hand(store) == N_BY_HAND
    # A leaf costs its rows; only the page at which the details begin costs all of them.
    assert sum(loss == N for loss in losses) <= 1
    assert sorted(losses)[len(losses) * 3 // 4] < N // 20 and sorted(losses)[-2] < N // 4


@pytest.mark.parametrize("share", [0.0, 0.001, 0.2, 0.5, 0.9, 0.999])
def test_a_file_that_was_cut_off(file: Path, share: float) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: int(len(content) * share)])
    with use(file) as store:
        assert n_by_hand(store) == N_BY_HAND
        assert isinstance(store.news, StoreRescuedError)
        store.save(result_of(1), BUNDLE)
        assert store.find_result("id-1", BUNDLE) is not None
    with use(file) as store:
        assert store.news is None


def test_a_header_that_was_overwritten(file: Path) -> None:
    overwrite(file, 0)
    with use(file) as store:
        assert isinstance(store.news, StoreRescuedError)
        assert n_by_hand(store) == N_BY_HAND


def test_a_file_that_is_gone_begins_with_the_genres_of_the_backup(file: Path) -> None:
    file.unlink()
    with use(file) as store:
        assert n_by_hand(store) == N_BY_HAND
        assert isinstance(store.news, StoreRescuedError) and f"genres set by hand: {N_BY_HAND}" in str(store.news)
        assert "the file was gone" in str(store.news)
    with use(file) as store:
        assert store.news is None


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX systems")
def test_a_log_that_was_deleted_or_is_another_ones(file: Path) -> None:
    # A program that was killed has left what it wrote last in the log.
    code = textwrap.dedent(
        """
        import os, sys
        from pathlib import Path
        from genre_desktop.library.store.result_store import ResultStore
        from tests.support.stored_results import card_only, result_of
        store = ResultStore.open(Path(sys.argv[1]))
        for number in range(400, 450):
            store.save(result_of(number), card_only())
        os.kill(os.getpid(), 9)
        """
    )
    ended = subprocess.run([sys.executable, "-c", code, str(file)], check=False, cwd=Path(__file__).parents[4])
    assert ended.returncode == -9
    log = Path(f"{file}-wal")
    assert log.stat().st_size > 0
    log.write_bytes(random.Random(1).randbytes(log.stat().st_size))
    with use(file) as store:
        assert n_by_hand(store) == N_BY_HAND and n_right(store) == N


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX systems")
@pytest.mark.parametrize("log", [None, b"", b"no log" * 1000])
def test_genres_by_hand_that_went_with_the_log_come_from_the_backup(file: Path, log: bytes | None) -> None:
    code = textwrap.dedent(
        """
        import os, sqlite3, sys
        from pathlib import Path
        from genre_desktop.library.store import manual_genre_backup as by_hand_backup
        from genre_desktop.library.store.rescue import open_rescued
        store = open_rescued(Path(sys.argv[1]))
        reader = sqlite3.connect(sys.argv[1], isolation_level=None)  # so that the log cannot be moved into the file
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM list").fetchall()
        store.set_by_hand(["the last one"], "ska")
        by_hand_backup.write(store)
        os.kill(os.getpid(), 9)
        """
    )
    ended = subprocess.run([sys.executable, "-c", code, str(file)], check=False, cwd=Path(__file__).parents[4])
    assert ended.returncode == -9
    for ending in ("-wal", "-shm"):
        Path(f"{file}{ending}").unlink()
    if log is not None:
        Path(f"{file}-wal").write_bytes(log)
    with use(file) as store:
        assert store.find_by_hand("the last one") == "ska"
        assert "genres set by hand: 1;" in str(store.news)
        store.set_by_hand(["the last one"], None)
        by_hand_backup.write(store)
    with use(file) as store:
        assert store.news is None and store.find_by_hand("the last one") is None


@pytest.mark.parametrize("genre", ["polka", None])
def test_a_genre_that_was_changed_by_hand_does_not_depend_on_the_log(
    file: Path, tmp_path: Path, genre: str | None
) -> None:
    saved = tmp_path / "saved"
    saved.mkdir()
    with ResultStore.open(file) as store:
        store.set_by_hand(["id-1"], "ska")
        by_hand_backup.write(store)
    with ResultStore.open(file) as store:
        store.set_by_hand(["id-1"], genre)
        by_hand_backup.write(store)
        for one in (file, file.with_name("genres-by-hand.json")):  # and no log
            shutil.copy2(one, saved)
    with use(saved / file.name) as store:
        assert store.find_by_hand("id-1") == genre


@pytest.mark.parametrize("is_salvaged", [True, False])
def test_answers_set_aside_for_undo_outlive_a_store_that_is_mended(
    file: Path, is_salvaged: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ResultStore.open(file) as store:
        before = store.find_result("id-1", BUNDLE)
        store.step = 1
        store.save(replace(result_of(1), prediction=prediction_of(5)), BUNDLE)
        if not is_salvaged:
            monkeypatch.setattr(store_rescue, "salvage", lambda *_: Salvaged(0, 0, 0))
        assert isinstance(mend_once(store), StoreRescuedError)
        assert (store.find_result("id-1", BUNDLE) is not None) == is_salvaged
        assert store.take_back(1, ["id-1"], BUNDLE) == 1
        assert store.find_result("id-1", BUNDLE) == before and not store.lost_steps


@pytest.mark.skipif(sys.platform == "win32", reason="a file that is open cannot be deleted there")
def test_answers_set_aside_for_undo_outlive_a_file_that_is_deleted(file: Path) -> None:
    with ResultStore.open(file) as store:
        before = store.find_result("id-1", BUNDLE)
        store.step = 1
        store.save(replace(result_of(1), prediction=prediction_of(5)), BUNDLE)
        file.unlink()
        assert isinstance(mend_once(store), StoreRescuedError)
        assert store.take_back(1, ["id-1"], BUNDLE) == 1
        assert store.find_result("id-1", BUNDLE) == before


def test_it_is_known_of_which_steps_answers_could_not_be_set_aside(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ResultStore.open(file) as store:
        store.step = 2
        monkeypatch.setattr("genre_desktop.library.store.result_store.copied", lambda _connection: None)
        mend_once(store)
        store.save(replace(result_of(1), prediction=prediction_of(5)), BUNDLE)
        assert store.lost_steps == {1, 2} and store.take_back(2, ["id-1"], BUNDLE) == 1


def test_without_a_backup_genres_by_hand_are_read_from_the_damaged_file(file: Path) -> None:
    for backup in file.parent.glob("genres-by-hand*"):
        backup.unlink()
    with closing(sqlite3.connect(file)) as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'details'").fetchone()[0]
    overwrite(file, root - 1)
    with use(file) as store:
        assert isinstance(store.news, StoreRescuedError)
        assert n_by_hand(store) == N_BY_HAND
        assert f"results: {N};" in str(store.news), "what the table shows stays without what only details tell"


@pytest.mark.parametrize("table", ["results", "files"])
def test_a_table_whose_first_page_is_gone_is_read_leaf_by_leaf(file: Path, table: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()[0]
    overwrite(file, root - 1)
    with use(file) as store:
        assert isinstance(store.news, StoreRescuedError)
        assert n_right(store) == N
        names = [f"/music/{number}.mp3" for number in range(N)]
        assert len([*store.results(names, BUNDLE)]) > N * 0.95  # a row in twenty of `files` stands in the page itself
        assert [path for rows in store.summaries(BUNDLE) for path, _ in rows] == names


def test_another_programs_database_is_not_moved(tmp_path: Path) -> None:
    file = tmp_path / "library.sqlite3"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE books (title TEXT)")
        connection.commit()
    before = file.read_bytes()
    with pytest.raises(StoreDamagedError):
        open_rescued(file)
    assert file.read_bytes() == before and [*tmp_path.iterdir()] == [file]


def test_a_damaged_file_that_another_program_holds_is_left_to_it(file: Path) -> None:
    other = ResultStore.open(file)
    with ResultStore.open(file) as store:
        assert isinstance(mend_once(store), StoreBusyError)
        assert n_right(store) == N, "it can be used on"
    assert not [*file.parent.glob("*damaged*")]
    other.close()


@pytest.mark.parametrize("table", [None, "results", "files"])
def test_a_new_file_that_cannot_be_written_leaves_everything_as_it_is(
    file: Path, monkeypatch: pytest.MonkeyPatch, table: str | None
) -> None:
    with closing(sqlite3.connect(file)) as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    overwrite(file, 0 if root is None else root[0] - 1)
    before = file.read_bytes()
    replace = os.replace

    def full(source: Path, target: Path) -> None:
        if ".new-" in source.name:
            raise OSError(28, "No space left on device")
        replace(source, target)

    monkeypatch.setattr(store_rescue.os, "replace", full)
    if table is None:
        with pytest.raises(StoreDamagedError):
            open_rescued(file)
    else:  # found while it is in use
        with ResultStore.open(file) as store:
            assert isinstance(mend_once(store), StoreDamagedError)
    assert file.read_bytes() == before
    assert not [one for one in file.parent.iterdir() if "damaged" in one.name or ".new-" in one.name]


def test_a_store_in_use_is_mended_without_its_users_noticing(file: Path) -> None:
    with ResultStore.open(file) as store:
        news = mend_once(store)
        assert isinstance(news, StoreRescuedError)
        assert n_right(store) == N and n_by_hand(store) == N_BY_HAND
        store.save(result_of(N), BUNDLE)
    with ResultStore.open(file) as store:
        assert store.find_result(f"id-{N}", BUNDLE) is not None


def test_a_run_that_meets_the_damage_mends_it_once_and_keeps_what_it_finds(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'results'").fetchone()[0]
    overwrite(file, root - 1)
    told: list[GenreDesktopError] = []
    with ResultStore.open(file) as store:
        keeper = ResultRecorder(store, BUNDLE, False, told.append)
        for number in (N, N + 1):
            keeper.record(result_of(number))
        assert [type(one) for one in told] == [StoreRescuedError]
        assert store.find_result(f"id-{N + 1}", BUNDLE) is not None and n_right(store) == N


def test_a_file_is_mended_once_whoever_meets_the_damage(file: Path) -> None:
    with ResultStore.open(file) as store:
        assert isinstance(mend_once(store), StoreRescuedError)
        assert mend_once(store) is None
        assert len([*file.parent.glob("*damaged*.sqlite3")]) == 1 and n_right(store) == N
    with ResultStore.in_memory() as store:
        assert mend_once(store) is None


@pytest.mark.skipif(sys.platform == "win32", reason="a file that is open cannot be deleted there")
@pytest.mark.parametrize("what", ["file", "folder", "moved", "replaced", "replaced with its log"])
def test_a_store_whose_file_goes_while_it_is_in_use_loses_nothing(file: Path, tmp_path: Path, what: str) -> None:
    with ResultStore.open(file) as store:
        store.save(result_of(N), BUNDLE)  # stands in the log
        match what:
            case "file":
                file.unlink()
            case "folder":
                shutil.rmtree(file.parent)
            case "moved":
                file.rename(tmp_path / "elsewhere.sqlite3")
            case _:
                with ResultStore.open(tmp_path / "other.sqlite3") as other:
                    other.save(result_of(2 * N), BUNDLE)
                    other.add_paths(["/music/other.mp3"])
                os.replace(tmp_path / "other.sqlite3", file)
                if "log" in what:
                    for ending in ("-wal", "-shm"):
                        Path(f"{file}{ending}").unlink()
        told: list[GenreDesktopError] = []
        keeper = ResultRecorder(store, BUNDLE, False, told.append)
        for number in (N + 1, N + 2):
            keeper.record(result_of(number))
        assert keeper.unkept == ()
        assert [type(error) for error in told] == [StoreRescuedError] and "while it was in use" in str(told[0])
        store.set_by_hand(["id-0"], "polka")
    with ResultStore.open(file) as store:
        numbers = [*range(N + 3), *([2 * N] if "replaced" in what else [])]
        for number in numbers:
            found = store.find_result(f"id-{number}", BUNDLE)
            assert found is not None and found.prediction == prediction_of(number)
        assert len(store.all_by_hand()) == N_BY_HAND and store.find_by_hand("id-0") == "polka"
        listed = [path for rows in store.summaries(BUNDLE) for path, _ in rows]
        assert listed == [*(["/music/other.mp3"] if "replaced" in what else []), *(f"/music/{n}.mp3" for n in range(N))]
        assert store.is_sound()
    assert not [*file.parent.glob("*wanted*")]


@pytest.mark.skipif(sys.platform == "win32", reason="a file that is open cannot be deleted there")
def test_a_store_whose_folder_cannot_be_had_back_is_told_and_goes_on_later(file: Path) -> None:
    with ResultStore.open(file) as store:
        shutil.rmtree(file.parent)
        file.parent.write_text("in the way")
        assert isinstance(mend_once(store), StorageError)
        with pytest.raises(StoreDamagedError):
            store.save(result_of(N), BUNDLE)
        file.parent.unlink()
        assert isinstance(mend_once(store), StoreRescuedError)
        store.save(result_of(N), BUNDLE)
    with ResultStore.open(file) as store:
        assert n_right(store) == N and store.find_result(f"id-{N}", BUNDLE) is not None


def test_a_check_that_is_not_wanted_any_more_finds_nothing(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_access, "_STEPS", 1)
    overwrite(file, os.path.getsize(file) // PAGE - 1)
    with ResultStore.open(file) as store:
        assert not store.is_sound()
        assert store.is_sound(lambda: True)
    with ResultStore.in_memory() as store:
        assert store.is_sound()
