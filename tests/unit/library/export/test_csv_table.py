from __future__ import annotations

import csv
import errno
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genre_desktop.core.errors import (
    AudioEmptyError,
    AudioIsFolderError,
    AudioTooShortError,
    DamagedAudioError,
    ExportTargetError,
    StorageError,
    TableTargetError,
)
from genre_desktop.core.untrusted.spreadsheet import safe_cell
from genre_desktop.library.export.clipboard import CLIPBOARD_COLUMNS, clipboard_text
from genre_desktop.library.export.csv_table import COLUMNS, CsvTableSink, GrowingCsvTableSink, summary_row
from genre_desktop.library.export.json_lines import JsonLinesSink
from genre_desktop.library.export.json_record import dump_record, to_record
from genre_desktop.library.export.result_sink import ResultRow, write_all
from genre_desktop.library.result import FileFacts, Summary, TrackResult, summarise
from genre_desktop.model.prediction import NOT_MUSIC, UNSURE, Prediction
from tests.support.full_disk import full_disk, needs_full_disk

JAZZ = Prediction("jazz", 0.83, {"blues": 0.02, "jazz": 0.83, "rock": 0.15}, (), 241.3123, "m")


@contextmanager
def growing(path: str | os.PathLike[str]) -> Iterator[GrowingCsvTableSink]:
    sink = GrowingCsvTableSink(path)
    sink.open()
    try:
        yield sink
        sink.finish()
    finally:
        sink.abandon()


def write_csv(path: Path, rows: Iterable[tuple[str, Summary | None]], model: str) -> int:
    return write_all(CsvTableSink(path, model), (ResultRow(*row) for row in rows)).n_tracks


def write_json(path: Path, results: Iterable[TrackResult], *, with_segments: bool = True) -> int:
    return write_all(JsonLinesSink(path, with_segments=with_segments), map(ResultRow.of, results)).n_tracks


def csv_row(result: TrackResult) -> tuple[str, ...]:
    return summary_row(str(result.path), summarise(result), result.model)


