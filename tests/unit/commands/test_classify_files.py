"""The files that ``genre-desktop classify`` writes."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.predictor import Predictor

Run = Callable[..., tuple[int, str, str]]


def test_csv(run: Run, jazz_model: ModelBundle, song: Path, broken: Path, tmp_path: Path) -> None:
    table = tmp_path / "out.csv"
    status, out, err = run(song, broken, "--csv", table)
    assert (status, out) == (1, "")
    assert f"Rows written to {table}: 2." in err
    assert f"GD-104: {broken}" in err, "not only how many failed"
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["path"]: row for row in csv.DictReader(file)}
    assert (rows[str(song)]["genre"], rows[str(song)]["second"]) == ("jazz", "rock")
    assert rows[str(broken)]["error_code"] == "GD-104"


def test_playlists_and_report(run: Run, jazz_model: ModelBundle, song: Path, broken: Path, tmp_path: Path) -> None:
    lists, page = tmp_path / "lists", tmp_path / "report.html"
    status, out, err = run(song, broken, "--playlists", lists, "--report", page)
    assert status == 1 and out.startswith("jazz")
    assert f"Playlists written to {lists}: 1, with 1 tracks." in err and f"Report written to {page}." in err
    assert "../song.wav" in (lists / "jazz.m3u8").read_text("utf-8").splitlines()
    text = page.read_text("utf-8")
    assert "song.wav" in text and "GD-104" in text and "<svg" in text


def test_timelines(run: Run, jazz_model: ModelBundle, song: Path, broken: Path, tmp_path: Path) -> None:
    folder = tmp_path / "timelines"
    status, out, err = run(song, broken, "--segments", "--timelines", folder)
    assert status == 1 and f"Timelines written to {folder}: 1." in err
    start, _, text = (folder / "song.wav.txt").read_text("utf-8").splitlines()[0].split("\t")
    assert float(start) == 0.0 and text.startswith("jazz ")
    (folder / "song.wav.txt").write_text("mine")
    status, out, err = run(song, "--timelines", folder)
    assert status == 1 and out.startswith("jazz") and "GD-310" in err
    assert (folder / "song.wav.txt").read_text() == "mine"
    assert run(song, "--timelines", folder, "--timeline-format", "csv")[0] == 0
    assert (folder / "song.wav.csv").read_text("utf-8").startswith("start_s,end_s,genre,confidence")


@pytest.mark.parametrize(
    ("option", "name"),
    [
        ("--report", "song.mp3"),
        ("--report", "no/where.html"),
        ("--playlists", "song.wav"),
        ("--timelines", "song.wav"),
    ],
)
def test_targets_are_checked_before_the_work(
    run: Run,
    jazz_model: ModelBundle,
    song: Path,
    tmp_path: Path,
    option: str,
    name: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Predictor, "load", lambda bundle: pytest.fail("the work began"))
    status, out, err = run(song, option, tmp_path / name)
    assert (status, out) == (2, "") and err.startswith("GD-")


def test_csv_that_cannot_be_written(run: Run, jazz_model: ModelBundle, song: Path, tmp_path: Path) -> None:
    status, out, err = run(song, "--csv", tmp_path / "nowhere" / "out.csv")
    assert (status, out) == (2, "") and err.startswith("GD-502: ")


def test_csv_over_a_song_is_refused(run: Run, jazz_model: ModelBundle, song: Path, broken: Path) -> None:
    before = song.read_bytes()
    status, out, err = run("--csv", song, broken)  # as a shell writes `--csv *.wav`
    assert (status, out) == (2, "") and err.startswith("GD-303: ") and song.read_bytes() == before


def test_a_table_and_a_report_in_one_file_are_refused_before_the_work(
    run: Run, jazz_model: ModelBundle, song: Path, tmp_path: Path
) -> None:
    both = tmp_path / "both"
    status, out, err = run(song, "--csv", both, "--report", tmp_path / "." / "both")
    assert (status, out) == (2, "") and err.startswith("GD-310: ") and not both.exists()
