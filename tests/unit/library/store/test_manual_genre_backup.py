"""The backup of genres set by hand."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from genre_desktop.core import locations
from genre_desktop.library.store import manual_genre_backup
from genre_desktop.library.store.recovery import open_or_recover
from genre_desktop.library.store.result_store import ResultStore
from tests.support.stored_results import card_only, result_of

DAY_S = 86_400


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "library.sqlite3"


def backups(file: Path) -> list[str]:
    return sorted(one.name for one in file.parent.glob("genres-by-hand*"))


def test_genres_are_restored_to_an_empty_store_and_do_not_replace_others(file: Path, tmp_path: Path) -> None:
    odd = os.fsdecode(b"/caf\xe9/1.mp3")
    with ResultStore.open(file) as store:
        store.save(result_of(1, path=odd), card_only())
        store.set_by_hand(["id-1", "id-2"], "zydeco")
        manual_genre_backup.write(store)
    content = json.loads((tmp_path / "genres-by-hand.json").read_bytes())
    assert content["genres"][0]["file"] == odd and content["genres"][1]["file"] is None
    file.unlink()
    with ResultStore.open(file) as store:
        store.set_by_hand(["id-2"], "polka")
        assert manual_genre_backup.restore(store) == 1
        assert (store.find_by_hand("id-1"), store.find_by_hand("id-2")) == ("zydeco", "polka")


def test_the_last_days_are_kept_and_a_day_counts_once(file: Path, tmp_path: Path) -> None:
    newest = tmp_path / "genres-by-hand.json"
    with ResultStore.open(file) as store:
        for day in range(5):
            for genre in ("ska", "polka", f"day {day}"):
                store.set_by_hand(["id-1"], genre)
                manual_genre_backup.write(store)
            ago = time.time() - (9 - day) * DAY_S
            os.utime(newest, (ago, ago))
    assert len(backups(file)) == 3
    kept = [json.loads((tmp_path / name).read_bytes())["genres"][0]["genre"] for name in backups(file)]
    assert kept == ["day 3", "day 2", "day 4"]  # .1, .2 and the newest, as names are sorted


def test_nothing_new_writes_nothing(file: Path, tmp_path: Path) -> None:
    with ResultStore.open(file) as store:
        store.set_by_hand(["id-1"], "ska")
        manual_genre_backup.write(store)
        os.utime(tmp_path / "genres-by-hand.json", (1, 1))
        manual_genre_backup.write(store)
    assert backups(file) == ["genres-by-hand.json"]


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[" * 100_000, b'{"format": 2, "genres": []}', b'{"format": 1, "genres": [{"identity": 1}]}'],
)
def test_a_backup_that_cannot_be_read_is_passed_over_for_the_one_before(
    file: Path, tmp_path: Path, content: bytes
) -> None:
    with ResultStore.open(file) as store:
        store.set_by_hand(["id-1"], "ska")
        manual_genre_backup.write(store)
    os.replace(tmp_path / "genres-by-hand.json", tmp_path / "genres-by-hand.1.json")
    (tmp_path / "genres-by-hand.json").write_bytes(content)
    file.unlink()
    with ResultStore.open(file) as store:
        assert manual_genre_backup.restore(store) == 1
        assert store.find_by_hand("id-1") == "ska"


def test_a_genre_set_while_the_store_could_not_be_opened_is_applied_later() -> None:
    with open_or_recover() as store:
        store.set_by_hand(["id-1", "id-2"], "polka")
    with ResultStore.in_memory() as store:
        manual_genre_backup.write(store)
        assert not [*locations.user_data().glob("*pending*")], "there is nothing to wait for"
        store.set_by_hand(["id-1"], "ska")
        manual_genre_backup.write(store)
    for _ in range(2):
        with open_or_recover() as store:
            assert (store.find_by_hand("id-1"), store.find_by_hand("id-2")) == ("ska", "polka")
            assert store.recovery_notice is None
    assert not [*locations.user_data().glob("*pending*")]


def test_a_pending_file_that_cannot_be_read_is_left_and_does_no_harm() -> None:
    pending = locations.user_data() / "genres-by-hand.pending.json"
    pending.parent.mkdir(parents=True)
    pending.write_bytes(b"[" * 100_000)
    with open_or_recover() as store:
        assert store.all_by_hand() == []
    assert pending.exists()


def test_genres_of_two_days_on_which_the_store_could_not_be_opened_are_applied() -> None:
    locations.user_data().mkdir(parents=True)
    for identity in ("id-1", "id-2"):
        with ResultStore.in_memory() as store:
            manual_genre_backup.try_apply_pending(store)
            store.set_by_hand([identity], "ska")
            manual_genre_backup.write(store)
    with open_or_recover() as store:
        assert [identity for identity, _, _ in store.all_by_hand()] == ["id-1", "id-2"]


def test_a_genre_set_and_removed_while_the_store_could_not_be_opened_is_not_applied() -> None:
    locations.user_data().mkdir(parents=True)
    with ResultStore.in_memory() as store:
        store.set_by_hand(["id-1"], "ska")
        manual_genre_backup.write(store)
        store.set_by_hand(["id-1"], None)
        manual_genre_backup.write(store)
    with open_or_recover() as store:
        assert store.all_by_hand() == []


def test_a_genre_removed_while_the_store_could_not_be_written_is_not_restored_from_the_backup() -> None:
    with open_or_recover() as store:
        store.set_by_hand(["id-1", "id-2"], "ska")
        manual_genre_backup.write(store)
        manual_genre_backup.write_pending(store, {"id-1": None})
    for _ in range(2):
        with open_or_recover() as store:
            assert [identity for identity, _, _ in store.all_by_hand()] == ["id-2"]
        os.utime(locations.user_data() / "genres-by-hand.json")  # newer than the store


def test_a_backup_with_text_that_no_store_can_hold_is_passed_over(file: Path, tmp_path: Path) -> None:
    with ResultStore.open(file) as store:
        store.set_by_hand(["id-1"], "ska")
        manual_genre_backup.write(store)
    os.replace(tmp_path / "genres-by-hand.json", tmp_path / "genres-by-hand.1.json")
    broken = '{"format": 1, "genres": [{"identity": "\\ud800", "genre": "ska", "file": null}]}'
    (tmp_path / "genres-by-hand.json").write_text(broken)
    file.unlink()
    with open_or_recover(file) as store:
        assert store.find_by_hand("id-1") == "ska"


def test_what_could_not_be_removed_yet_is_removed_though_more_is_set_without_a_store() -> None:
    with open_or_recover() as store:
        store.set_by_hand(["id-1"], "ska")
        manual_genre_backup.write_pending(store, {"id-1": None})
    with ResultStore.in_memory() as store:
        manual_genre_backup.try_apply_pending(store)
        store.set_by_hand(["id-2"], "polka")
        manual_genre_backup.write(store)
    with open_or_recover() as store:
        assert [pair[:2] for pair in store.all_by_hand()] == [("id-2", "polka")]
