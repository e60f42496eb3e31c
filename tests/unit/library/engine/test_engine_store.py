"""What the engine makes of a store: nothing known is done twice, nothing known is lost."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from genre_desktop.core.errors import (
    AudioNotFoundError,
    GenreDesktopError,
    StorageError,
    StoreBusyError,
)
from genre_desktop.library.engine import result_recorder
from genre_desktop.library.engine.engine import Engine
from genre_desktop.library.engine.path_queue import PathQueue
from genre_desktop.library.files.file_facts import read_facts
from genre_desktop.library.result import TrackResult
from genre_desktop.library.store.result_store import ResultStore
from genre_desktop.model.predictor import Predictor
from tests.support import engine_hooks
from tests.support.engine_parts import RATE, make_predictor, write_tunes
from tests.support.sounds import tune


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with Engine(jobs=2, hook=engine_hooks.fail_by_name) as made:
        yield made


@pytest.fixture
def store() -> Iterator[ResultStore]:
    with ResultStore.in_memory() as made:
        yield made


def by_name(results: Any) -> dict[str, TrackResult]:
    return {result.path.name: result for result in results}


def fresh(results: Any) -> set[str]:
    return {result.path.name for result in results if not result.is_stored}


def test_what_is_known_is_not_done_again(engine: Engine, store: ResultStore, tmp_path: Path) -> None:
    paths = write_tunes(tmp_path, 4)
    first = by_name(engine.classify(PathQueue(paths), make_predictor(), store=store))
    second = by_name(engine.classify(PathQueue(paths), make_predictor(), store=store))
    assert fresh(first.values()) == set(first) and fresh(second.values()) == set()
    assert {name: replace(result, is_stored=False) for name, result in second.items()} == first


def test_a_moved_file_is_known_and_a_changed_one_is_not(engine: Engine, store: ResultStore, tmp_path: Path) -> None:
    paths = write_tunes(tmp_path, 2)
    list(engine.classify(PathQueue(paths), make_predictor(), store=store))
    moved = tmp_path / "elsewhere" / "renamed.wav"
    moved.parent.mkdir()
    os.rename(paths[0], moved)
    soundfile.write(paths[1], tune(3.0, RATE, 333), RATE)
    again = by_name(engine.classify(PathQueue([str(moved), paths[1]]), make_predictor(), store=store))
    assert fresh(again.values()) == {"001.wav"}
    assert again["renamed.wav"].path == moved


def test_another_model_asks_anew_and_going_back_does_not(engine: Engine, store: ResultStore, tmp_path: Path) -> None:
    paths = write_tunes(tmp_path, 2)
    one, other = make_predictor("one"), make_predictor("other")
    for predictor, n_fresh in ((one, 2), (other, 2), (one, 0), (other, 0)):
        results = list(engine.classify(PathQueue(paths), predictor, store=store))
        assert len(fresh(results)) == n_fresh
        assert {result.model for result in results} == {predictor.bundle.name}


def test_parts_of_a_track_do_not_answer_for_all_of_it(engine: Engine, store: ResultStore, tmp_path: Path) -> None:
    (path,) = write_tunes(tmp_path, 1, seconds=60)
    for every_patch, is_stored in ((False, False), (False, True), (True, False), (True, True), (False, True)):
        (result,) = engine.classify(PathQueue([path]), make_predictor(), store=store, every_patch=every_patch)
        assert result.is_stored == is_stored
    assert result.prediction is not None and result.prediction.is_complete


def test_failures_are_kept_until_they_are_to_be_tried_again(engine: Engine, store: ResultStore, tmp_path: Path) -> None:
    (path,) = write_tunes(tmp_path, 1)
    noise = tmp_path / "noise.mp3"
    noise.write_bytes(np.random.default_rng(0).bytes(50_000))
    paths = [path, str(noise)]
    predictor = make_predictor()
    assert len(fresh(engine.classify(PathQueue(paths), predictor, store=store))) == 2
    again = by_name(engine.classify(PathQueue(paths), predictor, store=store))
    assert fresh(again.values()) == set() and again["noise.mp3"].error is not None
    other_name = tmp_path / "other.mp3"
    os.rename(noise, other_name)
    (renamed,) = engine.classify(PathQueue([str(other_name)]), predictor, store=store)
    assert renamed.is_stored and renamed.error is not None and "other.mp3" in renamed.error.message
    paths[1] = str(other_name)
    assert fresh(engine.classify(PathQueue(paths), predictor, store=store, retry_failed=True)) == {"other.mp3"}


@pytest.mark.parametrize("kept_share", [0.5, 0.001], ids=["half", "nothing"])
def test_the_answer_of_a_whole_file_outlives_its_being_cut_off(
    engine: Engine, store: ResultStore, tmp_path: Path, kept_share: float
) -> None:
    (path,) = write_tunes(tmp_path, 1, seconds=20)
    predictor = make_predictor()
    (whole,) = engine.classify(PathQueue([path]), predictor, store=store)
    os.truncate(path, int(os.path.getsize(path) * kept_share))
    (cut,) = engine.classify(wanted_afresh(path), predictor, store=store)
    assert cut.trouble is not None and (cut.prediction is not None) == (kept_share == 0.5)
    kept = store.result(path, predictor.bundle)
    assert kept is not None and kept.prediction == whole.prediction and kept.facts == whole.facts
    soundfile.write(path, tune(3.0, RATE, 333), RATE)
    (other,) = engine.classify(PathQueue([path]), predictor, store=store)
    kept = store.result(path, predictor.bundle)
    assert kept is not None and kept.facts == other.facts != whole.facts, "a sound one is another file"


def wanted_afresh(path: str) -> PathQueue:
    feed = PathQueue()
    feed.add([path], afresh=True)
    return feed


def test_a_path_wanted_afresh_is_listened_to_again_and_as_much_as_before(
    engine: Engine, store: ResultStore, tmp_path: Path
) -> None:
    (path,) = write_tunes(tmp_path, 1, seconds=60)
    for every_patch in (False, True):
        (first,) = engine.classify(PathQueue([path]), make_predictor(), store=store, every_patch=every_patch)
        (again,) = engine.classify(wanted_afresh(path), make_predictor(), store=store)
        assert not first.is_stored and not again.is_stored
        assert again.prediction is not None and again.prediction.is_complete == every_patch
        (known,) = engine.classify(PathQueue([path]), make_predictor(), store=store)
        assert known.is_stored and known.prediction == again.prediction


def test_an_answer_outlives_whatever_happens_while_its_file_is_listened_to_again(
    engine: Engine, store: ResultStore, tmp_path: Path
) -> None:
    (path,) = write_tunes(tmp_path, 1)
    predictor = make_predictor()
    (first,) = engine.classify(PathQueue([path]), predictor, store=store)
    assert first.facts is not None
    assert [*engine.classify(wanted_afresh(path), predictor, store=store, is_cancelled=lambda: True)] == []
    broken = Predictor(predictor.bundle, lambda _patches: 1 / 0)
    (failed,) = engine.classify(wanted_afresh(path), broken, store=store)
    os.rename(path, tmp_path / "elsewhere.wav")
    (gone,) = engine.classify(wanted_afresh(path), predictor, store=store)
    assert failed.error is not None and isinstance(gone.error, AudioNotFoundError)
    kept = store.result(path, predictor.bundle)
    assert kept is not None and kept.prediction == first.prediction


def test_a_failure_that_is_tried_again_in_vain_stays_known(engine: Engine, store: ResultStore, tmp_path: Path) -> None:
    noise = tmp_path / "noise.mp3"
    noise.write_bytes(np.random.default_rng(0).bytes(50_000))
    predictor = make_predictor()
    (first,) = engine.classify(PathQueue([str(noise)]), predictor, store=store)
    run = engine.classify(PathQueue([str(noise)]), predictor, store=store, retry_failed=True, is_cancelled=lambda: True)
    assert [*run] == []
    (known,) = engine.classify(PathQueue([str(noise)]), predictor, store=store)
    assert known.is_stored and known.error is not None and first.error is not None
    assert known.error.code == first.error.code


def test_faults_of_the_moment_are_not_kept(engine: Engine, store: ResultStore, tmp_path: Path) -> None:
    late = tmp_path / "late.wav"
    (missing,) = engine.classify(PathQueue([str(late)]), make_predictor(), store=store)
    assert isinstance(missing.error, AudioNotFoundError)
    os.rename(write_tunes(tmp_path, 1)[0], late)
    (there,) = engine.classify(PathQueue([str(late)]), make_predictor(), store=store)
    assert there.prediction is not None


def test_a_genre_by_hand_comes_with_every_result(engine: Engine, store: ResultStore, tmp_path: Path) -> None:
    paths = write_tunes(tmp_path, 2)
    found = by_name(engine.classify(PathQueue(paths), make_predictor(), store=store))
    facts = found["000.wav"].facts
    assert facts is not None
    store.set_by_hand([facts.identity], "klezmer")
    again = by_name(engine.classify(PathQueue(paths), make_predictor("other"), store=store))
    assert {name: result.by_hand for name, result in again.items()} == {"000.wav": "klezmer", "001.wav": None}


def test_a_full_disk_costs_what_it_would_have_kept(
    engine: Engine, store: ResultStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StorageError(path="library.sqlite3", reason="no space left")

    monkeypatch.setattr(store, "save", full)
    problems: list[GenreDesktopError] = []
    found = engine.classify(
        PathQueue(write_tunes(tmp_path, 3)), make_predictor(), store=store, on_problem=problems.append
    )
    assert all(result.prediction for result in found)
    assert [problem.code for problem in problems] == [StorageError.code]


def test_results_survive_as_the_command_line_prints_them(engine: Engine, tmp_path: Path) -> None:
    from genre_desktop.library.export.json_record import dump_record, to_record

    paths = write_tunes(tmp_path, 2)
    file = tmp_path / "library.sqlite3"
    lines = []
    for _ in range(2):
        with ResultStore.open(file) as store:
            found = by_name(engine.classify(PathQueue(paths), make_predictor(), store=store))
        lines.append([dump_record(to_record(found[name])) for name in sorted(found)])
    assert lines[0] == lines[1]
    assert json.loads(lines[0][0])["status"] == "ok"


def test_a_store_that_another_program_holds_gets_the_results_afterwards(
    engine: Engine, store: ResultStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save, n_tries = store.save, [0]

    def busy_once(*arguments: Any) -> None:
        n_tries[0] += 1
        if n_tries[0] == 1:
            raise StoreBusyError(path="library.sqlite3")
        save(*arguments)

    monkeypatch.setattr(store, "save", busy_once)
    paths = write_tunes(tmp_path, 4)
    problems: list[GenreDesktopError] = []
    list(engine.classify(PathQueue(paths), make_predictor(), store=store, on_problem=problems.append))
    assert len(problems) == 1
    again = list(engine.classify(PathQueue(paths), make_predictor(), store=store))
    assert all(result.is_stored for result in again)


def test_one_relative_path_in_two_folders_is_two_files(
    engine: Engine, store: ResultStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = []
    for name, hz in (("a", 110.0), ("b", 880.0)):
        (tmp_path / name).mkdir()
        soundfile.write(tmp_path / name / "01.wav", tune(3.0, RATE, hz), RATE)
        os.utime(tmp_path / name / "01.wav", ns=(1_000, 1_000))  # unpacked from one archive
    for name in ("a", "b"):
        with Engine(jobs=1) as other:
            monkeypatch.chdir(tmp_path / name)
            results += other.classify(PathQueue(["01.wav"]), make_predictor(), store=store)
    assert [result.path for result in results] == [Path("01.wav")] * 2
    assert results[0].prediction != results[1].prediction and not results[1].is_stored
    (known,) = engine.classify(PathQueue([str(tmp_path / "b" / "01.wav")]), make_predictor(), store=store)
    assert known.is_stored and known.prediction == results[1].prediction


@pytest.mark.parametrize("is_sound", [True, False])
def test_a_file_that_is_replaced_while_it_is_classified_has_the_answer_of_its_own_sound(
    store: ResultStore, tmp_path: Path, is_sound: bool
) -> None:
    path, song, other = (tmp_path / name for name in ("a.wav", "song.wav", "a.wav.other"))
    soundfile.write(path, tune(5.0, RATE), RATE)
    shutil.copy(path, song)
    if is_sound:
        soundfile.write(other, tune(9.0, RATE, 333), RATE, format="WAV")
    else:
        other.write_bytes(b"no sound" * 1000)
    with Engine(jobs=1, hook=engine_hooks.replace_once) as engine:
        (first,) = engine.classify(PathQueue([str(path)]), make_predictor(), store=store)
        (second,) = engine.classify(PathQueue([str(song)]), make_predictor(), store=store)
    assert second.prediction is not None and second.prediction.duration_s == pytest.approx(5.0, abs=0.1)
    if is_sound:
        assert first.prediction is not None and first.prediction.duration_s == pytest.approx(9.0, abs=0.1)
    assert first.facts == read_facts(path)


def test_a_shorter_file_of_known_sound_under_the_name_of_another_is_stored_as_that(
    engine: Engine, store: ResultStore, tmp_path: Path
) -> None:
    long, short = tmp_path / "long.wav", tmp_path / "short.wav"
    soundfile.write(long, tune(6.0, RATE, 440), RATE)
    soundfile.write(short, tune(4.0, RATE, 550), RATE)
    predictor = make_predictor()
    list(engine.classify(PathQueue([str(long), str(short)]), predictor, store=store))
    sound = read_facts(short)
    store.set_by_hand([sound.identity], "polka")
    os.replace(short, long)
    store.add_paths([str(long)])
    (result,) = engine.classify(PathQueue([str(long)]), predictor, store=store)
    assert result.is_stored and result.by_hand == "polka"
    ((_, summary),) = store.summaries_of([str(long)], predictor.bundle)
    assert summary is not None and summary.facts is not None, "as the next start shows it"
    assert (summary.facts.identity, summary.by_hand) == (sound.identity, "polka")


def test_classifying_afresh_notices_another_file_of_the_same_size_and_time(
    engine: Engine, store: ResultStore, tmp_path: Path
) -> None:
    paths = write_tunes(tmp_path, 2)
    for path in paths:  # as an archive restores them
        os.utime(path, ns=(10**18, 10**18))
    assert os.path.getsize(paths[0]) == os.path.getsize(paths[1])
    list(engine.classify(PathQueue(paths), make_predictor(), store=store))
    os.rename(paths[0], tmp_path / "x")
    os.rename(paths[1], paths[0])
    os.rename(tmp_path / "x", paths[1])
    queue = PathQueue()
    queue.add(paths, afresh=True)
    results = by_name(engine.classify(queue, make_predictor(), store=store))
    for path in paths:
        facts = results[Path(path).name].facts
        assert facts is not None and facts.identity == read_facts(path).identity


def test_results_that_wait_for_a_busy_store_are_stored_while_the_run_is_paused(
    engine: Engine, store: ResultStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (path,) = write_tunes(tmp_path, 1)
    predictor, queue = make_predictor(), PathQueue([path], is_open=True)
    n_polls, save = 0, ResultStore.save

    def save_at_second_try(self: ResultStore, *arguments: Any, **how: Any) -> None:
        monkeypatch.setattr(ResultStore, "save", save)
        raise StoreBusyError(path="library.sqlite3")

    def is_stored() -> bool:
        return store.find_result(read_facts(path).identity, predictor.bundle) is not None

    def is_over() -> bool:
        nonlocal n_polls
        n_polls += is_told
        return is_told and (is_stored() or n_polls == 200)

    monkeypatch.setattr(ResultStore, "save", save_at_second_try)
    monkeypatch.setattr(result_recorder, "_BACK_OFF_S", 0.1)
    is_told = False
    results = engine.classify(queue, predictor, store=store, is_cancelled=is_over, is_paused=lambda: is_told)
    assert next(results).prediction is not None and not is_stored()
    is_told = True
    assert next(results, None) is None
    assert n_polls < 200, "it is stored before the run ends"
