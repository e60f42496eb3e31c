"""Results of earlier runs in ``genre-desktop classify``."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from genre_desktop.core import locations
from genre_desktop.core.errors import AudioIsFolderError, DecoderStuckError
from genre_desktop.library.files.file_facts import read_facts
from genre_desktop.library.result import TrackResult
from genre_desktop.library.store import manual_genre_backup
from genre_desktop.library.store.recovery import open_or_recover
from genre_desktop.library.store.result_store import ResultStore
from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.predictor import Predictor
from tests.support.stored_results import without_results

Run = Callable[..., tuple[int, str, str]]


def count_batches(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count the batches that reach the network from now on."""
    sizes: list[int] = []

    def load(bundle: ModelBundle) -> Predictor:
        def forward(patches: NDArray[np.float32]) -> NDArray[np.float32]:
            sizes.append(len(patches))
            return np.tile(np.array([0.1, 0.7, 0.2], np.float32), (len(patches), 1))

        return Predictor(bundle, forward)

    monkeypatch.setattr(Predictor, "load", load)
    return sizes


def test_a_second_run_computes_nothing_and_prints_the_same(
    run: Run, jazz_model: ModelBundle, song: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = run(song, "--json")
    sizes = count_batches(monkeypatch)
    assert run(song, "--json") == first
    assert sizes == []
    assert run(song, "--json", "--no-cache") == first
    assert sizes != []


def test_without_the_cache_nothing_is_kept(run: Run, jazz_model: ModelBundle, song: Path) -> None:
    run(song, "--no-cache")
    assert not (locations.user_data() / "library.sqlite3").exists()


def test_failures_are_tried_again_when_asked(run: Run, jazz_model: ModelBundle, tmp_path: Path) -> None:
    noise = tmp_path / "noise.mp3"
    noise.write_bytes(b"no sound at all " * 500)
    with ResultStore.open() as store:
        assert run(noise)[0] == 1
        facts = read_facts(str(noise))
        # As if a version that could not read it had kept this.
        without_results(store)
        store.save(TrackResult(noise, None, DecoderStuckError(path=noise, seconds=60), "x", facts), jazz_model)
    assert "GD-305" in run(noise)[2]
    assert "GD-305" not in run(noise, "--retry-failed")[2]


def test_a_damaged_store_is_kept_under_another_name_and_reported(run: Run, jazz_model: ModelBundle, song: Path) -> None:
    file = locations.user_data() / "library.sqlite3"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"this was a database once " * 1_000)
    before = file.read_bytes()
    status, out, err = run(song)
    assert status == 0 and out.startswith("jazz") and err.startswith("GD-311: ")
    (aside,) = file.parent.glob("library.damaged-*.sqlite3")
    assert aside.read_bytes() == before and aside.name in err
    assert "GD-311" not in run(song)[2], "reported once: the new file is intact"


def test_a_genre_by_hand_goes_before_the_model(run: Run, jazz_model: ModelBundle, song: Path) -> None:
    with ResultStore.open() as store:
        store.set_by_hand([read_facts(str(song)).identity], "klezmer")
    for _ in range(2):  # computed, and known
        record = json.loads(run(song, "--json")[1])
        assert (record["genre"], record["by_hand"]) == ("klezmer", True)
    assert run(song)[1] == f"klezmer    by hand  {song}\n"


def test_a_note_is_told_and_is_no_failure(run: Run, jazz_model: ModelBundle, song: Path) -> None:
    note = AudioIsFolderError(path=song, kind="folder")
    status, first, _ = run(song, "--json")
    assert (status, json.loads(first)["warnings"]) == (0, [])
    facts = read_facts(song)
    with ResultStore.open() as store:
        stored = store.result(str(song), jazz_model)
        assert stored is not None and stored.prediction is not None
        store.save(replace(stored, prediction=replace(stored.prediction, warnings=(note,)), facts=facts), jazz_model)
    status, out, err = run(song, "--json")
    assert status == 0 and json.loads(out)["warnings"] == [{"code": "GD-103", "message": note.message}]
    assert str(note) in err and "in part" not in err
    moved = song.rename(song.with_name("moved.wav"))
    status, out, _ = run(moved, "--json")
    assert status == 0 and "moved.wav" in json.loads(out)["warnings"][0]["message"]


def test_the_backup_has_a_genre_by_hand_that_a_file_keeps_though_its_sound_has_changed(
    run: Run, jazz_model: ModelBundle, song: Path, home: Path
) -> None:
    run(song)
    with open_or_recover() as store:
        store.set_by_hand([read_facts(str(song)).identity], "klezmer")
        manual_genre_backup.write(store)
    samples, rate = soundfile.read(song)
    soundfile.write(song, samples[rate:], rate)
    run(song)
    for file in home.glob("data/library*"):
        file.unlink()
    (record,) = map(json.loads, run(song, "--json")[1].splitlines())
    assert (record["genre"], record["by_hand"]) == ("klezmer", True)
