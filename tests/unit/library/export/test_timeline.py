from __future__ import annotations

import csv
import io
import json
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genre_desktop.core.errors import (
    AudioEmptyError,
    AudioIsFolderError,
    DamagedAudioError,
    ExportTargetError,
    StorageError,
)
from genre_desktop.core.untrusted.spreadsheet import safe_cell
from genre_desktop.library.export.json_record import to_record
from genre_desktop.library.export.result_sink import ResultRow
from genre_desktop.library.export.timeline import ENDINGS, FORMATS, TimelinesSink, timeline_content, write_timeline
from genre_desktop.library.result import TrackResult
from genre_desktop.model.prediction import NOT_MUSIC, Prediction, Segment

SEGMENTS = (
    Segment(0.0, 3.0, "jazz", 0.9),
    Segment(1.5, 4.5, "jazz", 0.7),
    Segment(3.0, 6.0, "rock", 0.6),
    Segment(4.5, 7.5, "rock", 0.8),
)
MIXED = Prediction("unsure", 0.5, {"jazz": 0.5, "rock": 0.5}, SEGMENTS, 8.0, "m")
RESULT = TrackResult(Path("a.wav"), MIXED, None, "m")
DAMAGE = DamagedAudioError(path="a.wav", seconds_read=8.0, reason="=the end is missing")
NOTE = AudioIsFolderError(path="a.wav", kind="folder")


def labels(content: bytes) -> list[tuple[float, float, str]]:
    rows = [line.split("\t") for line in content.decode().splitlines()]
    return [(float(start), float(end), text) for start, end, text in rows]


def test_labels_are_the_stretches_that_the_timeline_shows() -> None:
    assert labels(timeline_content(RESULT, "labels")) == [(0.0, 3.75, "jazz 80%"), (3.75, 8.0, "rock 70%")]


def test_the_table_has_every_segment() -> None:
    rows = list(csv.DictReader(timeline_content(RESULT, "csv").decode().splitlines()))
    assert [(row["start_s"], row["end_s"], row["genre"], row["confidence"]) for row in rows] == [
        ("0.000", "3.000", "jazz", "0.9000"),
        ("1.500", "4.500", "jazz", "0.7000"),
        ("3.000", "6.000", "rock", "0.6000"),
        ("4.500", "7.500", "rock", "0.8000"),
    ]


HOSTILE = (
    "=1+1",
    "\u200b＝HYPERLINK(1)",
    "rock\n9.0\t9.5\tfake",
    "a\tb",
    "\r\n0.0\t1.0\tx",
    "x;=1",
    "\x0b\x1c\x85\u2028y",
)


@pytest.mark.parametrize("genre", HOSTILE)
def test_a_genre_of_a_strangers_model_is_one_cell_and_one_label(genre: str) -> None:
    named = replace(MIXED, segments=tuple(replace(segment, genre=genre) for segment in SEGMENTS))
    result = TrackResult(Path("a.wav"), named, None, "m")
    rows = list(csv.DictReader(io.StringIO(timeline_content(result, "csv").decode(), newline="")))
    assert [row["genre"] for row in rows] == 4 * [safe_cell(genre)]
    ((start_s, end_s, text),) = labels(timeline_content(result, "labels"))
    assert (start_s, end_s) == (0.0, 8.0)
    assert not any(unicodedata.category(char) in ("Cc", "Zl", "Zp") for char in text)


def test_json_is_what_the_command_line_prints() -> None:
    assert json.loads(timeline_content(RESULT, "json")) == to_record(RESULT)


def test_what_is_no_music_is_one_span() -> None:
    talk = replace(RESULT, prediction=replace(MIXED, genre=NOT_MUSIC))
    assert labels(timeline_content(talk, "labels")) == [(0.0, 8.0, "not music")]
    assert timeline_content(talk, "csv").decode().splitlines()[1:] == ["0.000,8.000,not music,,"]


def test_a_failed_track_has_no_timeline() -> None:
    failed = TrackResult(Path("e.wav"), None, AudioEmptyError(path="e.wav"), "m")
    with pytest.raises(ValueError, match="no timeline"):
        timeline_content(failed, "csv")


@given(st.text(min_size=1))
def test_a_label_is_a_line_whatever_the_genre_is_called(genre: str) -> None:
    prediction = replace(MIXED, segments=(Segment(0.0, 8.0, genre, 0.5),))
    content = timeline_content(replace(RESULT, prediction=prediction), "labels").decode()
    assert content.count("\t") == 2
    assert len(content.splitlines()) <= 1 + sum(genre.count(c) for c in "\x1c\x1d\x1e")
    assert content.endswith(" 50%\n")


