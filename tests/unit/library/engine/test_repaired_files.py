"""A file that was repaired, copied or tagged: errors and damage hold only for the files in which they were met."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import mutagen
import numpy as np
import pytest

from genre_desktop.audio.decode.audio_reader import open_audio
from genre_desktop.core.errors import AudioError
from genre_desktop.library.engine.engine import Engine
from genre_desktop.library.engine.path_queue import PathQueue
from genre_desktop.library.files.file_facts import read_facts
from genre_desktop.library.files.identity import identify
from genre_desktop.library.result import TrackResult
from genre_desktop.library.store.result_store import ResultStore
from tests.support.engine_parts import make_predictor
from tests.support.odd_files import encode, music, write_sound


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with Engine(jobs=1) as made:
        yield made


@pytest.fixture
def store() -> Iterator[ResultStore]:
    with ResultStore.in_memory() as made:
        yield made


def _m4a(path: Path) -> Path:
    return encode(path, music(4.0), format="mp4", codec="aac")


def _wma(path: Path) -> Path:
    return encode(path, music(4.0), format="asf", codec="wmav2", bit_rate=64_000)


def _ogg(path: Path) -> Path:
    return write_sound(path, music(4.0), format="OGG", subtype="VORBIS")


def _opus(path: Path) -> Path:
    return encode(path, music(4.0, 48_000), 48_000, format="ogg", codec="libopus")


WRITERS: dict[str, Callable[[Path], Path]] = {"a.m4a": _m4a, "a.wma": _wma, "a.ogg": _ogg, "a.opus": _opus}
each_format = pytest.mark.parametrize("name", WRITERS)


def is_whole(path: Path) -> bool:
    try:
        with open_audio(path) as reader:
            return any(len(block) for block in reader.blocks(22_050)) and reader.problem is None
    except AudioError:
        return False


def damage(path: Path) -> bytes:
    """Damage what a decoder needs and the identity leaves out; the bytes as they were."""
    content, identity = path.read_bytes(), identify(path)
    header = content.rfind(b"moov") if b"moov" in content else 0
    for at in range(header, min(len(content), header + 4_096), 8):
        broken = bytearray(content)
        broken[at : at + 12] = bytes(byte ^ 0x55 for byte in broken[at : at + 12])
        path.write_bytes(broken)
        if identify(path) == identity and not is_whole(path):
            return content
    raise AssertionError("every byte that the decoder needs counts for the identity")


def classify(engine: Engine, store: ResultStore, *paths: Path, every_patch: bool = False) -> list[TrackResult]:
    queue = PathQueue(map(str, paths))
    return [*engine.classify(queue, make_predictor(), store=store, every_patch=every_patch)]


def touch(path: Path, seconds: int) -> None:
    """A time of change so many seconds after an arbitrary one."""
    os.utime(path, (10**9 + seconds, 10**9 + seconds))


@each_format
def test_an_error_does_not_outlive_the_repair_of_the_file(
    engine: Engine, store: ResultStore, tmp_path: Path, name: str
) -> None:
    path = WRITERS[name](tmp_path / name)
    whole = damage(path)
    touch(path, 1)
    (failed,) = classify(engine, store, path)
    assert failed.error is not None
    (again,) = classify(engine, store, path)
    assert again.is_stored and again.error is not None, "it is not tried again while it stays"
    path.write_bytes(whole)
    touch(path, 2)
    (repaired,) = classify(engine, store, path)
    assert repaired.prediction is not None and not repaired.is_stored
    (known,) = classify(engine, store, path)
    assert known.is_stored and known.prediction == repaired.prediction


def test_a_repair_that_a_kill_interrupted_is_found_at_the_next_start(
    engine: Engine, store: ResultStore, tmp_path: Path
) -> None:
    path = _m4a(tmp_path / "a.m4a")
    whole = damage(path)
    touch(path, 1)
    classify(engine, store, path)
    path.write_bytes(whole)
    touch(path, 2)
    store.save_facts(str(path), read_facts(path))  # as the engine does before it decodes
    store.add_paths([str(path)])
    ((listed,),) = store.summaries(make_predictor().bundle)
    assert listed[1] is not None and listed[1].error is None, "the list does not show the earlier error"
    (repaired,) = classify(engine, store, path)
    assert repaired.prediction is not None


@pytest.mark.parametrize("is_same_time", [False, True], ids=["later", "same time"])
def test_a_good_copy_of_a_damaged_file_is_heard(
    engine: Engine, store: ResultStore, tmp_path: Path, is_same_time: bool
) -> None:
    bad, good = _m4a(tmp_path / "bad.m4a"), tmp_path / "good.m4a"
    shutil.copyfile(bad, good)
    damage(bad)
    touch(bad, 1)
    touch(good, 1 if is_same_time else 2)  # a backup keeps the time, and bits that rot do not change it
    first, second = classify(engine, store, bad, good)
    assert {first.path.name: first.error is None, second.path.name: second.error is None} == {
        "bad.m4a": False,
        "good.m4a": True,
    }
    bad.unlink()
    (known,) = classify(engine, store, good)
    assert known.is_stored and known.error is None


def test_damage_in_the_middle_does_not_outlive_the_repair(engine: Engine, store: ResultStore, tmp_path: Path) -> None:
    # More than 256 KiB: what lies between the blocks that are hashed does not change the identity.
    noise = 0.3 * np.random.default_rng(3).normal(size=(30 * 22_050, 1)).astype(np.float32)
    path = write_sound(tmp_path / "a.flac", noise, format="FLAC")
    whole, identity = path.read_bytes(), identify(path)
    broken = bytearray(whole)
    at = len(whole) // 3
    broken[at : at + 40_000] = bytes(40_000)
    path.write_bytes(broken)
    touch(path, 1)
    assert identify(path) == identity
    (partial,) = classify(engine, store, path, every_patch=True)
    assert partial.prediction is not None and partial.prediction.loss is not None
    (again,) = classify(engine, store, path)
    assert again.is_stored and str(again.trouble) == str(partial.trouble)
    path.write_bytes(whole)
    touch(path, 2)
    (repaired,) = classify(engine, store, path)
    assert repaired.prediction is not None and repaired.prediction.warnings == ()
    assert repaired.prediction.duration_s == pytest.approx(30.0, abs=0.1)
    (known,) = classify(engine, store, path)
    assert known.is_stored and known.prediction == repaired.prediction


def test_equal_damaged_files_are_each_named_by_their_own_name(
    engine: Engine, store: ResultStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = _m4a(tmp_path / "first.m4a"), tmp_path / "second.m4a"
    damage(first)
    shutil.copyfile(first, second)
    monkeypatch.chdir(tmp_path)  # an error of a relative path must not be taken for one of another file
    with Engine(jobs=1) as here:
        for _ in range(3):
            for result in classify(here, store, Path("first.m4a"), Path("second.m4a")):
                assert result.error is not None and result.path.name in result.error.message
                (other,) = {"first.m4a", "second.m4a"} - {result.path.name}
                assert other not in result.error.message
        assert all(result.is_stored for result in classify(here, store, first, second))
    os.rename(second, tmp_path / "third.m4a")
    (moved,) = classify(engine, store, tmp_path / "third.m4a")
    assert moved.is_stored and moved.error is not None and "third.m4a" in moved.error.message
    stored = {result.path.name: result for result in store.results([str(first)], make_predictor().bundle)}
    assert "first.m4a" in str(stored["first.m4a"].error)


def test_a_changed_tag_costs_no_answer_and_no_genre_by_hand(engine: Engine, store: ResultStore, tmp_path: Path) -> None:
    path = _m4a(tmp_path / "a.m4a")
    (first,) = classify(engine, store, path)
    assert first.facts is not None
    store.set_by_hand([first.facts.identity], "klezmer")
    tags = mutagen.File(path, easy=True)
    tags["title"] = ["Another title"]
    tags.save()
    touch(path, 5)
    (again,) = classify(engine, store, path)
    assert again.is_stored and again.by_hand == "klezmer" and again.prediction == first.prediction
    assert again.facts is not None and again.facts.title == "Another title"


def test_a_damaged_copy_keeps_its_error_when_the_other_is_repaired(
    engine: Engine, store: ResultStore, tmp_path: Path
) -> None:
    first, second = _m4a(tmp_path / "first.m4a"), tmp_path / "second.m4a"
    whole = damage(first)
    shutil.copyfile(first, second)
    touch(first, 1)
    touch(second, 1)
    assert all(result.error is not None for result in classify(engine, store, first, second))
    first.write_bytes(whole)
    touch(first, 2)
    store.add_paths([str(first), str(second)])
    for _ in range(3):
        results = {result.path.name: result for result in classify(engine, store, first, second)}
        assert results["first.m4a"].error is None
        assert "second.m4a" in str(results["second.m4a"].error)
        listed = dict(row for rows in store.summaries(make_predictor().bundle) for row in rows)
        assert listed[str(first)] is not None and listed[str(first)].genre is not None  # type: ignore[union-attr]
        assert listed[str(second)] is not None and listed[str(second)].genre is None  # type: ignore[union-attr]
    assert results["first.m4a"].is_stored
    second.write_bytes(whole)
    touch(second, 3)
    (repaired,) = classify(engine, store, second)
    assert repaired.error is None and repaired.is_stored, "by now it is the sound that is known"
