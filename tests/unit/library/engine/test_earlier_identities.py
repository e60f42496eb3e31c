"""Stores of earlier versions, in which tags of some formats counted as sound: nothing that they hold is lost."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import mutagen
import pytest
from mutagen.id3 import TIT2

from genre_desktop.core.errors import AudioEmptyError, StorageError
from genre_desktop.library.engine.engine import Engine
from genre_desktop.library.engine.path_queue import PathQueue
from genre_desktop.library.files.file_facts import read_facts
from genre_desktop.library.result import FileFacts, TrackResult
from genre_desktop.library.store.result_store import ResultStore
from genre_desktop.library.store.unsaved_results import write_unsaved
from tests.support.engine_parts import make_predictor, write_tunes
from tests.support.odd_files import encode, music, write_sound
from tests.support.stored_results import prediction_of


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with Engine(jobs=1) as made:
        yield made


@pytest.fixture
def store() -> Iterator[ResultStore]:
    with ResultStore.in_memory() as made:
        yield made


def classify(engine: Engine, store: ResultStore, *paths: Path, every_patch: bool = False) -> list[TrackResult]:
    queue = PathQueue(map(str, paths))
    return [*engine.classify(queue, make_predictor(), store=store, every_patch=every_patch)]


def tag(path: Path, title: str) -> None:
    file = mutagen.File(path)
    assert file is not None
    if file.tags is None:
        file.add_tags()
    if hasattr(file.tags, "getall"):
        file.tags["TIT2"] = TIT2(encoding=3, text=[title])
    else:
        file.tags["title"] = [title]
    file.save()
    later = os.stat(path).st_mtime_ns + 10**9
    os.utime(path, ns=(later, later))


def earlier_facts(path: Path) -> FileFacts:
    """As an earlier version would have read them."""
    facts = read_facts(path)
    assert facts.earlier_identity is not None
    return replace(facts, identity=facts.earlier_identity, earlier_identity=None)


def save_as_before(store: ResultStore, path: Path, number: int = 1, *, by_hand: str | None = None) -> FileFacts:
    facts = earlier_facts(path)
    bundle = make_predictor().bundle
    store.save(TrackResult(path, replace(prediction_of(number), model="test"), None, "test", facts), bundle)
    if by_hand is not None:
        store.set_by_hand([facts.identity], by_hand)
    return facts


def _wav(path: Path) -> Path:
    return write_sound(path, music(4.0), format="WAV", subtype="PCM_16")


WRITERS = {
    "a.wav": _wav,
    "a.aiff": lambda path: write_sound(path, music(4.0), format="AIFF", subtype="PCM_16"),
    "a.ogg": lambda path: write_sound(path, music(4.0), format="OGG", subtype="VORBIS"),
    "a.opus": lambda path: encode(path, music(4.0, 48_000), 48_000, format="ogg", codec="libopus"),
}
each_format = pytest.mark.parametrize("name", WRITERS)


@each_format
def test_a_corrected_title_costs_no_answer_and_no_genre_by_hand(
    engine: Engine, store: ResultStore, tmp_path: Path, name: str
) -> None:
    path = WRITERS[name](tmp_path / name)
    tag(path, "Frist Song")
    (first,) = classify(engine, store, path)
    assert first.facts is not None and first.prediction is not None
    store.set_by_hand([first.facts.identity], "klezmer")
    tag(path, "First Song" * 10_000)
    (again,) = classify(engine, store, path)
    assert again.is_stored and again.by_hand == "klezmer" and again.prediction == first.prediction
    assert again.facts is not None and again.facts.title.startswith("First Song")


@each_format
def test_what_an_earlier_version_stored_is_found_and_follows_a_corrected_title(
    engine: Engine, store: ResultStore, tmp_path: Path, name: str
) -> None:
    path = WRITERS[name](tmp_path / name)
    tag(path, "Frist Song")
    before = save_as_before(store, path, by_hand="klezmer")
    (known,) = classify(engine, store, path)
    assert known.is_stored and known.by_hand == "klezmer" and known.prediction is not None
    assert known.prediction.confidence == prediction_of(1).confidence
    assert known.facts is not None and known.facts.identity != before.identity
    assert store.find_facts(str(path), known.facts.size, known.facts.mtime_ns) == known.facts, "it is read once"
    tag(path, "First Song")
    (again,) = classify(engine, store, path)
    assert again.is_stored and again.by_hand == "klezmer" and again.prediction == known.prediction
    assert [genre for _, genre, _ in store.all_by_hand()] == ["klezmer"]


def test_a_file_that_was_moved_meanwhile_is_found(engine: Engine, store: ResultStore, tmp_path: Path) -> None:
    path = _wav(tmp_path / "a.wav")
    save_as_before(store, path, by_hand="klezmer")
    moved = path.rename(tmp_path / "b.wav")
    (known,) = classify(engine, store, moved)
    assert known.is_stored and known.by_hand == "klezmer"


def test_copies_have_the_answer_before_they_are_read_again(engine: Engine, store: ResultStore, tmp_path: Path) -> None:
    path = _wav(tmp_path / "a.wav")
    copy = Path(shutil.copy2(path, tmp_path / "b.wav"))
    for each in (path, copy):
        save_as_before(store, each, by_hand="klezmer")
    store.add_paths([str(path), str(copy)])
    classify(engine, store, path)
    ((*listed,),) = store.summaries(make_predictor().bundle)
    assert [(summary.genre, summary.by_hand) for _, summary in listed if summary] == [("blues", "klezmer")] * 2


def test_copies_with_other_tags_have_one_genre_by_hand_from_now_on(
    engine: Engine, store: ResultStore, tmp_path: Path
) -> None:
    path = _wav(tmp_path / "a.wav")
    copy = Path(shutil.copy2(path, tmp_path / "b.wav"))
    tag(copy, "A live take")
    save_as_before(store, path, by_hand="klezmer")
    save_as_before(store, copy, 2, by_hand="tango")
    first, second = classify(engine, store, path), classify(engine, store, copy)
    assert [result.by_hand for result in (*first, *second)] == ["klezmer", "klezmer"]
    assert {genre for _, genre, _ in store.all_by_hand()} == {"klezmer", "tango"}, (
        "nothing that a person set is deleted"
    )


def test_an_answer_replaces_the_error_of_a_file_with_the_same_sound(store: ResultStore, tmp_path: Path) -> None:
    path, bundle = _wav(tmp_path / "a.wav"), make_predictor().bundle
    before = save_as_before(store, path)
    other = replace(read_facts(path), mtime_ns=5, earlier_identity=None)
    error = AudioEmptyError(path=tmp_path / "b.wav")
    store.save(TrackResult(tmp_path / "b.wav", None, error, "test", other), bundle)
    store.save_facts(str(path), read_facts(path))
    found = store.find_result(other.identity, bundle)
    assert found is not None and found.prediction is not None
    assert store.find_result(before.identity, bundle) is None


def test_errors_of_earlier_versions_hold_for_their_files_alone(
    engine: Engine, store: ResultStore, tmp_path: Path
) -> None:
    path, bundle = _wav(tmp_path / "a.wav"), make_predictor().bundle
    facts = earlier_facts(path)
    store.save(TrackResult(path, None, AudioEmptyError(path=path), "test", facts), bundle)
    (known,) = classify(engine, store, path)
    assert known.is_stored and known.error is not None
    tag(path, "A title")  # the same sound, and another state of the file
    (tried,) = classify(engine, store, path)
    assert not tried.is_stored and tried.prediction is not None


def test_classifying_again_can_be_undone_after_an_update(engine: Engine, store: ResultStore, tmp_path: Path) -> None:
    path, bundle = _wav(tmp_path / "a.wav"), make_predictor().bundle
    save_as_before(store, path)
    store.current_step = 1
    queue = PathQueue()
    queue.add([str(path)], afresh=True)
    (new,) = [*engine.classify(queue, make_predictor(), store=store)]
    assert new.facts is not None and not new.is_stored
    assert store.undo_step(1, [new.facts.identity], bundle) == 1
    stored = store.result(str(path), bundle)
    assert stored is not None and stored.prediction is not None
    assert stored.prediction.confidence == prediction_of(1).confidence


def test_files_of_other_formats_are_not_read_again(engine: Engine, store: ResultStore, tmp_path: Path) -> None:
    (wav,) = write_tunes(tmp_path, 1)
    path = Path(wav).rename(tmp_path / "a.mp3")  # whatever is in it
    facts = save_as_before(store, path)
    assert store.find_facts(str(path), facts.size, facts.mtime_ns) == facts


def test_what_waited_beside_a_locked_store_meets_its_genre_by_hand(tmp_path: Path) -> None:
    path, bundle = _wav(tmp_path / "a.wav"), make_predictor().bundle
    with ResultStore.open(tmp_path / "library.sqlite3") as store:
        save_as_before(store, path, by_hand="klezmer")
        new = TrackResult(path, replace(prediction_of(2), model="test"), None, "test", read_facts(path))
        write_unsaved(store, [(new, bundle, int(time.time()))], [])
    with ResultStore.open(tmp_path / "library.sqlite3") as store:
        store.finish_restoring()
        found = store.result(str(path), bundle)
        assert found is not None and found.by_hand == "klezmer"
        assert found.prediction is not None and found.prediction.confidence == prediction_of(2).confidence


def test_results_that_were_set_aside_come_back_to_a_file_that_was_read_since(tmp_path: Path) -> None:
    path, bundle = _wav(tmp_path / "a.wav"), make_predictor().bundle
    with ResultStore.open(tmp_path / "library.sqlite3") as store:
        save_as_before(store, path)
        copy = store.drop_all_results()
        assert copy is not None
        store.save_facts(str(path), read_facts(path))
        store.restore_results(copy)
        found = store.find_result(read_facts(path).identity, bundle)
        assert found is not None and found.prediction is not None


def test_a_full_disk_after_an_update_hides_nothing(
    engine: Engine, store: ResultStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _wav(tmp_path / "a.wav")
    save_as_before(store, path, by_hand="klezmer")

    def full(*_: object, **__: object) -> None:
        raise StorageError(path=tmp_path, reason="full")

    monkeypatch.setattr(ResultStore, "save_facts", full)
    (known,) = classify(engine, store, path)
    assert known.is_stored and known.by_hand == "klezmer"


def test_of_the_answers_of_copies_that_of_all_of_the_track_is_kept(store: ResultStore, tmp_path: Path) -> None:
    bundle = make_predictor().bundle
    paths = [tmp_path / "1.wav", tmp_path / "2.wav"]
    _wav(paths[0])
    shutil.copy(*paths)
    tag(paths[1], "Other")
    for path, is_complete in zip(paths, (True, False), strict=True):
        prediction = replace(prediction_of(1), is_complete=is_complete)
        store.save(TrackResult(path, prediction, None, bundle.name, earlier_facts(path)), bundle)
    for path in reversed(paths):
        store.save_facts(str(path), read_facts(path))
    found = store.result(str(paths[0]), bundle)
    assert found is not None and found.prediction is not None and found.prediction.is_complete
