"""For which files a stored error or damage holds."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from genre_desktop.core.errors import AudioIsFolderError, DamagedAudioError, DecoderStuckError
from genre_desktop.library.result import TrackResult
from genre_desktop.library.store.codec import pack_error, pack_warnings
from genre_desktop.library.store.result_store import ResultStore
from genre_desktop.library.store.troubled_files import MOST_FILES, add_file, except_files, is_excepted, is_met_in
from tests.support.stored_results import card_only, facts_of, listed, prediction_of, result_of

BUNDLE = card_only()
FACTS = facts_of(1)
EXCEPTED = json.dumps({"warnings": [], "except": [[], [2, 3, 4]]})


def error(path: str, reason: str = "the end is missing") -> str:
    return pack_error(DamagedAudioError(path=path, seconds_read=1.0, reason=reason), path)


def test_it_holds_for_the_file_as_long_as_size_and_time_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    path.touch()
    packed = add_file(error(str(path)), str(path), FACTS)
    assert is_met_in(packed, str(path), FACTS) is True
    assert is_met_in(packed, str(path), replace(FACTS, size=FACTS.size + 1)) is False
    assert is_met_in(packed, str(path), replace(FACTS, mtime_ns=FACTS.mtime_ns + 1)) is False
    assert is_met_in(packed, str(tmp_path / "copy.mp3"), FACTS) is False
    path.unlink()
    assert is_met_in(packed, str(tmp_path / "moved.mp3"), FACTS) is True
    assert is_met_in(packed, str(tmp_path / "moved.mp3"), replace(FACTS, size=1)) is False
    tmp_path.rmdir()  # as when its drive is not connected
    assert is_met_in(packed, "/elsewhere/backup.mp3", FACTS) is False


def test_equal_files_share_an_error_and_another_error_is_theirs_no_more() -> None:
    packed = add_file(error("/a.mp3"), "/a.mp3", FACTS)
    both = add_file(error("/b.mp3"), "/b.mp3", FACTS, packed)
    assert is_met_in(both, "/a.mp3", FACTS) and is_met_in(both, "/b.mp3", FACTS)
    other = add_file(error("/b.mp3", "bad header"), "/b.mp3", FACTS, packed)
    assert [path for path, *_ in json.loads(other)["files"]] == ["/b.mp3"]
    warnings = DamagedAudioError(path="/c", seconds_read=1.0, reason="x"), AudioIsFolderError(path="/c", kind="k")
    first = add_file(pack_warnings(warnings, "/c") or "", "/c", FACTS)
    assert len(json.loads(add_file(pack_warnings(warnings, "/c") or "", "/d", FACTS, first))["files"]) == 2


def test_few_files_are_remembered_each_once() -> None:
    packed = None
    for number in range(3 * MOST_FILES):
        path = f"/{number // 2}.mp3"
        packed = add_file(error(path), path, replace(FACTS, size=number), packed)
    files = json.loads(packed or "")["files"]
    assert len(files) == MOST_FILES == len({path for path, *_ in files})
    assert files[-1] == [f"/{(3 * MOST_FILES - 1) // 2}.mp3", 3 * MOST_FILES - 1, FACTS.mtime_ns]


@pytest.mark.parametrize(
    "packed",
    ["", "[]", "7", '{"files": 3}', '{"files": [1, [], [2, 3, 4], ["/x"]]}', '{"files": {}}', '{"warnings": 3}'],
)
def test_what_makes_no_sense_holds_for_no_file(packed: str) -> None:
    assert not is_met_in(packed, "/x", FACTS) and not is_excepted(packed.replace("files", "except"), "/x", FACTS)
    assert except_files(None, "/x", packed.replace("files", "except")) in (None, EXCEPTED)
    if packed:
        assert add_file(error("/x"), "/x", FACTS, packed)


def test_rows_of_earlier_versions_are_read_and_listed(file: Path) -> None:
    damage = DamagedAudioError(path=Path("/music/1.mp3"), seconds_read=12.5, reason="bad header")
    stuck = DecoderStuckError(path="/music/2.mp3", seconds=60)
    with ResultStore.open(file) as store:
        store.save(replace(result_of(1), prediction=replace(prediction_of(1), warnings=(damage,))), BUNDLE)
        store.save(result_of(2, error=stuck), BUNDLE)
        store.add_paths(["/music/1.mp3", "/music/2.mp3"])
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        for column in ("problem", "error"):
            for number, packed in connection.execute(f"SELECT id, {column} FROM results").fetchall():
                if packed is not None:
                    content = json.loads(packed)
                    del content["files"]  # which earlier versions did not write
                    connection.execute(f"UPDATE results SET {column} = ? WHERE id = ?", (json.dumps(content), number))
    with ResultStore.open(file) as store:
        first, second = listed(store)
        assert first[1] is not None and str(first[1].loss) == str(damage)
        assert second[1] is not None and str(second[1].error) == str(stuck)
        found = store.find_result("id-1", BUNDLE, "/music/1.mp3")
        assert found is not None and not found.holds_for("/music/1.mp3", FACTS), "it is tried once more"


def test_a_note_holds_for_every_file_with_that_sound(file: Path) -> None:
    note = AudioIsFolderError(path="/music/1.mp3", kind="folder")
    with ResultStore.open(file) as store:
        noted = replace(prediction_of(1), warnings=(note,))
        store.save(TrackResult(Path("/music/1.mp3"), noted, None, "small", FACTS), BUNDLE)
        found = store.find_result(FACTS.identity, BUNDLE, "/other.mp3")
        assert found is not None and found.holds_for("/other.mp3", replace(FACTS, mtime_ns=5))
        assert found.prediction is not None and "/other.mp3" in found.prediction.warnings[0].message
        assert found.prediction.loss is None


def test_an_answer_of_sound_without_damage_replaces_one_of_damage_and_not_the_reverse(file: Path) -> None:
    damage = DamagedAudioError(path="/music/1.mp3", seconds_read=1.0, reason="x")
    note = AudioIsFolderError(path="/music/1.mp3", kind="folder")
    with ResultStore.open(file) as store:
        for warnings, expected in (((damage,), (damage,)), ((note,), (note,)), ((damage, note), (note,)), ((), ())):
            answer = replace(prediction_of(1), warnings=warnings)
            store.save(replace(result_of(1), prediction=answer), BUNDLE)
            found = store.find_result("id-1", BUNDLE)
            assert found is not None and found.prediction is not None
            assert [each.code for each in found.prediction.warnings] == [each.code for each in expected]


@pytest.mark.parametrize("has_copy", [True, False])
def test_damage_that_is_found_in_one_copy_does_not_take_the_answer_of_another(file: Path, has_copy: bool) -> None:
    damage = DamagedAudioError(path="/music/1.mp3", seconds_read=1.0, reason="x")
    with ResultStore.open(file) as store:
        store.add_paths(["/music/1.mp3", "/music/copy.mp3"])
        store.save(result_of(1, is_complete=False), BUNDLE)
        if has_copy:
            store.save_facts("/music/copy.mp3", FACTS)
        store.save(replace(result_of(1), prediction=replace(prediction_of(1), warnings=(damage,))), BUNDLE)
        (_, one), (_, other) = listed(store)
        assert one is not None and (one.genre, one.loss is None) == ("blues", has_copy)
        assert not has_copy or (other is not None and other.genre == "blues")


@pytest.mark.parametrize("is_tried", [True, False])
def test_a_damaged_file_that_was_written_to_keeps_its_answer_until_there_is_another(file: Path, is_tried: bool) -> None:
    damage = DamagedAudioError(path="/music/1.mp3", seconds_read=1.0, reason="x")
    later = replace(FACTS, mtime_ns=FACTS.mtime_ns + 1, title="New")
    with ResultStore.open(file) as store:
        store.add_paths(["/music/1.mp3"])
        store.save(replace(result_of(1), prediction=replace(prediction_of(1), warnings=(damage,))), BUNDLE)
        assert store.save_facts("/music/1.mp3", later) == FACTS.identity
        if is_tried:  # and fails
            store.save(result_of(1, error=DecoderStuckError(path="/music/1.mp3", seconds=60), facts=later), BUNDLE)
        ((_, summary),) = listed(store)
        assert summary is not None and summary.genre == "blues" and summary.loss is not None
        store.save(result_of(1, facts=later), BUNDLE)
        ((_, summary),) = listed(store)
        assert summary is not None and summary.facts == later and not summary.warnings


@pytest.mark.parametrize("is_repaired", [True, False])
def test_an_answer_with_damage_is_undone_and_redone_though_the_file_was_written_to(
    file: Path, is_repaired: bool
) -> None:
    damage = DamagedAudioError(path="/music/1.mp3", seconds_read=1.0, reason="x")
    later = replace(FACTS, mtime_ns=FACTS.mtime_ns + 1)
    first = replace(prediction_of(1, n_segments=3), warnings=(damage,))
    second = prediction_of(1) if is_repaired else replace(prediction_of(1), warnings=(damage,))
    with ResultStore.open(file) as store:
        store.add_paths(["/music/1.mp3"])
        store.save(replace(result_of(1), prediction=first), BUNDLE)
        store.current_step = 1
        store.save(replace(result_of(1, facts=later), prediction=second), BUNDLE)
        for is_redone in (False, True, False):
            assert store.undo_step(1, ["id-1"], BUNDLE, is_redone=is_redone) == 1
            ((_, summary),) = listed(store)
            assert summary is not None and summary.genre == "blues"
            assert (summary.loss is None) == (is_redone and is_repaired)
