"""Every sink keeps to the steps: open, write each, finish or abandon."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from genre_desktop.core.errors import GenreDesktopError, StorageError
from genre_desktop.library.export.csv_table import CsvTableSink, GrowingCsvTableSink
from genre_desktop.library.export.html_report import HtmlReportSink
from genre_desktop.library.export.json_lines import JsonLinesSink
from genre_desktop.library.export.playlists import PlaylistsSink
from genre_desktop.library.export.result_sink import ResultRow, ResultSink, write_all
from genre_desktop.library.export.timeline import TimelinesSink
from genre_desktop.library.result import TrackResult
from genre_desktop.model.prediction import Prediction, Segment
from tests.unit.library.export.test_html_report import BUNDLE

JAZZ = Prediction("jazz", 0.83, {"jazz": 0.83, "rock": 0.17}, (Segment(0.0, 3.0, "jazz", 0.8),), 3.0, "m")

SINKS: dict[str, Callable[[Path], ResultSink]] = {
    "table": lambda folder: CsvTableSink(folder / "out.csv", "m"),
    "growing table": lambda folder: GrowingCsvTableSink(folder / "out.csv"),
    "json lines": lambda folder: JsonLinesSink(folder / "out.jsonl"),
    "playlists": lambda folder: PlaylistsSink(folder),
    "report": lambda folder: HtmlReportSink(folder / "out.html", BUNDLE, date="today"),
    "timelines": lambda folder: TimelinesSink(folder, "csv", []),
}


@pytest.fixture(params=SINKS.values(), ids=SINKS)
def new_sink(request: pytest.FixtureRequest) -> Callable[[Path], ResultSink]:
    made: Callable[[Path], ResultSink] = request.param
    return made


def rows(tmp_path: Path, names: str = "ba") -> list[ResultRow]:
    return [ResultRow.of(TrackResult(tmp_path / f"{name}.wav", JAZZ, None, "m")) for name in names]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_what_is_written_is_there_and_counted(new_sink: Callable[[Path], ResultSink], tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    written = write_all(new_sink(tmp_path / "out"), rows(tmp_path))
    assert written.n_tracks == 2 and written.n_stale == 0
    found = contents(tmp_path / "out")
    assert len(found) == written.n_files and b"a.wav" in b"".join(found.values()) + b"".join(map(str.encode, found))


def test_a_second_export_replaces_the_first(new_sink: Callable[[Path], ResultSink], tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    write_all(new_sink(tmp_path / "out"), rows(tmp_path))
    before = contents(tmp_path / "out")
    write_all(new_sink(tmp_path / "out"), rows(tmp_path))
    assert contents(tmp_path / "out") == before


@pytest.mark.parametrize("name", sorted(SINKS.keys() - {"growing table", "timelines"}))
def test_an_export_that_is_cancelled_keeps_the_existing_file(tmp_path: Path, name: str) -> None:
    (tmp_path / "out").mkdir()
    write_all(SINKS[name](tmp_path / "out"), rows(tmp_path))
    before = contents(tmp_path / "out")

    def broken() -> Iterator[ResultRow]:
        yield from rows(tmp_path, "xyz")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_all(SINKS[name](tmp_path / "out"), broken())
    assert contents(tmp_path / "out") == before


def test_a_place_that_cannot_be_written_is_refused_before_the_first_track(
    new_sink: Callable[[Path], ResultSink], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(GenreDesktopError):
        new_sink(tmp_path / "file").open()
    assert contents(tmp_path) == {"file": b"in the way"}


def test_abandoning_after_the_end_does_nothing(new_sink: Callable[[Path], ResultSink], tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    sink = new_sink(tmp_path / "out")
    sink.open()
    for row in rows(tmp_path):
        sink.write(row)
    sink.finish()
    before = contents(tmp_path / "out")
    sink.abandon()
    assert contents(tmp_path / "out") == before


@pytest.mark.parametrize("sorts", [False, True])
def test_tracks_may_be_sorted_by_their_paths(tmp_path: Path, sorts: bool) -> None:
    write_all(PlaylistsSink(tmp_path / "lists", sort_by_path=sorts), rows(tmp_path))
    lines = (tmp_path / "lists" / "jazz.m3u8").read_text("utf-8").splitlines()
    assert [line for line in lines if line.endswith(".wav")] == (
        ["../a.wav", "../b.wav"] if sorts else ["../b.wav", "../a.wav"]
    )


def test_an_export_without_tracks_is_written_too(new_sink: Callable[[Path], ResultSink], tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    written = write_all(new_sink(folder), [])
    assert written.n_tracks == 0 and len(contents(folder)) == written.n_files


class FullDisk:
    """A file on a disk that is full."""

    def write(self, _content: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("kind", ["table", "json lines"])
def test_a_disk_that_gets_full_is_an_error_of_storage_and_leaves_nothing(tmp_path: Path, kind: str) -> None:
    sink = SINKS[kind](tmp_path)
    sink.open()
    sink._file = FullDisk()  # type: ignore[attr-defined]
    with pytest.raises(StorageError, match="No space left"):
        sink.write(rows(tmp_path)[0])
    sink.abandon()
    assert contents(tmp_path) == {}
