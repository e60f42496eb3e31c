"""An export says what the table says, also where the store says something else, or nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from genre_desktop.gui.export.export_task import ExportRequest, Format, export
from genre_desktop.library.result import Summary, TrackResult, summarise
from genre_desktop.library.store.result_store import ResultStore
from tests.gui.conftest import make_bundle, make_prediction
from tests.gui.support.task_context import RecordingContext
from tests.support.stored_results import facts_of

PATH = "/music/a.wav"


def result(genre: str = "jazz", identity: int = 1) -> TrackResult:
    return TrackResult(Path(PATH), make_prediction(genre), None, "test-model", facts_of(identity))


def exported(folder: Path, summary: Summary | None, store: ResultStore | None = None) -> list[dict[str, object]]:
    """What JSON tells of a track; a table has as many tracks."""
    rows = ((PATH, summary),)
    json_file, table = folder / "x.json", folder / "x.csv"
    as_json = export(ExportRequest(Format.JSON, json_file, rows, make_bundle(), store), RecordingContext())
    as_table = export(ExportRequest(Format.TABLE, table, rows, make_bundle(), store), RecordingContext())
    assert as_json.n_tracks == as_table.n_tracks
    return [json.loads(line) for line in json_file.read_text().splitlines()]


def test_a_result_that_could_not_be_stored_is_exported(tmp_path: Path) -> None:
    with ResultStore.in_memory() as store:
        (record,) = exported(tmp_path, summarise(result()), store)
    assert (record["status"], record["genre"], record["confidence"]) == ("ok", "jazz", 0.83)
    assert record["duration_s"] == 6.0 and record["segments"] == []
    assert record["probabilities"] == {"jazz": 0.83, "blues": pytest.approx(0.0189, abs=1e-4)}


@pytest.mark.parametrize("stored", [result("metal"), result("metal", 2), result("jazz", 2)])
def test_a_result_of_another_program_is_not_exported_in_place_of_that_of_the_table(
    tmp_path: Path, stored: TrackResult
) -> None:
    with ResultStore.in_memory() as store:
        store.save(stored, make_bundle())
        (record,) = exported(tmp_path, summarise(result()), store)
    assert record["genre"] == "jazz" and record["segments"] == []


def test_a_result_that_table_and_store_agree_on_has_its_segments(tmp_path: Path) -> None:
    with ResultStore.in_memory() as store:
        store.save(result(), make_bundle())
        (record,) = exported(tmp_path, replace(summarise(result()), by_hand="ska"), store)
    assert record["genre"] == "ska" and record["by_hand"] is True and len(record["segments"]) == 3


@pytest.mark.parametrize("summary", [Summary(by_hand="ska"), Summary(by_hand="ska", facts=facts_of(1))])
def test_a_genre_by_hand_of_a_track_without_an_answer_is_exported(tmp_path: Path, summary: Summary) -> None:
    (record,) = exported(tmp_path, summary)
    assert (record["status"], record["genre"], record["by_hand"], record["error"]) == ("ok", "ska", True, None)


@pytest.mark.parametrize("summary", [None, Summary(), Summary(facts=facts_of(1))])
def test_a_track_without_an_answer_is_left_out(tmp_path: Path, summary: Summary | None) -> None:
    assert exported(tmp_path, summary) == []
