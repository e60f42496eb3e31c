from __future__ import annotations

import os
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genre_desktop.core.errors import AudioEmptyError, DamagedAudioError, ExportTargetError, StorageError
from genre_desktop.library.export.playlists import playlist_names, write_playlists
from genre_desktop.library.result import FileFacts, Summary
from genre_desktop.library.scan.playlist import read_playlist
from genre_desktop.model.prediction import NOT_MUSIC, UNSURE

needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="names and links of POSIX systems")

Row = tuple[str, Summary | None]


def music(folder: Path) -> list[Row]:
    facts = FileFacts(1, 1, "i", title="So What", artist="Miles Davis")
    return [
        (str(folder / "a" / "1.mp3"), Summary(genre="jazz", duration_s=545.4, facts=facts)),
        (str(folder / "a" / "2.mp3"), Summary(genre="metal", by_hand="jazz")),
        (str(folder / "b" / "#3.mp3"), Summary(genre="metal", duration_s=10.0)),
        (str(folder / "b" / "4.mp3"), Summary(genre=UNSURE)),
        (str(folder / "b" / "5.mp3"), Summary(genre=NOT_MUSIC)),
        (str(folder / "b" / "6.mp3"), Summary(error=AudioEmptyError(path="x"))),
        (str(folder / "b" / "7.mp3"), None),
    ]


def test_a_playlist_a_genre_with_relative_paths(tmp_path: Path) -> None:
    written = write_playlists(tmp_path / "lists", music(tmp_path))
    assert [path.name for path in written.paths] == ["jazz.m3u8", "metal.m3u8"]
    assert (written.n_tracks, written.n_left_out, written.stale) == (3, 4, ())
    assert (tmp_path / "lists" / "jazz.m3u8").read_bytes() == (
        b"#EXTM3U\n#GENRE-DESKTOP-PLAYLIST\n#PLAYLIST:jazz\n"
        b"#EXTINF:545,Miles Davis - So What\n../a/1.mp3\n#EXTINF:-1,2\n../a/2.mp3\n"
    )
    (listed,) = read_playlist(tmp_path / "lists" / "metal.m3u8").paths
    assert os.path.normpath(listed) == str(tmp_path / "b" / "#3.mp3")


def test_undecided_tracks_have_playlists_of_their_own_on_request(tmp_path: Path) -> None:
    written = write_playlists(tmp_path, music(tmp_path), with_undecided=True)
    assert [path.name for path in written.paths] == ["jazz.m3u8", "metal.m3u8", "not music.m3u8", "unsure.m3u8"]
    assert written.n_left_out == 2


def test_a_name_that_begins_like_a_comment_is_escaped(tmp_path: Path) -> None:
    song = tmp_path / "#1.mp3"
    write_playlists(tmp_path, [(str(song), Summary(genre="pop"))])
    assert [os.path.normpath(path) for path in read_playlist(tmp_path / "pop.m3u8").paths] == [str(song)]


@needs_posix
def test_a_folder_behind_a_link(tmp_path: Path) -> None:
    (tmp_path / "deep" / "er" / "lists").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "deep" / "er" / "lists", target_is_directory=True)
    song = tmp_path / "song.mp3"
    song.touch()
    write_playlists(tmp_path / "link", [(str(song), Summary(genre="pop"))])
    (listed,) = read_playlist(tmp_path / "link" / "pop.m3u8").paths
    assert os.path.samefile(listed, song)


@needs_posix
def test_names_that_are_no_text_or_hold_a_line_break(tmp_path: Path) -> None:
    rows: list[Row] = [
        (f"{tmp_path}/caf\udce9.mp3", Summary(genre="pop")),
        (f"{tmp_path}/a\nb.mp3", Summary(genre="pop")),
    ]
    written = write_playlists(tmp_path, rows)
    assert (written.n_tracks, written.n_left_out) == (1, 1)
    assert (tmp_path / "pop.m3u8").read_bytes().endswith(b"\ncaf\xe9.mp3\n")


def test_a_second_export_replaces_playlists_and_reports_stale_ones(tmp_path: Path) -> None:
    write_playlists(tmp_path, music(tmp_path))
    (tmp_path / "mine.m3u8").write_text("x.mp3\n")
    written = write_playlists(tmp_path, music(tmp_path)[:2])
    assert [path.name for path in written.paths] == ["jazz.m3u8"]
    assert [path.name for path in written.stale] == ["metal.m3u8"]
    assert "1.mp3" in (tmp_path / "jazz.m3u8").read_text()


def test_another_file_is_never_replaced_and_nothing_is_written_then(tmp_path: Path) -> None:
    (tmp_path / "metal.m3u8").write_text("#EXTM3U\nmy favourites.mp3\n")
    with pytest.raises(ExportTargetError, match=r"metal\.m3u8"):
        write_playlists(tmp_path, music(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["metal.m3u8"]
    assert "favourites" in (tmp_path / "metal.m3u8").read_text()


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="GD-502"):
        write_playlists(tmp_path / "file" / "lists", music(tmp_path))


def test_names_of_files() -> None:
    genres = ["jazz", "Jazz", "R/B", "R:B", "con", "NUL.x", "...", " ", "a" * 300, "ä\ud800", "tab\t"]
    names = playlist_names(genres)
    assert names["Jazz"] == "Jazz.m3u8" and names["jazz"] == "jazz (2).m3u8"
    assert {names["R/B"], names["R:B"]} == {"R_B.m3u8", "R_B (2).m3u8"}
    assert (names["con"], names["NUL.x"], names["..."], names[" "]) == (
        "_con.m3u8",
        "_NUL.x.m3u8",
        "_ (2).m3u8",
        "_.m3u8",
    )
    assert names["ä\ud800"] == "ä_.m3u8" and len(names["a" * 300]) == 65


def test_names_that_a_file_system_takes_for_one_are_told_apart() -> None:
    names = playlist_names(["Caf\u00e9", "Cafe\u0301", "CAFE\u0301"])
    plain = {unicodedata.normalize("NFC", name).casefold() for name in names.values()}
    assert len(plain) == 3


@given(st.lists(st.text(), unique=True))
def test_any_genres_have_names_of_their_own(genres: list[str]) -> None:
    names = playlist_names(genres)
    assert set(names) == set(genres)
    assert len({name.casefold() for name in names.values()}) == len(genres)
    for name in names.values():
        assert name.endswith(".m3u8") and not set(name) & set('<>:"/\\|?*\0\n')
        assert not name.startswith((".", " "))


def test_a_warning_is_a_comment_that_players_ignore(tmp_path: Path) -> None:
    damage = DamagedAudioError(path="half.mp3", seconds_read=2.0, reason="a\nb")
    song = tmp_path / "half.mp3"
    write_playlists(tmp_path, [(str(song), Summary(genre="pop", warnings=(damage,)))])
    lines = (tmp_path / "pop.m3u8").read_text("utf-8").splitlines()
    assert lines[3:] == [f"#GD-106: {damage.message}".replace("\n", " "), "#EXTINF:-1,half", "half.mp3"]
    assert [os.path.normpath(path) for path in read_playlist(tmp_path / "pop.m3u8").paths] == [str(song)]