@pytest.mark.parametrize("form", FORMATS)
def test_its_own_file_is_written_again_and_others_stay(tmp_path: Path, form: str) -> None:
    target = tmp_path / "a.out"
    write_timeline(target, RESULT, form)  # type: ignore[arg-type]
    written = target.read_bytes()
    write_timeline(target, RESULT, form)  # type: ignore[arg-type]
    assert target.read_bytes() == written
    target.write_bytes(b"my notes")
    with pytest.raises(ExportTargetError):
        write_timeline(target, RESULT, form)  # type: ignore[arg-type]
    assert target.read_bytes() == b"my notes"


def test_an_edited_label_track_is_not_replaced(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    write_timeline(target, RESULT, "labels")
    edited = target.read_bytes().replace(b"jazz", b"Jazz")
    target.write_bytes(edited)
    with pytest.raises(ExportTargetError):
        write_timeline(target, RESULT, "labels")
    assert target.read_bytes() == edited


def test_a_folder_has_files_where_the_tracks_are(tmp_path: Path) -> None:
    music = tmp_path / "music"
    (music / "x").mkdir(parents=True)
    folder = TimelinesSink(tmp_path / "out", "csv", [music, tmp_path / "single.ogg"])
    for path in (music / "a.wav", music / "x" / "a.wav", tmp_path / "single.ogg"):
        folder.write(ResultRow.of(replace(RESULT, path=path)))
    folder.write(ResultRow.of(TrackResult(music / "e.wav", None, AudioEmptyError(path="e.wav"), "m")))
    found = sorted(str(path.relative_to(tmp_path / "out")) for path in (tmp_path / "out").rglob("*.csv"))
    assert found == sorted(["a.wav.csv", str(Path("x") / "a.wav.csv"), "single.ogg.csv"])
    assert folder.n_files == 3


@pytest.mark.parametrize("form", FORMATS)
def test_the_longest_names_have_timelines_too(tmp_path: Path, form: str) -> None:
    names = ["x" * 251 + ".mp3", "x" * 250 + "y.mp3", ("é" * 125) + ".opus", ("日" * 83) + ".flac"]
    music = tmp_path / "music"
    folder = TimelinesSink(tmp_path / "out", form, [music])  # type: ignore[arg-type]
    music.mkdir()
    folder.open()
    for name in (*names, *names):  # the second time, its own files
        folder.write(ResultRow.of(replace(RESULT, path=music / name)))
    written = list((tmp_path / "out").iterdir())
    assert len(written) == len(names)
    for path in written:
        assert path.suffix == ENDINGS[form] and path.name.isprintable()  # type: ignore[index]


def test_two_tracks_do_not_share_a_file(tmp_path: Path) -> None:
    folder = TimelinesSink(tmp_path / "out", "labels", [])
    folder.write(ResultRow.of(replace(RESULT, path=tmp_path / "x" / "a.wav")))
    with pytest.raises(ExportTargetError, match="same place"):
        folder.write(ResultRow.of(replace(RESULT, path=tmp_path / "y" / "a.wav")))


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(ExportTargetError):
        TimelinesSink(tmp_path / "out", "labels", []).open()
    with pytest.raises(StorageError):
        TimelinesSink(tmp_path / "out", "labels", []).write(ResultRow.of(RESULT))


@pytest.mark.parametrize("form", FORMATS)
def test_warnings_are_told_in_every_form(form: str) -> None:
    partial = replace(RESULT, prediction=replace(MIXED, warnings=(DAMAGE, NOTE)))
    text = timeline_content(partial, form).decode()  # type: ignore[arg-type]
    assert text.count(f"GD-106: {DAMAGE.message}" if form != "json" else DAMAGE.message) == 1
    assert text.count(NOTE.message) == 1
    assert NOTE.message not in timeline_content(RESULT, form).decode()  # type: ignore[arg-type]


def test_damage_is_a_label_where_the_sound_ends_and_a_note_one_at_the_beginning() -> None:
    partial = replace(RESULT, prediction=replace(MIXED, warnings=(DAMAGE, NOTE)))
    (*_, damage, note) = labels(timeline_content(partial, "labels"))
    assert damage == (8.0, 8.0, f"GD-106: {DAMAGE.message}") and note == (0.0, 0.0, f"GD-103: {NOTE.message}")


def test_a_table_of_an_earlier_version_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    target.write_bytes(b"start_s,end_s,genre,confidence\r\n0.000,3.000,jazz,0.9000\r\n")
    write_timeline(target, RESULT, "csv")
    assert target.read_bytes() == timeline_content(RESULT, "csv")
