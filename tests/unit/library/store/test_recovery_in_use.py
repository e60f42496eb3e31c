"""A store whose file is damaged, deleted, moved or replaced while it is in use."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
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
from genre_desktop.library.store import recovery as store_recovery
from genre_desktop.library.store.recovery import recover_in_use
from genre_desktop.library.store.result_store import ResultStore
from genre_desktop.library.store.salvage import Salvaged
from tests.support.stored_results import prediction_of, result_of
from tests.unit.library.store.damaged_store import BUNDLE, N_BY_HAND, N, fill, n_by_hand, n_right, overwrite


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return fill(tmp_path / "data" / "library.sqlite3")


@pytest.mark.parametrize("is_salvaged", [True, False])
def test_results_kept_for_undo_survive_a_recovery(
    file: Path, is_salvaged: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ResultStore.open(file) as store:
        before = store.find_result("id-1", BUNDLE)
        store.current_step = 1
        store.save(replace(result_of(1), prediction=prediction_of(5)), BUNDLE)
        if not is_salvaged:
            monkeypatch.setattr(store_recovery, "salvage", lambda *_: Salvaged(0, 0, 0))
        assert isinstance(recover_in_use(store), StoreRescuedError)
        assert (store.find_result("id-1", BUNDLE) is not None) == is_salvaged
        assert store.undo_step(1, ["id-1"], BUNDLE) == 1
        assert store.find_result("id-1", BUNDLE) == before and not store.incomplete_steps


@pytest.mark.skipif(sys.platform == "win32", reason="a file that is open cannot be deleted there")
def test_results_kept_for_undo_survive_a_file_that_is_deleted(file: Path) -> None:
    with ResultStore.open(file) as store:
        before = store.find_result("id-1", BUNDLE)
        store.current_step = 1
        store.save(replace(result_of(1), prediction=prediction_of(5)), BUNDLE)
        file.unlink()
        assert isinstance(recover_in_use(store), StoreRescuedError)
        assert store.undo_step(1, ["id-1"], BUNDLE) == 1
        assert store.find_result("id-1", BUNDLE) == before


def test_steps_of_which_results_could_not_be_kept_are_incomplete(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ResultStore.open(file) as store:
        store.current_step = 2
        monkeypatch.setattr("genre_desktop.library.store.replaced_results._copied", lambda _connection: None)
        recover_in_use(store)
        store.save(replace(result_of(1), prediction=prediction_of(5)), BUNDLE)
        assert store.incomplete_steps == {1, 2} and store.undo_step(2, ["id-1"], BUNDLE) == 1


def test_a_damaged_file_that_another_program_has_open_is_left_alone(file: Path) -> None:
    other = ResultStore.open(file)
    with ResultStore.open(file) as store:
        assert isinstance(recover_in_use(store), StoreBusyError)
        assert n_right(store) == N, "it can be used on"
    assert not [*file.parent.glob("*damaged*")]
    other.close()


def test_a_store_in_use_is_recovered_and_its_users_go_on(file: Path) -> None:
    with ResultStore.open(file) as store:
        news = recover_in_use(store)
        assert isinstance(news, StoreRescuedError)
        assert n_right(store) == N and n_by_hand(store) == N_BY_HAND
        store.save(result_of(N), BUNDLE)
    with ResultStore.open(file) as store:
        assert store.find_result(f"id-{N}", BUNDLE) is not None


def test_a_run_that_meets_the_damage_recovers_the_store_once_and_saves_its_results(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'results'").fetchone()[0]
    overwrite(file, root - 1)
    reported: list[GenreDesktopError] = []
    with ResultStore.open(file) as store:
        recorder = ResultRecorder(store, BUNDLE, False, reported.append)
        for number in (N, N + 1):
            recorder.record(result_of(number))
        assert [type(one) for one in reported] == [StoreRescuedError]
        assert store.find_result(f"id-{N + 1}", BUNDLE) is not None and n_right(store) == N


def test_a_file_is_recovered_once(file: Path) -> None:
    with ResultStore.open(file) as store:
        assert isinstance(recover_in_use(store), StoreRescuedError)
        assert recover_in_use(store) is None
        assert len([*file.parent.glob("*damaged*.sqlite3")]) == 1 and n_right(store) == N
    with ResultStore.in_memory() as store:
        assert recover_in_use(store) is None


@pytest.mark.skipif(sys.platform == "win32", reason="a file that is open cannot be deleted there")
@pytest.mark.parametrize("what", ["file", "folder", "moved", "replaced", "replaced with its log"])
def test_a_store_whose_file_is_lost_while_it_is_in_use_loses_no_result(file: Path, tmp_path: Path, what: str) -> None:
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
        reported: list[GenreDesktopError] = []
        recorder = ResultRecorder(store, BUNDLE, False, reported.append)
        for number in (N + 1, N + 2):
            recorder.record(result_of(number))
        assert recorder.unkept == ()
        assert [type(error) for error in reported] == [StoreRescuedError] and "while it was in use" in str(reported[0])
        store.set_by_hand(["id-0"], "polka")
    with ResultStore.open(file) as store:
        numbers = [*range(N + 3), *([2 * N] if "replaced" in what else [])]
        for number in numbers:
            found = store.find_result(f"id-{number}", BUNDLE)
            assert found is not None and found.prediction == prediction_of(number)
        assert len(store.all_by_hand()) == N_BY_HAND and store.find_by_hand("id-0") == "polka"
        listed = [path for rows in store.summaries(BUNDLE) for path, _ in rows]
        assert listed == [*(["/music/other.mp3"] if "replaced" in what else []), *(f"/music/{n}.mp3" for n in range(N))]
        assert store.is_intact()
    assert not [*file.parent.glob("*wanted*")]


@pytest.mark.skipif(sys.platform == "win32", reason="a file that is open cannot be deleted there")
def test_a_store_whose_folder_cannot_be_made_again_is_recovered_once_it_can_be(file: Path) -> None:
    with ResultStore.open(file) as store:
        shutil.rmtree(file.parent)
        file.parent.write_text("in the way")
        assert isinstance(recover_in_use(store), StorageError)
        with pytest.raises(StoreDamagedError):
            store.save(result_of(N), BUNDLE)
        file.parent.unlink()
        assert isinstance(recover_in_use(store), StoreRescuedError)
        store.save(result_of(N), BUNDLE)
    with ResultStore.open(file) as store:
        assert n_right(store) == N and store.find_result(f"id-{N}", BUNDLE) is not None