def ok(path: str, prediction: Prediction = JAZZ) -> TrackResult:
    return TrackResult(Path(path), prediction, None, "m")


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@needs_full_disk
def test_a_full_disk_leaves_whole_rows(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    sink = GrowingCsvTableSink(path)
    sink.open()
    sink.write(ResultRow.of(ok("a.wav")))
    before = path.read_bytes()
    with full_disk(len(before) + 5), pytest.raises(StorageError):
        sink.write(ResultRow.of(ok("b.wav")))
    sink.abandon()
    assert path.read_bytes() == before
    assert [row["path"] for row in read(path)] == ["a.wav"]


@needs_full_disk
def test_a_full_disk_leaves_no_table_without_a_row(tmp_path: Path) -> None:
    sink = GrowingCsvTableSink(tmp_path / "out.csv")
    with full_disk(0):
        sink.open()
        with pytest.raises(StorageError):
            sink.write(ResultRow.of(ok("a.wav")))
        sink.abandon()
    assert list(tmp_path.iterdir()) == []


@needs_full_disk
@pytest.mark.parametrize("sink", [lambda path: CsvTableSink(path, "m"), JsonLinesSink])
def test_a_full_disk_is_a_typed_error_of_every_table(
    tmp_path: Path, sink: Callable[[Path], CsvTableSink | JsonLinesSink]
) -> None:
    path = tmp_path / "out"
    path.write_bytes(b"")
    with full_disk(20_000), pytest.raises(StorageError) as caught:
        write_all(sink(path), (ResultRow.of(ok(f"{number}.wav")) for number in range(1000)))
    assert caught.value.values["path"] == str(path)
    assert [one.name for one in tmp_path.iterdir()] == ["out"] and path.read_bytes() == b""


def test_rows_of_results_and_errors(tmp_path: Path) -> None:
    error = AudioEmptyError(path="e.wav")
    with growing(tmp_path / "out.csv") as table:
        table.write(ResultRow.of(ok("a.wav")))
        table.write(ResultRow.of(TrackResult(Path("e.wav"), None, error, "m")))
        assert table.n_rows == 2
    first, second = read(tmp_path / "out.csv")
    assert first == {
        "path": "a.wav",
        "status": "ok",
        "genre": "jazz",
        "confidence": "0.8300",
        "second": "rock",
        "second_confidence": "0.1500",
        "duration_s": "241.312",
        "model": "m",
        "error_code": "",
        "error": "",
        "title": "",
        "artist": "",
        "album": "",
        "tagged_genre": "",
        "by_hand": "",
        "warnings": "",
        "styles": "",
    }
    assert second["status"] == "error" and second["error_code"] == "GD-104" and second["error"] == error.message
    assert second["genre"] == second["confidence"] == second["duration_s"] == ""


def test_starts_with_one_byte_order_mark_even_over_an_older_table(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    with growing(path) as table:
        for number in range(20):
            table.write(ResultRow.of(ok(f"older {number}.wav")))
    with growing(path) as table:
        table.write(ResultRow.of(ok("a.wav")))
        table.write(ResultRow.of(ok("b.wav")))
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbfpath,") and content.count(b"\xef\xbb\xbf") == 1
    assert [row["path"] for row in read(path)] == ["a.wav", "b.wav"]


def test_no_rows_leave_a_header(tmp_path: Path) -> None:
    with growing(tmp_path / "out.csv"):
        pass
    assert (tmp_path / "out.csv").read_text("utf-8-sig").strip() == ",".join(COLUMNS)


def test_a_failure_before_the_first_row_keeps_the_existing_file(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    with growing(path) as table:
        table.write(ResultRow.of(ok("last week's.wav")))
    before = path.read_bytes()
    with pytest.raises(RuntimeError, match="no model"), growing(path):
        raise RuntimeError("no model")
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"OggS\x00 a song", b"p", b"path,genre\r\n", b"\xef\xbb\xbfpath,mine\r\n" * 20])
def test_another_file_than_a_table_is_not_overwritten(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "out.csv"
    path.write_bytes(content)
    with pytest.raises(TableTargetError, match="GD-303"):
        GrowingCsvTableSink(path).open()
    assert path.read_bytes() == content


@pytest.mark.parametrize("name", ["song.ogg", "SONG.MP3"])
def test_the_name_of_a_sound_file_is_no_name_for_a_table(tmp_path: Path, name: str) -> None:
    with pytest.raises(TableTargetError, match="sound file"):
        GrowingCsvTableSink(tmp_path / name).open()
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_is_filled(tmp_path: Path) -> None:
    (tmp_path / "out.csv").touch()
    with growing(tmp_path / "out.csv") as table:
        table.write(ResultRow.of(ok("a.wav")))
    assert [row["path"] for row in read(tmp_path / "out.csv")] == ["a.wav"]


def test_rows_are_in_the_file_as_soon_as_they_are_written(tmp_path: Path) -> None:
    with growing(tmp_path / "out.csv") as table:
        table.write(ResultRow.of(ok("a.wav")))
        assert len(read(tmp_path / "out.csv")) == 1


def test_unsure_names_the_best_guess_as_second() -> None:
    unsure = Prediction(UNSURE, 0.3, {"jazz": 0.3, "rock": 0.29}, (), 1.0, "m")
    row = dict(zip(COLUMNS, csv_row(ok("x", unsure)), strict=True))
    assert (row["genre"], row["confidence"], row["second"], row["second_confidence"]) == (
        "unsure",
        "0.3000",
        "jazz",
        "0.3000",
    )


def test_silence_has_empty_cells() -> None:
    row = dict(zip(COLUMNS, csv_row(ok("x", Prediction(NOT_MUSIC, None, None, (), 1.0, "m"))), strict=True))
    assert (row["genre"], row["confidence"], row["second"]) == ("not music", "", "")


@pytest.mark.parametrize("name", ["=1+1.wav", "+x", "-x", "@x", "\tx", "\rx"])
def test_formulas_are_disarmed(name: str) -> None:
    assert csv_row(ok(name))[0] == "'" + name


@given(name=st.text(min_size=1).filter(lambda name: "\0" not in name and Path(name).name))
def test_cells_never_start_a_formula_and_encode(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    path = tmp_path_factory.mktemp("csv") / "out.csv"
    with growing(path) as table:
        table.write(ResultRow.of(ok(name)))
    path.read_bytes().decode("utf-8")
    (row,) = read(path)
    assert row["path"] == safe_cell(str(Path(name))).encode("utf-8", "backslashreplace").decode("utf-8")


def test_surrogates_are_escaped(tmp_path: Path) -> None:
    with growing(tmp_path / "out.csv") as table:
        table.write(ResultRow.of(ok("caf\udce9.wav")))
    assert read(tmp_path / "out.csv")[0]["path"] == "caf\\udce9.wav"


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"out\.csv"):
        GrowingCsvTableSink(tmp_path / "no such folder" / "out.csv").open()
    with pytest.raises(StorageError):
        GrowingCsvTableSink(tmp_path).open()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="only Linux has a full disk for everybody")
def test_a_full_disk_is_a_storage_error() -> None:
    with pytest.raises(StorageError, match=os.strerror(errno.ENOSPC)), growing("/dev/full") as table:
        table.write(ResultRow.of(ok("a.wav")))


@pytest.mark.skipif(sys.platform == "win32", reason="a device of POSIX systems")
def test_nowhere_can_be_written() -> None:
    with growing(os.devnull) as table:
        table.write(ResultRow.of(ok("a.wav")))
    assert table.n_rows == 1


@pytest.mark.skipif(sys.platform == "win32", reason="named pipes of POSIX systems")
def test_a_pipe_can_be_written(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with growing(pipe) as table:
            table.write(ResultRow.of(ok("a.wav")))
        assert b"a.wav,ok,jazz" in os.read(reader, 10_000)
    finally:
        os.close(reader)


FACTS = FileFacts(1, 1, "i", "So What", "Miles Davis", "Kind of Blue", ("Jazz", "Modal Jazz"))
OLDER_HEADER = "\ufeffpath,status,genre,confidence,second,second_confidence,duration_s,model,error_code,error\r\n"


def row_of(summary: Summary) -> dict[str, str]:
    return dict(zip(COLUMNS, summary_row("x", summary, "m"), strict=True))


def test_columns_are_only_ever_added_at_the_end() -> None:
    assert ",".join(COLUMNS[:10]) == OLDER_HEADER.strip("\ufeff\r\n")
    assert COLUMNS[10:] == ("title", "artist", "album", "tagged_genre", "by_hand", "warnings", "styles")


def test_tags_and_the_genre_given_by_hand() -> None:
    row = row_of(summarise(TrackResult(Path("x"), JAZZ, None, "m", FACTS, by_hand="Soul")))
    assert (row["title"], row["artist"], row["album"]) == ("So What", "Miles Davis", "Kind of Blue")
    assert row["tagged_genre"] == "Jazz; Modal Jazz"
    assert (row["genre"], row["by_hand"], row["confidence"]) == ("Soul", "yes", "")
    assert (row["second"], row["second_confidence"]) == ("jazz", "0.8300")
    assert row_of(summarise(TrackResult(Path("x"), JAZZ, None, "m", by_hand="jazz")))["second"] == "rock"
    failed = row_of(Summary(error=AudioEmptyError(path="x"), by_hand="Soul"))
    assert (failed["status"], failed["genre"], failed["error_code"]) == ("error", "Soul", "GD-104")
    evil = row_of(Summary(genre="a", by_hand="=1", facts=FileFacts(1, 1, "i", "+t", "@a", "-b", ("=g",))))
    assert [evil[name] for name in ("genre", *COLUMNS[10:15])] == ["'=1", "'+t", "'@a", "'-b", "'=g", "yes"]


def test_a_table_of_an_earlier_version_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_bytes((OLDER_HEADER + "a.wav,ok\r\n" * 100).encode())
    with growing(path) as table:
        table.write(ResultRow.of(ok("new.wav")))
    assert [row["path"] for row in read(path)] == ["new.wav"]


def test_a_whole_table_from_summaries(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    rows = [
        ("a.wav", summarise(ok("a.wav"))),
        ("waiting.wav", None),
        ("waiting too.wav", Summary(facts=FACTS)),
        ("hand.wav", Summary(by_hand="Soul")),
        ("e.wav", Summary(error=AudioEmptyError(path="e.wav"))),
    ]
    assert write_csv(path, rows, "m") == 3
    assert [(row["path"], row["status"], row["genre"]) for row in read(path)] == [
        ("a.wav", "ok", "jazz"),
        ("hand.wav", "", "Soul"),
        ("e.wav", "error", ""),
    ]
    streamed = tmp_path / "streamed.csv"
    with growing(streamed) as table:
        table.write(ResultRow.of(ok("a.wav")))
    assert streamed.read_bytes().splitlines() == path.read_bytes().splitlines()[:2]
    write_csv(path, [], "m")
    assert read(path) == []


def test_json_lines_are_those_of_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    results = [ok("caf\udce9.wav"), TrackResult(Path("e"), None, AudioEmptyError(path="e"), "m")]
    assert write_json(path, results) == 2
    expected = [dump_record(to_record(result)) for result in results]
    assert path.read_text("ascii").splitlines() == expected
    assert write_json(path, results[:1], with_segments=False) == 1
    assert len(path.read_text("ascii").splitlines()) == 1


@pytest.mark.parametrize("content", [b"something else", b'{"mine": 1}', b"\xef\xbb\xbfpath,mine\r\n"])
def test_another_file_than_an_export_is_not_replaced(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "out.txt"
    path.write_bytes(content)
    with pytest.raises(ExportTargetError, match="GD-310"):
        write_csv(path, [], "m")
    with pytest.raises(ExportTargetError, match="GD-310"):
        write_json(path, [])
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_an_export_that_ends_early_leaves_the_older_one(tmp_path: Path) -> None:
    def broken() -> Iterator[TrackResult]:
        yield ok("new.wav")
        raise KeyboardInterrupt

    path = tmp_path / "out.json"
    write_json(path, [ok("old.wav")])
    before = path.read_bytes()
    with pytest.raises(KeyboardInterrupt):
        write_json(path, broken())
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_text_for_the_clipboard() -> None:
    facts = FileFacts(1, 1, "i", "a\tb\nc", "=SUM(1)", "\u2028x", ("Jazz",))
    text = clipboard_text([("caf\udce9.wav", summarise(ok("x"))), ("y", Summary(facts=facts)), ("z", None)])
    heading, *lines = [line.split("\t") for line in text.splitlines()]
    assert tuple(heading) == CLIPBOARD_COLUMNS
    first, second, third = [dict(zip(CLIPBOARD_COLUMNS, line, strict=True)) for line in lines]
    assert (first["path"], first["genre"], first["second"]) == ("caf\\udce9.wav", "jazz", "rock")
    assert (second["title"], second["artist"], second["genre"]) == ("a b c", "'=SUM(1)", "")
    assert third["path"] == "z" and set(third.values()) == {"z", ""}


def test_warnings_have_a_column_and_older_tables_are_replaced(tmp_path: Path) -> None:
    damage = DamagedAudioError(path="x", seconds_read=2.0, reason="the end is missing")
    note = AudioIsFolderError(path="x", kind="folder")
    told = f"GD-106: {damage.message} GD-103: {note.message}"
    partial = summarise(ok("x", replace(JAZZ, warnings=(damage, note))))
    assert row_of(partial)["warnings"] == told and row_of(partial)["status"] == "ok"
    assert row_of(Summary(error=AudioEmptyError(path="x")))["warnings"] == ""
    assert clipboard_text([("x", partial)]).splitlines()[1].split("\t")[CLIPBOARD_COLUMNS.index("warnings")] == told
    table = tmp_path / "out.csv"
    table.write_bytes(("\ufeff" + ",".join(COLUMNS[:15]) + "\r\nold\r\n").encode())
    assert write_csv(table, [("x", partial)], "m") == 1
    assert [row["warnings"] for row in read(table)] == [told]


def test_a_warning_runs_as_no_formula() -> None:
    hostile = AudioTooShortError(path="=1+1", duration_s=1.0, needed_s=2.0)
    assert row_of(Summary(genre="a", warnings=(hostile,)))["warnings"].startswith("GD-107: ")


def test_styles_stand_in_one_cell_of_table_and_clipboard(tmp_path: Path) -> None:
    result = ok("a.wav", replace(JAZZ, styles=("swing", "R&B")))
    write_csv(tmp_path / "out.csv", [("a.wav", summarise(result)), ("b.wav", summarise(ok("b.wav")))], "m")
    assert [row["styles"] for row in read(tmp_path / "out.csv")] == ["swing; R&B", ""]
    heading, line = clipboard_text([("a.wav", summarise(result))]).splitlines()
    assert dict(zip(heading.split("\t"), line.split("\t"), strict=True))["styles"] == "swing; R&B"
    formula = ok("a.wav", replace(JAZZ, styles=("=1+1",)))
    assert csv_row(formula)[-1] == "'=1+1"


@pytest.mark.parametrize("n_columns", [10, 15, 16])
def test_a_table_of_an_earlier_version_may_be_replaced(tmp_path: Path, n_columns: int) -> None:
    path = tmp_path / "out.csv"
    path.write_text("\ufeff" + ",".join(COLUMNS[:n_columns]) + "\r\n", "utf-8")
    with growing(path) as sink:
        sink.write(ResultRow.of(ok("a.wav")))
    assert len(read(path)) == 1
